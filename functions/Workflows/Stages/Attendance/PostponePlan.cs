using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>
/// A session that is postponed goes back to scheduling; with the new date a new round invites everybody anew. Nothing is carried
/// over but the people: who could come then may not now, and the other way round.
/// </summary>
internal static class PostponePlan
{
    public static StagePlan Postpone(StageRound round)
    {
        var cycle = round.Snapshot;
        var newest = cycle.RoundOf(StageIds.Scheduling)!.Round;
        var isOpen = DateOf(cycle, newest) is null;
        var dated = DateOf(cycle, newest) ?? DateOf(cycle, newest - 1)!;
        var postponed = new SessionPostponed(round.Stage, round.Number, round.Now, dated.Starts, dated.Round);
        return isOpen
            ? StagePlan.Outcome(postponed)
            : new StagePlan { Facts = [new StageOpened(StageIds.Scheduling, newest + 1, round.Now), postponed] };
    }

    /// <summary>Those who wished to come are told; as soon as there is another date, and enough have trained still, the next round opens.</summary>
    public static StagePlan Plan(StageRound round, SessionPostponed postponed) =>
        round.Snapshot.OutcomeOf<SessionDated>(StageIds.Scheduling) is { } dated && dated.Round > postponed.DateRound && round.Snapshot.MayInvite()
            ? new StagePlan { Facts = [new StageOpened(round.Stage, round.Number + 1, round.Now)] }
            : new StagePlan
            {
                Messages = [.. Told(round, postponed).Concat(ReleasePlan.Releases(round, [])).GroupBy(message => message.Key).Select(alike => alike.Last())],
            };

    /// <summary>The postponement of a date, or null.</summary>
    public static SessionPostponed? Find(Snapshot cycle, LocalDateTime was) => cycle.All<SessionPostponed>().LastOrDefault(postponed => postponed.Was == was);

    public static MessageKey Key(StageRound round, SessionPostponed postponed, PersonId person) =>
        round.Key(AttendancePlan.Postponed, person) with { Occasion = FormattableString.Invariant($"r{postponed.Round}") };

    /// <summary>Who wished to come, with a seat or without.</summary>
    private static IEnumerable<WantedMessage> Told(StageRound round, SessionPostponed postponed) =>
        Seating.Wishes(round.Snapshot, round.Opened).Select(wish => new WantedMessage(Key(round, postponed, wish.Person), postponed.At));

    private static SessionDated? DateOf(Snapshot cycle, int round) => cycle.Find<SessionDated>(Outcome.RowOf(StageIds.Scheduling, round));
}
