using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;

namespace Cohesion.Workflows.Stages.Scheduling;

/// <summary>Who is bound by the date has it in their calendar; when it falls, or they are not bound by it any more, it is taken out.</summary>
internal static class DatePlan
{
    /// <summary>The date, in a message of its own each time somebody is bound by it anew.</summary>
    public static WantedMessage Tell(StageRound round, PersonId person)
    {
        var first = round.Key(SchedulingPlan.Fixed, person);
        var ended = round.Snapshot.IssuedTo(round.Stage, person).Count(issued => IsOf(issued, first) && HasEnded(round.Snapshot, issued));
        var key = ended == 0 ? first : round.Key(SchedulingPlan.Fixed, person, FormattableString.Invariant($"{ended + 1}"));
        return new WantedMessage(key, round.Opened.At, CalendarEntry.Of(round.Snapshot));
    }

    public static IEnumerable<WantedMessage> Releases(StageRound round)
    {
        var bound = round.Snapshot.All<Issued>()
            .Where(issued => issued.Key.Stage == round.Stage.Value && issued.Key.Kind == SchedulingPlan.Fixed)
            .Select(issued => issued.Key.Person)
            .Distinct();
        return bound
            .Select(person => round.Snapshot.PutInCalendar(round.Stage, person))
            .OfType<Issued>()
            .Where(put => round.Snapshot.IsToBeTakenOut(put, round.Now))
            .Select(put => new WantedMessage(CancelOf(round.Snapshot, put), put.At, round.Snapshot.Shown(put) with { IsCancelled = true, IsChange = false }))
            .Where(message => round.Snapshot.HasToTakeOut(message.Key));
    }

    private static bool IsOf(Issued issued, MessageKey first) =>
        issued.Key.Kind == first.Kind && (issued.Key == first || issued.Key.Occasion.StartsWith(first.Occasion + "-", StringComparison.Ordinal));

    private static bool HasEnded(Snapshot cycle, Issued put) =>
        put.Withdrawn is not null || cycle.IssuedOf(CancelOf(cycle, put)) is { Withdrawn: null };

    private static MessageKey CancelOf(Snapshot cycle, Issued put) => cycle.TakesOut(put.Key with { Kind = SchedulingPlan.Cancelled });
}
