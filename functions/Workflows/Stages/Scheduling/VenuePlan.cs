using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Scheduling;

/// <summary>
/// Once the date is fixed the Division says where; later the coordinator is asked too. That the place follows is an answer for now:
/// the Division is asked once more before replies close. With the headcount, and on the last days, both are asked urgently.
/// </summary>
internal static class VenuePlan
{
    /// <summary>Early enough that those who reply late still read where they go.</summary>
    private const int DaysBeforeRepliesClose = 7;

    private const string UrgentCause = "urgent-";

    /// <summary>After the headcount: people travel now.</summary>
    private static readonly ImmutableList<Rung> LastDays = [new("t-7", -7), new("t-2", -2)];

    public static StagePlan Plan(StageRound round, Session session) =>
        round.Policy.Scheduling.Venue is { } policy && round.Snapshot.Place() is null && round.Now < session.Starts
            ? Ask(round, session, policy)
            : new StagePlan();

    /// <summary>Whether the Division has told what it is asked: the place, or that it follows, until it is asked again.</summary>
    public static bool IsTold(Snapshot cycle, Instant now) =>
        cycle.Venue() is { } told
        && cycle.Session() is { } session
        && (told.Place.Length > 0 || !AskedAnew(cycle, session).Any(asked => told.At < asked && asked <= now));

    /// <summary>Until when the place is to be told, and whether the coordinator is asked then, or the Division again; null where nobody asks.</summary>
    public static (Instant At, bool OfCoordinator)? Due(Snapshot cycle, Instant now) =>
        cycle.Policy.Scheduling.Venue is not { } policy || cycle.Place() is not null || cycle.Session() is not { } session || session.Starts <= now ? null
        : cycle.Venue() is null ? (Escalates(cycle, policy), true)
        : now < AskedAgain(cycle, session) ? (AskedAgain(cycle, session), false)
        : (Counted(cycle, session), true);

    /// <summary>Whether people come soon and have no address.</summary>
    public static bool IsUrgent(MessageKey key) => key.Occasion.Contains($"-{UrgentCause}", StringComparison.Ordinal);

    /// <summary>Whether the mail waits for nothing.</summary>
    public static bool IsOfTheLastDays(MessageKey key) => IsUrgent(key) && LastDays.Exists(rung => IsOf(key, rung));

    public static bool IsLast(MessageKey key) => IsUrgent(key) && IsOf(key, LastDays[^1]);

    private static bool IsOf(MessageKey key, Rung rung) => key.Occasion.EndsWith($"-{rung.Id}", StringComparison.Ordinal);

    private static StagePlan Ask(StageRound round, Session session, VenuePolicy policy)
    {
        var follows = round.Snapshot.Venue();
        var division = round.Snapshot.Division().SelectMany(one => round.Ladder(
            (follows is null ? round.Ladder(SchedulingPlan.Venue, one, policy.Asks, round.Outcome<SessionDated>()!.At) : [AskAgain(round, session, policy, one)])
            .Concat(Urgent(round, session, SchedulingPlan.Venue, one))
            .Where(ask => follows is null || ask.Due > follows.At)));
        var coordinator = round.Ladder(
            (follows is null ? round.AskCoordinator(SchedulingPlan.VenueMissing, Escalates(round.Snapshot, policy)) : [])
            .Concat(Urgent(round, session, SchedulingPlan.VenueMissing, round.Snapshot.Coordinator)));
        return new StagePlan
        {
            Messages = [.. division.Concat(coordinator).Where(ask => ask.Due < session.Starts)],
            WaitingFor = IsTold(round.Snapshot, round.Now) ? [] : round.Snapshot.Division(),
        };
    }

    private static WantedMessage AskAgain(StageRound round, Session session, VenuePolicy policy, PersonId one) =>
        new(round.Key(SchedulingPlan.Venue, one, "follows-" + policy.Asks[^1].Id), AskedAgain(round.Snapshot, session));

    /// <summary>Only what comes after the date was fixed: before, there was nothing to ask.</summary>
    private static IEnumerable<WantedMessage> Urgent(StageRound round, Session session, string kind, PersonId person) => UrgentRungs(round.Snapshot)
        .Select(rung => new WantedMessage(round.Key(kind, person, UrgentCause + rung.Id), AsksOn(round.Snapshot, session.Starts, rung.Day)))
        .Where(ask => ask.Due > round.Outcome<SessionDated>()!.At);

    private static IEnumerable<Rung> UrgentRungs(Snapshot cycle) => LastDays.Prepend(new Rung(Rungs.Due, cycle.Policy.Attendance.HeadcountDay));

    private static IEnumerable<Instant> AskedAnew(Snapshot cycle, Session session) =>
        UrgentRungs(cycle).Select(rung => AsksOn(cycle, session.Starts, rung.Day)).Prepend(AskedAgain(cycle, session));

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
