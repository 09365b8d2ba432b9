using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>
/// Where anybody can register by one link, the Division gets a text with it to forward, and a second one before replies close. Each is to
/// be forwarded until somebody of the Division says that it is, or somebody registers by the link.
/// </summary>
internal static class RegistrationPlan
{
    public static StagePlan Plan(StageRound round, Session session, DeadlineSet repliesClose) =>
        round.Snapshot.KickOff.OpenRegistration && round.Now < repliesClose.At
            ? new StagePlan { Messages = [.. round.Snapshot.Division().SelectMany(one => Texts(round, session, one, repliesClose.At))] }
            : new StagePlan();

    /// <summary>What was said last of forwarding the text that went out last; null where nothing was.</summary>
    public static RegistrationForwarded? Told(Snapshot cycle) =>
        cycle.RoundOf(StageIds.Attendance) is { } round ? cycle.Answers<RegistrationForwarded>(round).SingleOrDefault() : null;

    /// <summary>Whether a text waits to be forwarded.</summary>
    public static bool IsOpen(Snapshot cycle, Instant now)
    {
        if (cycle.Session() is not { } session || cycle.RoundOf(StageIds.Attendance) is not { } opened)
        {
            return false;
        }

        var round = new StageRound(cycle, opened, now);
        return Plan(round, session, InvitationsPlan.RepliesClose(round, session)).Messages.Any(text => text.Due <= now);
    }

    private static IEnumerable<WantedMessage> Texts(StageRound round, Session session, PersonId person, Instant repliesClose)
    {
        var first = new WantedMessage(round.Key(AttendancePlan.Register, person, Rungs.Ask), round.Opened.At);
        var second = round.Policy.Attendance.BeforeSession.TakeLast(1)
            .Select(rung => new WantedMessage(round.Key(AttendancePlan.Register, person, rung.Id), round.OnDay(session.Starts, rung.Day, round.Policy.AsksAt)))
            .Where(text => text.Due > first.Due && text.Due < repliesClose);
        return round.Ladder(second.Prepend(first)).Where(text => !IsForwarded(round.Snapshot, text.Due));
    }

    private static bool IsForwarded(Snapshot cycle, Instant since) =>
        (Told(cycle) is { Done: true } told && told.At >= since)
        || cycle.MembersOf(Role.Participant).Any(member => member.By == member.Person && member.At >= since);
}
