using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Those who have a seat are reminded of the session.</summary>
internal static class NudgesPlan
{
    public static StagePlan Plan(StageRound round, Session session) => round.Now >= session.Starts ? new StagePlan() : new StagePlan
    {
        Messages = [.. Seating.Accepted(round.Snapshot, round.Opened).SelectMany(wish => Nudges(round, session, Seating.SeatOf(round.Snapshot, wish)!))],
    };

    /// <summary>The last first: where the ceiling leaves room for one, it is that. What came before the seat is left out, and before the session was moved: who moved it told the date.</summary>
    private static IEnumerable<WantedMessage> Nudges(StageRound round, Session session, Seat seat) =>
        round.Ladder((round.Policy.Attendance.Nudges ?? [])
            .Select(rung => new WantedMessage(
                round.Key(AttendancePlan.Nudge, seat.Person, FormattableString.Invariant($"{seat.Number}-{round.Snapshot.MoveOccasion(round.Opened)}{rung.Id}")),
                round.OnDay(session.Starts, rung.Day, round.Policy.AsksAt)))
            .Where(nudge => nudge.Due > seat.At && round.Snapshot.Moves(round.Opened).All(moved => nudge.Due > moved))).Reverse();
}
