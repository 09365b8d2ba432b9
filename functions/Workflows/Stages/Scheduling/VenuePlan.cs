using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Scheduling;

/// <summary>
/// Once the date is fixed the Division says where; later the coordinator is asked too. That the place follows is an answer for now:
/// the Division is asked once more before replies close, and the coordinator when the headcount is due.
/// </summary>
internal static class VenuePlan
{
    /// <summary>Early enough that those who reply late still read where they go.</summary>
    private const int DaysBeforeRepliesClose = 7;

    public static StagePlan Plan(StageRound round, Session session) =>
        round.Policy.Scheduling.Venue is { } policy && round.Snapshot.Place() is null && round.Now < session.Starts
            ? Ask(round, session, policy)
            : new StagePlan();

    /// <summary>Whether the Division has told what it is asked: the place, or that it follows, until it is asked again.</summary>
    public static bool IsTold(Snapshot cycle, Instant now) =>
        cycle.Venue() is { } told
        && cycle.Session() is { } session
        && (told.Place.Length > 0 || now < AskedAgain(cycle, session) || told.At >= AskedAgain(cycle, session));

    /// <summary>Until when the place is to be told, and whether the coordinator is asked then, or the Division again; null where nobody asks.</summary>
    public static (Instant At, bool OfCoordinator)? Due(Snapshot cycle, Instant now) =>
        cycle.Policy.Scheduling.Venue is not { } policy || cycle.Place() is not null || cycle.Session() is not { } session || session.Starts <= now ? null
        : cycle.Venue() is null ? (Escalates(cycle, policy), true)
        : now < AskedAgain(cycle, session) ? (AskedAgain(cycle, session), false)
        : (Counted(cycle, session), true);

    private static StagePlan Ask(StageRound round, Session session, VenuePolicy policy)
    {
        var division = round.Snapshot.Division();
        var asks = round.Snapshot.Venue() is { } follows ? AskAgain(round, session, policy, follows) : AskFirst(round, policy);
        return new StagePlan
        {
            Messages = [.. asks.Where(ask => ask.Due < session.Starts)],
            WaitingFor = IsTold(round.Snapshot, round.Now) ? [] : division,
        };
    }

    private static IEnumerable<WantedMessage> AskFirst(StageRound round, VenuePolicy policy)
    {
        var since = round.Outcome<SessionDated>()!.At;
        return round.Snapshot.Division()
            .SelectMany(one => round.Ladder(SchedulingPlan.Venue, one, policy.Asks, since))
            .Concat(round.AskCoordinator(SchedulingPlan.VenueMissing, Escalates(round.Snapshot, policy)));
    }

    private static IEnumerable<WantedMessage> AskAgain(StageRound round, Session session, VenuePolicy policy, VenueTold follows)
    {
        const string Cause = "follows-";
        var again = AskedAgain(round.Snapshot, session);
        var counted = Counted(round.Snapshot, session);
        var division = follows.At < again ? round.Snapshot.Division() : [];
        return division
            .Select(one => new WantedMessage(round.Key(SchedulingPlan.Venue, one, Cause + policy.Asks[^1].Id), again))
            .Concat(round.AskCoordinator(SchedulingPlan.VenueMissing, counted, Cause));
    }

    private static Instant Escalates(Snapshot cycle, VenuePolicy policy) =>
        AsksOn(cycle, cycle.OutcomeOf<SessionDated>(StageIds.Scheduling)!.At, policy.EscalatesDay);

    private static Instant AskedAgain(Snapshot cycle, Session session) =>
        AsksOn(cycle, session.Starts, cycle.Policy.Attendance.RepliesCloseDay - DaysBeforeRepliesClose);

    private static Instant Counted(Snapshot cycle, Session session) => AsksOn(cycle, session.Starts, cycle.Policy.Attendance.HeadcountDay);

    private static Instant AsksOn(Snapshot cycle, Instant start, int day)
    {
        var days = new CommunityDays(cycle.KickOff.Zone);
        return days.At(days.DateOf(start).PlusDays(day), cycle.Policy.AsksAt);
    }
}
