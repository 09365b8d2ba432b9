using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>The page that has the Division's text to forward, and on which it says that it is forwarded.</summary>
public static class ForwardForm
{
    public const string Page = "forward";

    public static Task<IResult> Get(string token, Door door, People people, CancellationToken cancel) =>
        door.Open(Page, token, visit => Show(visit, people, cancel), cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Tell(visit, form["answer"].ToString(), intake, cancel), cancel);

    /// <summary>As long as people can register.</summary>
    public static bool IsOpen(Visit visit) => visit.Cycle.KickOff.OpenRegistration && ReplyForm.IsOpen(visit);

    /// <summary>Whether the text that went out last is forwarded.</summary>
    public static bool IsForwarded(Visit visit) => !RegistrationPlan.IsOpen(visit.Cycle, visit.Now);

    /// <summary>Who said so, and when; null where it is not forwarded, or somebody's registration says so.</summary>
    public static RegistrationForwarded? Told(Visit visit) =>
        IsForwarded(visit) && RegistrationPlan.Told(visit.Cycle) is { Done: true } told ? told : null;

    private static async Task<IResult> Tell(Visit visit, string answer, Intake intake, CancellationToken cancel)
    {
        if (answer is not ("forwarded" or "not-yet"))
        {
            return visit.Unchanged();
        }

        var isForwarded = answer == "forwarded";
        if (!IsOpen(visit) || isForwarded == Told(visit) is not null)
        {
            return visit.Unchanged();
        }

        var round = visit.Cycle.RoundOf(StageIds.Attendance)!.Round;
        var told = new RegistrationForwarded(round, visit.Person.Id, visit.By, visit.Now, isForwarded);
        await intake.Record(visit.Cycle.Cycle, [told], cancel);
        return visit.Recorded(isForwarded || !RegistrationPlan.IsOpen(visit.Cycle.With([told]), visit.Now) ? AttendanceTexts.ForwardThanks : AttendanceTexts.ForwardTakenBack);
    }

    private static async Task<IResult> Show(Visit visit, People people, CancellationToken cancel)
    {
        var leading = Say.Names((await people.GetAll(visit.Cycle.Leading(), cancel)).Select(one => one.Name));
        return Pages.Of<ForwardPage>((nameof(ForwardPage.Visit), visit), (nameof(ForwardPage.Leading), leading));
    }
}
