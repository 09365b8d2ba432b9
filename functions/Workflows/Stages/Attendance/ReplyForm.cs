using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>The page on which a participant replies.</summary>
public static class ReplyForm
{
    public const string Page = "reply";

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) => door.Open(Page, token, Pages.For<ReplyPage>, cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Reply(visit, form["answer"].ToString(), intake, cancel), cancel);

    /// <summary>Replies are taken until the deadline that people were told, and a little longer.</summary>
    public static bool IsOpen(Visit visit) =>
        Closes(visit.Cycle) is { } told && visit.Now < told + Duration.FromMinutes(visit.Cycle.Policy.GraceMinutes);

    /// <summary>The deadline that people were told, or null before.</summary>
    public static Instant? Closes(Snapshot cycle) =>
        cycle.RoundOf(StageIds.Attendance) is { } round ? cycle.Find<DeadlineSet>(DeadlineSet.RowOf(StageIds.Attendance, round.Round))?.At : null;

    private static async Task<IResult> Reply(Visit visit, string answer, Intake intake, CancellationToken cancel)
    {
        var (cycle, person) = (visit.Cycle, visit.Person.Id);
        if (!IsOpen(visit) || !cycle.Members(Role.Participant).Contains(person))
        {
            return await Pages.For<ReplyPage>(visit);
        }

        if (answer is not ("yes" or "not-this-time"))
        {
            return await Pages.For<ReplyPage>(visit.Complaining(AttendanceTexts.PickOne));
        }

        var reply = new Replied(cycle.RoundOf(StageIds.Attendance)!.Round, person, answer == "yes", person, visit.Now);
        await intake.Record(cycle.Cycle, [reply], cancel);
        return await Pages.For<ReplyPage>((visit with { Cycle = cycle.With([reply]) }).Saying(AttendanceTexts.Thanks));
    }
}
