using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Those who lead get what they need on the day. They are asked for the list after the session, the next working morning the coordinator too.</summary>
internal static class ListPlan
{
    public static StagePlan Plan(StageRound round, Session session)
    {
        var prepared = round.OnDay(session.Starts, round.Policy.Attendance.PrepareDay, round.Policy.AsksAt);
        var asked = session.Ends + Duration.FromHours(round.Policy.Attendance.ListAskedHoursAfter);
        var nextMorning = Escalates(round.Snapshot, session);
        var leading = round.Snapshot.Leading().ToList();
        return new StagePlan
        {
            Messages =
            [
                .. round.Now < session.Starts ? leading.Select(one => new WantedMessage(round.Key(AttendancePlan.Prepare, one), prepared)) : [],
                .. leading.Select(one => new WantedMessage(round.Key(AttendancePlan.ConfirmList, one), asked)),
                .. round.AskCoordinator(AttendancePlan.ConfirmList, nextMorning),
            ],
            WaitingFor = round.Now >= nextMorning ? [.. leading, round.Snapshot.Coordinator] : round.Now >= asked ? [.. leading] : [],
        };
    }

    /// <summary>
    /// From when on the coordinator is asked too. Those who lead get their mail that morning; the coordinator, whose mail comes in the
    /// mornings, one working day after them.
    /// </summary>
    public static Instant Escalates(Snapshot cycle, Session session)
    {
        var days = new CommunityDays(cycle.KickOff.Zone);
        return days.At(Holidays.AddWorkingDays(days.DateOf(session.Ends), 1), cycle.Policy.AsksAt);
    }
}
