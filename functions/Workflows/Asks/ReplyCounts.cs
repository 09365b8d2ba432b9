using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Asks;

/// <summary>How replies to the invitation stand, in counts.</summary>
/// <param name="Coming">Those who have a seat.</param>
/// <param name="Waiting">Those who wish to come and have none yet.</param>
/// <param name="NotComing">Those who said "not this time", or let an offered seat pass.</param>
/// <param name="Silent">Those who have not replied.</param>
public sealed record ReplyCounts(int Coming, int Waiting, int NotComing, int Silent)
{
    /// <summary>Null before anybody is invited.</summary>
    public static ReplyCounts? Of(Snapshot cycle)
    {
        if (cycle.RoundOf(StageIds.Attendance) is not { } round)
        {
            return null;
        }

        var replies = cycle.Answers<Replied>(round).ToList();
        var replied = replies.Select(reply => reply.Person).ToHashSet();
        var coming = Seating.Accepted(cycle, round).Count();
        var notComing = replies.Count(reply => !reply.Comes || Seating.SeatOf(cycle, reply) is { State: SeatState.Lapsed });
        return new ReplyCounts(coming, replies.Count - coming - notComing, notComing, cycle.Members(Role.Participant).Count(person => !replied.Contains(person)));
    }

    /// <summary>Sentences; after the session, how many were there. "" before anybody is invited. While there is no date, nobody comes.</summary>
    public static string Say(Snapshot cycle, Instant now) =>
        cycle.IsPostponed() ? StageTexts.Postponed
        : cycle.List() is not null ? Web.Say.Text(AskTexts.Attended, cycle.Attendees().Count())
        : Of(cycle) is not { } counts ? ""
        : cycle.Session() is { } session && session.Ends <= now ? AskTexts.ListOpen
        : string.Join(' ', counts.Sentences());

    private IEnumerable<string> Sentences()
    {
        (string Text, int Count)[] all = [(AskTexts.Coming, Coming), (AskTexts.Waiting, Waiting), (AskTexts.NotThisTime, NotComing), (AskTexts.Silent, Silent)];
        return all.Where(one => one.Count > 0 || one.Text == AskTexts.Coming).Select(one => Web.Say.Text(one.Text, one.Count));
    }
}
