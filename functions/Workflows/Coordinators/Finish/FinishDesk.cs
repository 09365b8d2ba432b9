using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Coordinators.Finish;

/// <summary>What is left to do of a session that was held: its list, its certificates, a file for the accreditor, a sheet for the Division's finance.</summary>
public sealed class FinishDesk(People people, ProgrammeVersions programmes)
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    /// <summary>Whether there is something to finish: the session is over.</summary>
    public static bool IsOpen(Visit visit) => visit.Cycle.List() is not null || ListForm.IsOpen(visit);

    public async Task<IResult> Show(Visit visit, CancellationToken cancel)
    {
        var everybody = visit.Cycle.All<Member>().Select(member => member.Person).Distinct();
        return Pages.Of<FinishPage>(
            (nameof(FinishPage.Visit), visit),
            (nameof(FinishPage.Known), (await people.GetAll(everybody, cancel)).ToDictionary(person => person.Id)));
    }

    /// <summary>Who earned how many credits: who led, and who was there.</summary>
    public async Task<IResult> AccreditationFile(Visit visit, CancellationToken cancel)
    {
        var cycle = visit.Cycle;
        var (session, credits) = (cycle.Session(), cycle.Accredited()?.Credits ?? "");
        var programme = (await programmes.Now(cancel)).Find(cycle.KickOff.Programme)?.Name ?? cycle.KickOff.Programme;
        var holders = await people.GetAll(cycle.CertificateHolders(), cancel);
        return CsvTable.File(
            $"accreditation-{cycle.Cycle}.csv",
            [FinishTexts.SessionId, FinishTexts.Programme, FinishTexts.Case, FinishTexts.Community, FinishTexts.Starts, FinishTexts.Hours, WebTexts.Name, WebTexts.Address, FinishTexts.Role, FinishTexts.Credits],
            holders.OrderByName(person => person.Name).Select(person => (string[])
            [
                cycle.SessionId()?.Id ?? "",
                programme,
                cycle.ChosenCase() ?? "",
                cycle.KickOff.Community,
                session is null ? "" : Minute.Format(session.LocalStart),
                HoursOf(cycle.Policy.Scheduling.SessionMinutes),
                person.Name,
                person.Address,
                Say.Role(cycle.CertificateRole(person.Id)),
                credits,
            ]));
    }

    /// <summary>Who is paid for what by whom, and until when it is claimed. It holds nothing of anybody's bank.</summary>
    public async Task<IResult> PaymentSheet(Visit visit, CancellationToken cancel)
    {
        var (cycle, work) = (visit.Cycle, visit.Cycle.PaidWork().ToList());
        var known = (await people.GetAll(work.Select(one => one.Person), cancel)).ToDictionary(person => person.Id);
        return CsvTable.File(
            $"payment-{cycle.Cycle}.csv",
            [
                FinishTexts.Community, FinishTexts.Starts, WebTexts.Name, WebTexts.Address, FinishTexts.Role, FinishTexts.SessionHours, FinishTexts.PreparationHours,
                FinishTexts.TrainingHours, FinishTexts.Hours, FinishTexts.PaidBy, FinishTexts.ClaimBy,
            ],
            work.Select(one => (string[])
            [
                cycle.KickOff.Community,
                Minute.Format(cycle.Session()!.LocalStart),
                known[one.Person].Name,
                known[one.Person].Address,
                Say.Role(one.Role),
                HoursOf(one.SessionMinutes),
                HoursOf(one.PreparationMinutes),
                HoursOf(one.TrainingMinutes),
                HoursOf(one.Minutes),
                one.PaidBy,
                LocalDatePattern.Iso.Format(one.ClaimBy),
            ]));
    }

    /// <summary>"2.5".</summary>
    public static string HoursOf(int minutes) => (minutes / 60m).ToString("0.##", CultureInfo.InvariantCulture);
}
