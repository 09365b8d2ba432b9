using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>What participants do online before the session, on their reply page: a link, and whether they have done it.</summary>
internal static class HomeworkForm
{
    public const string Done = "homework-done";
    public const string NotDone = "homework-not-done";

    /// <summary>What the person is to do; null where the programme has nothing, they have no seat, or the session has begun.</summary>
    public static ModulePolicy? Asked(Visit visit) =>
        visit.Cycle.Session() is { } session && visit.Now < session.Starts && Seating.Of(visit.Cycle, visit.Person.Id).Stands == Stands.HasSeat
            ? visit.Cycle.Policy.Attendance.Module
            : null;

    public static bool IsDone(Snapshot cycle, PersonId person) =>
        cycle.RoundOf(StageIds.Attendance) is { } round && cycle.Find<HomeworkDone>(HomeworkDone.RowOf(round.Round, person)) is { Done: true };

    /// <summary>Records the press of one of the two buttons.</summary>
    public static async Task<IResult> Record(Visit visit, string answer, Intake intake, CancellationToken cancel)
    {
        if (Asked(visit) is null)
        {
            return visit.Unchanged();
        }

        var round = visit.Cycle.RoundOf(StageIds.Attendance)!.Round;
        var told = new HomeworkDone(round, visit.Person.Id, visit.By, visit.Now, answer == Done);
        await intake.Record(visit.Cycle.Cycle, [told], cancel);
        return visit.Recorded(AttendanceTexts.HomeworkThanks);
    }
}
