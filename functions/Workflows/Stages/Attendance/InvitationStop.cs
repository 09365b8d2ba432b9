using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Ends the invitations of a session: whoever has not replied says "not this time". A reply that was given stands.</summary>
public static class InvitationStop
{
    public const string Page = "not-this-time";

    private static OneClickWords Words => new(AttendanceTexts.StopTitle, AttendanceTexts.Stop, AttendanceTexts.NotThisTime, AttendanceTexts.Stopped);

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) =>
        OneClick.Get(Page, token, door, Words, IsStopped, cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        OneClick.Post(Page, token, form, door, Words, visit => Stop(visit, intake, cancel), cancel);

    private static bool IsStopped(Visit visit) => !ReplyForm.IsOpen(visit) || visit.Cycle.All<Replied>().Any(reply => reply.Person == visit.Person.Id);

    private static async Task Stop(Visit visit, Intake intake, CancellationToken cancel)
    {
        if (!IsStopped(visit))
        {
            var (cycle, person) = (visit.Cycle, visit.Person.Id);
            var reply = new Replied(cycle.RoundOf(StageIds.Attendance)!.Round, person, Comes: false, person, visit.Now);
            await intake.Record(cycle.Cycle, [reply], cancel);
        }
    }
}
