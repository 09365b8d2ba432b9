using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Those who lead get what they need on the day. They are asked for the list after the session, from the end of the next working day on the coordinator too.</summary>
internal static class ListPlan
{
    public static StagePlan Plan(StageRound round, Session session)
    {
        var prepared = round.OnDay(session.Starts, round.Policy.Attendance.PrepareDay, round.Policy.AsksAt);
        var asked = session.Ends + Duration.FromHours(round.Policy.Attendance.ListAskedHoursAfter);
        var escalates = Escalates(round.Snapshot, session);
        var leading = round.Snapshot.Leading().ToList();
        return new StagePlan
        {
            Messages =
            [
                .. round.Now < session.Starts ? leading.Select(one => new WantedMessage(round.Key(AttendancePlan.Prepare, one, Prepared(round, prepared)), prepared)) : [],
                .. leading.Select(one => new WantedMessage(round.Key(AttendancePlan.ConfirmList, one), asked)),
                .. round.AskCoordinator(AttendancePlan.ConfirmList, escalates),
            ],
            WaitingFor = round.Now >= escalates ? [.. leading, round.Snapshot.Coordinator] : round.Now >= asked ? [.. leading] : [],
        };
    }

    /// <summary>Again for a date to which the session was moved, where that is not told on the eve.</summary>
    private static string Prepared(StageRound round, Instant prepared) =>
        round.Snapshot.Moves(round.Opened) is [.., var moved] && moved < prepared ? round.Snapshot.MoveOccasion(round.Opened).TrimEnd('-') : MessageKey.None;

    /// <summary>
    /// From when on the coordinator is asked too. Those who lead get their mail in the morning of that day, and have the day for it; the
    /// coordinator's mail comes the next morning.
    /// </summary>
    public static Instant Escalates(Snapshot cycle, Session session)
    {
        var days = new CommunityDays(cycle.KickOff.Zone);
        return days.At(Holidays.AddWorkingDays(days.DateOf(session.Ends), 1), cycle.Policy.DeadlinesAt);
    }
}
