using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>A person's certificate, made to be printed: it shows what the list and the session's id are when it is opened.</summary>
public static class CertificateForm
{
    public const string Page = AskPages.Certificate;

    public static Task<IResult> Get(string token, Door door, People people, CancellationToken cancel) =>
        door.Open(Page, token, visit => Show(visit, people, cancel), cancel);

    /// <summary>The coordinator gives the session's id, after the end too: accreditors take their time. A sentence where it cannot be taken.</summary>
    public static async Task<string?> GiveSessionId(Visit visit, string typed, Intake intake, CancellationToken cancel)
    {
        if (SessionIds.ProblemOf(typed) is { } problem)
        {
            return problem;
        }

        var told = SessionIds.Told(visit, typed).ToList();
        if (told.Count > 0)
        {
            await intake.Record(visit.Cycle.Cycle, told, cancel);
        }

        return null;
    }

    private static async Task<IResult> Show(Visit visit, People people, CancellationToken cancel)
    {
        var cycle = visit.Cycle;
        if (!cycle.CertificateHolders().Contains(visit.Person.Id))
        {
            return Pages.Problem(
                StatusCodes.Status410Gone, AttendanceTexts.NoCertificateTitle, Say.Text(AttendanceTexts.NoCertificate, cycle.KickOff.Community, cycle.KickOff.Phone));
        }

        if (cycle.OpenAccreditation() is not null)
        {
            return Pages.Problem(StatusCodes.Status200OK, AttendanceTexts.CertificateTitle, Say.Text(StageTexts.CertificateFollows, cycle.KickOff.Phone));
        }

        var leading = await people.GetAll(cycle.Leading(), cancel);
        return Pages.Of<CertificatePage>(
            (nameof(CertificatePage.Visit), visit), (nameof(CertificatePage.Leading), Say.Names(leading.Select(person => person.Name))));
    }
}
