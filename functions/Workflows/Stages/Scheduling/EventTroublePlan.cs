using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Scheduling;

/// <summary>
/// The coordinator hears where the calendar service has lost the session or cannot be told of it, and who of those that are bound by
/// the date declined it there.
/// </summary>
internal static class EventTroublePlan
{
    /// <summary>A service that is away for less is nobody's concern.</summary>
    private static readonly Duration Patience = Duration.FromHours(2);

    public static IEnumerable<WantedMessage> Tell(StageRound round) =>
        IsToCome(round) ? [.. Failing(round), .. Gone(round), .. Declining(round)] : Failing(round);

    /// <summary>What people say in their calendars rings no bell: it is looked for every morning, and at every turn.</summary>
    public static IEnumerable<Instant> LooksAgain(StageRound round) =>
        IsToCome(round) && round.Snapshot.All<EventWanted>().Any() ? [round.OnDay(round.Now, 1, round.Policy.AsksAt)] : [];

    private static bool IsToCome(StageRound round) => round.Now < round.Snapshot.Session()?.Starts;

    /// <summary>Once each time it begins to fail, whatever changes meanwhile.</summary>
    private static IEnumerable<WantedMessage> Failing(StageRound round) => round.Snapshot.UntoldEvents()
        .Select(wanted => round.Snapshot.KeptOf(wanted.Number))
        .Where(kept => kept?.FailingSince is not null)
        .Select(kept => Of(
            round, SchedulingPlan.EventFailing, FormattableString.Invariant($"{kept!.Number}-{kept.Failures}"), kept.FailingSince!.Value + Patience));

    private static IEnumerable<WantedMessage> Gone(StageRound round) =>
        round.Snapshot.GoneEvents().Select(wanted => Of(round, SchedulingPlan.EventGone, FormattableString.Invariant($"{wanted.Number}"), round.Opened.At));

    private static IEnumerable<WantedMessage> Declining(StageRound round)
    {
        var bound = round.Snapshot.Choosers().ToHashSet();
        return round.Answers<CalendarAnswered>()
            .Where(answer => !answer.Comes && bound.Contains(answer.Person))
            .Select(answer => Of(round, SchedulingPlan.Declined, answer.Person.Value, answer.At));
    }

    private static WantedMessage Of(StageRound round, string kind, string occasion, Instant due) => new(round.Key(kind, round.Snapshot.Coordinator, occasion), due);
}
