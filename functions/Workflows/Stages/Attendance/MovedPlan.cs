using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>A session that was moved: whose calendar shows it at another time is told at once, and who waits for a seat.</summary>
internal static class MovedPlan
{
    public static IEnumerable<WantedMessage> Tell(StageRound round, Session session)
    {
        var cycle = round.Snapshot;
        return round.Now < session.Starts && cycle.Moves(round.Opened) is [.., var moved]
            ? Seating.Wishes(cycle, round.Opened)
                .Where(wish => wish.Wished() < moved && !cycle.Choosers().Contains(wish.Person))
                .Select(wish => new WantedMessage(Key(round, wish.Person), moved, cycle.IsExpected(wish.Person) ? CalendarEntry.Of(cycle) with { IsChange = true } : null))
                .Where(message => message.Calendar is null || cycle.InCalendarBefore(message.Key)?.Starts != session.LocalStart)
            : [];
    }

    private static MessageKey Key(StageRound round, PersonId person) =>
        round.Key(AttendancePlan.Moved, person, round.Snapshot.MoveOccasion(round.Opened).TrimEnd('-'));
}
