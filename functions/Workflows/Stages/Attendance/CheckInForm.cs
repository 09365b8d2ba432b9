using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>The page on which a participant checks in on the day.</summary>
public static class CheckInForm
{
    public const string Page = "check-in";

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) => door.Open(Page, token, Pages.For<CheckInPage>, cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => CheckIn(visit, form["answer"].ToString(), intake, cancel), cancel);

    /// <summary>From some time before the start until the list is confirmed.</summary>
    public static bool IsOpen(Visit visit) => Opens(visit.Cycle) <= visit.Now && visit.Cycle.List() is null;

    /// <summary>When check-in opens; null where there is no date.</summary>
    public static Instant? Opens(Snapshot cycle) =>
        cycle.RoundOf(StageIds.Attendance) is not null ? cycle.Session()?.Starts - Duration.FromMinutes(cycle.Policy.Attendance.CheckInMinutesBefore) : null;

    /// <summary>Whether somebody has checked in.</summary>
    public static bool IsIn(Snapshot cycle, PersonId person) =>
        cycle.RoundOf(StageIds.Attendance) is { } round && cycle.Answers<CheckedIn>(round).Any(one => one.Person == person && one.IsThere);

    private static async Task<IResult> CheckIn(Visit visit, string answer, Intake intake, CancellationToken cancel)
    {
        var (cycle, person) = (visit.Cycle, visit.Person.Id);
        if (!IsOpen(visit) || !cycle.Members(Role.Participant).Contains(person))
        {
            return visit.Unchanged();
        }

        if (answer is not ("here" or "not-here"))
        {
            return await Pages.For<CheckInPage>(visit.Complaining(AttendanceTexts.PickOne));
        }

        var checkedIn = new CheckedIn(cycle.RoundOf(StageIds.Attendance)!.Round, person, visit.By, visit.Now, answer == "here");
        await intake.Record(cycle.Cycle, [checkedIn], cancel);
        return visit.Recorded(AttendanceTexts.CheckInThanks);
    }
}
