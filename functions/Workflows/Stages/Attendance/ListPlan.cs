using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Those who lead are asked for the list after the session, the next morning the coordinator too.</summary>
internal static class ListPlan
{
    public static StagePlan Plan(StageRound round, Session session)
    {
        var asked = session.Ends + Duration.FromHours(round.Policy.Attendance.ListAskedHoursAfter);
        var nextMorning = round.OnDay(session.Ends, 1, round.Policy.AsksAt);
        var leading = round.Snapshot.Leading().ToList();
        return new StagePlan
        {
            Messages =
            [
                .. leading.Select(one => new WantedMessage(round.Key(AttendancePlan.ConfirmList, one), asked)),
                .. round.AskCoordinator(AttendancePlan.ConfirmList, nextMorning),
            ],
            WaitingFor = round.Now >= nextMorning ? [.. leading, round.Snapshot.Coordinator] : round.Now >= asked ? [.. leading] : [],
        };
    }
}
