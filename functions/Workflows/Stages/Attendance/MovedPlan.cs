using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>A session that was moved: whose calendar shows it at another time is told at once, and who waits for a seat.</summary>
internal static class MovedPlan
{
    /// <param name="round">The round.</param>
    /// <param name="session">As it is now.</param>
    /// <param name="decided">Whose wish is decided in this very turn: they hear of the new date with that.</param>
    public static IEnumerable<WantedMessage> Tell(StageRound round, Session session, HashSet<PersonId> decided)
    {
        var cycle = round.Snapshot;
        return round.Now < session.Starts && cycle.Moves(round.Opened) is [.., var moved]
            ? Seating.Wishes(cycle, round.Opened)
                .Select(wish => wish.Person)
                .Where(person => !decided.Contains(person) && !cycle.Choosers().Contains(person) && (cycle.IsExpected(person) ? IsShownElsewhere(round, session, person) : WaitedThen(round, person, moved)))
                .Select(person => new WantedMessage(Key(round, person), moved, cycle.IsExpected(person) ? CalendarEntry.Of(cycle) with { IsChange = true } : null))
            : [];
    }

    /// <summary>Their calendar has another time, or will when what waits to be sent has come; what else tells of a move and did not go out, tells nothing.</summary>
    private static bool IsShownElsewhere(StageRound round, Session session, PersonId person) =>
        round.Snapshot.IssuedTo(person)
            .Where(issued => issued is { Calendar: not null, Withdrawn: null, Bounced: null } && issued.Key != Key(round, person))
            .Where(issued => issued.Key.Kind != AttendancePlan.Moved || issued.Accepted is not null)
            .MaxBy(issued => issued.Calendar!.Sequence)?.Calendar is { IsCancelled: false } shown && shown.Starts != session.LocalStart;

    private static bool WaitedThen(StageRound round, PersonId person, Instant moved) =>
        Seating.Of(round.Snapshot, person) is { Stands: Stands.Waiting, Seat: { } seat } && seat.At < moved;

    private static MessageKey Key(StageRound round, PersonId person) =>
        round.Key(AttendancePlan.Moved, person, round.Snapshot.MoveOccasion(round.Opened).TrimEnd('-'));
}
