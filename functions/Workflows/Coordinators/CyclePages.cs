using System.Security.Claims;
using Cohesion.Workflows.Adaptations;
using Cohesion.Workflows.Coordinators.Finish;
using Cohesion.Workflows.Coordinators.Today;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Coordinators;

/// <summary>The coordinator's pages: a community's page with its decisions, which are made on the page of today too.</summary>
public sealed class CyclePages(
    HomeRows home,
    TodayDesk today,
    CycleRecords cycles,
    People people,
    Wakes wakes,
    PersonForm person,
    Turn turn,
    Intake intake,
    NextCycleForm proposal,
    PreviewDesk preview,
    AdaptForm adapt,
    FinishDesk finish,
    IBell bell,
    IIdSource ids,
    IClock clock)
{
    public Task<IResult> Show(string id, ClaimsPrincipal user, CancellationToken cancel) => With(id, user, visit => Show(visit, typed: null, cancel), cancel);

    public Task<IResult> DecideCaseStudy(string id, IFormCollection form, HttpContext http, CancellationToken cancel) => Decide(
        id,
        http,
        form,
        visit => CaseStudySelectionForm.Decide(visit, form["case-study"].ToString(), intake, cancel),
        visit => Say.Text(HomeTexts.CaseChosen, visit.Cycle.KickOff.CaseStudies.Find(one => one.Id == form["case-study"])!.Title),
        cancel);

    public Task<IResult> NameFacilitator(string id, IFormCollection form, HttpContext http, CancellationToken cancel) => Decide(
        id,
        http,
        form,
        visit => FacilitatorTrainingForm.Name(visit.Cycle, form["name"].ToString().Trim(), form["address"].ToString().Trim(), people, intake, cancel),
        _ => Say.Text(HomeTexts.FacilitatorNamed, form["name"].ToString().Trim()),
        cancel);

    public Task<IResult> ProposeSlots(string id, IFormCollection form, HttpContext http, CancellationToken cancel) =>
        Decide(id, http, form, visit => SchedulingForm.Propose(visit, form, intake, cancel), _ => HomeTexts.DatesProposed, cancel);

    public Task<IResult> ShowPreview(string id, string? course, ClaimsPrincipal user, CancellationToken cancel) => With(
        id,
        user,
        async visit => Pages.Of<PreviewPage>((nameof(PreviewPage.Shown), await preview.Of(visit.Cycle, PreviewDesk.CourseIn(course), cancel))),
        cancel);

    public Task<IResult> ShowAdapt(string id, IQueryCollection query, ClaimsPrincipal user, CancellationToken cancel) =>
        With(id, user, visit => adapt.Show(visit, query, cancel), cancel);

    public Task<IResult> Adapt(string id, IFormCollection form, ClaimsPrincipal user, CancellationToken cancel) =>
        With(id, user, visit => adapt.Apply(visit, form, cancel), cancel);

    public Task<IResult> ShowList(string id, HttpContext http) =>
        With(id, http.User, visit => ListForm.Show(visit with { Path = visit.Path + "/list" }, http, people, http.RequestAborted), http.RequestAborted);

    /// <summary>Once the list is confirmed, what is left to do of the session comes next.</summary>
    public Task<IResult> ConfirmList(string id, IFormCollection form, ClaimsPrincipal user, CancellationToken cancel) => With(
        id,
        user,
        async visit => await ListForm.Confirm(visit with { Path = visit.Path + "/list" }, form, intake, people, ids, cancel) switch
        {
            OpenAnew done when done.Saying == AttendanceTexts.ListThanks => done with { Path = visit.Path + "/finish" },
            var result => result,
        },
        cancel);

    public Task<IResult> ShowFinish(string id, HttpContext http) => WithFinish(id, http, visit => finish.Show(visit, http.RequestAborted));

    public Task<IResult> AccreditationFile(string id, HttpContext http) => WithFinish(id, http, visit => finish.AccreditationFile(visit, http.RequestAborted));

    public Task<IResult> PaymentSheet(string id, HttpContext http) => WithFinish(id, http, visit => finish.PaymentSheet(visit, http.RequestAborted));

    public Task<IResult> ShowGo(string id, HttpContext http) =>
        With(id, http.User, visit => GoForm.Show(visit with { Path = visit.Path + "/go" }, http, people, http.RequestAborted), http.RequestAborted);

    public Task<IResult> DecideGo(string id, IFormCollection form, ClaimsPrincipal user, CancellationToken cancel) => With(
        id,
        user,
        async visit => await GoForm.Decide(visit with { Path = visit.Path + "/go" }, form, intake, people, cancel) switch
        {
            OpenAnew opened when TodayDesk.IsFrom(form) => TodayDesk.Recorded(visit.Cycle.KickOff.Community, opened.Saying is null ? null : HomeTexts.GoesAhead),
            var result => result,
        },
        cancel);

    public Task<IResult> GiveSessionId(string id, IFormCollection form, HttpContext http, CancellationToken cancel) =>
        Decide(id, http, form, visit => CertificateForm.GiveSessionId(visit, form["session-id"].ToString().Trim(), intake, cancel), _ => CycleTexts.Recorded, cancel);

    public Task<IResult> AddParticipant(string id, IFormCollection form, ClaimsPrincipal user, CancellationToken cancel) => With(
        id,
        user,
        visit => NewParticipant.Add(visit, form, problem => Show(visit.Complaining(problem.Field.Length > 0 ? AttendanceTexts.AddMend : problem.Text), form, cancel, problem), people, intake, cancel),
        cancel);

    public Task<IResult> SettleAccreditation(string id, IFormCollection form, ClaimsPrincipal user, CancellationToken cancel) =>
        With(
            id,
            user,
            async visit =>
            {
                var state = PreparationForm.StateIn(form);
                return await PreparationForm.SettleAccreditation(visit, state, intake, cancel)
                    ? Recorded(visit, form, state == PreparationState.NotAccredited ? HomeTexts.NotAccredited : HomeTexts.Accredited)
                    : visit.Unchanged();
            },
            cancel);

    public Task<IResult> ShowNext(string id, ClaimsPrincipal user, CancellationToken cancel) => With(id, user, visit => proposal.Show(visit, cancel), cancel);

    public Task<IResult> DecideNext(string id, IFormCollection form, ClaimsPrincipal user, CancellationToken cancel) => With(
        id,
        user,
        async visit =>
        {
            await proposal.Decide(visit, form["answer"].ToString(), cancel);
            return visit.Recorded(CycleTexts.Recorded);
        },
        cancel);

    public Task<IResult> ShowPerson(string id, string who, ClaimsPrincipal user, CancellationToken cancel) =>
        WithPerson(id, who, user, (visit, found) => person.Show(visit, found, typed: null, cancel), cancel);

    public Task<IResult> SavePerson(string id, string who, IFormCollection form, ClaimsPrincipal user, CancellationToken cancel) =>
        WithPerson(id, who, user, (visit, found) => person.Save(visit, found, form, cancel), cancel);

    /// <summary>Reads nothing of the cycle: what cannot be read may be why it stopped.</summary>
    public async Task<IResult> TryAgain(string id, IFormCollection form, CancellationToken cancel)
    {
        if (!IdText.IsId(id))
        {
            return NotFound();
        }

        await turn.TryAgain(CycleId.From(id), cancel);
        await bell.Hasten(CycleId.From(id), cancel);
        return TodayDesk.IsFrom(form) && await home.Find(CycleId.From(id), cancel) is { } row
            ? TodayDesk.Recorded(row.Community, HomeTexts.TriedAgain)
            : new OpenAnew($"/cycles/{id}");
    }

    /// <summary>A decision: recorded, the page that it was made on again; refused, that page with the reason.</summary>
    private Task<IResult> Decide(
        string id, HttpContext http, IFormCollection form, Func<Visit, Task<string?>> decide, Func<Visit, string> said, CancellationToken cancel) => With(
        id,
        http.User,
        async visit => await decide(visit) is not { } problem ? Recorded(visit, form, said(visit))
            : TodayDesk.IsFrom(form) ? await today.Show(http, cancel, new Refused(visit, problem, form))
            : await Show(visit.Complaining(problem), form, cancel),
        cancel);

    private static IResult Recorded(Visit visit, IFormCollection form, string said) =>
        TodayDesk.IsFrom(form) ? TodayDesk.Recorded(visit.Cycle.KickOff.Community, said) : visit.Recorded(CycleTexts.Recorded);

    private Task<IResult> WithPerson(string id, string who, ClaimsPrincipal user, Func<Visit, Person, Task<IResult>> answer, CancellationToken cancel) => With(
        id,
        user,
        async visit => await person.Find(visit.Cycle, who, cancel) is { } found
            ? await answer(visit with { Path = $"{visit.Path}/people/{who}" }, found)
            : NotFound(),
        cancel);

    /// <summary>Before the session is over there is nothing to finish.</summary>
    private Task<IResult> WithFinish(string id, HttpContext http, Func<Visit, Task<IResult>> answer) =>
        With(id, http.User, async visit => FinishDesk.IsOpen(visit) ? await answer(visit) : NotFound(), http.RequestAborted);

    private async Task<IResult> With(string id, ClaimsPrincipal user, Func<Visit, Task<IResult>> answer, CancellationToken cancel)
    {
        if (IdText.IsId(id) && await wakes.Find(CycleId.From(id), cancel) is { IsParked: true })
        {
            return Pages.Of<ParkedPage>((nameof(ParkedPage.Path), $"/cycles/{id}"));
        }

        if (!IdText.IsId(id) || await cycles.Read(CycleId.From(id), cancel) is not { } stored)
        {
            return NotFound();
        }

        var (signedIn, coordinator) = (await people.Get(SignIn.Of(user), cancel), await people.Get(stored.Snapshot.Coordinator, cancel));
        return await answer(new Visit(
            coordinator, stored.Snapshot, $"/cycles/{id}", clock.GetCurrentInstant(), Recorder: signedIn.Id == coordinator.Id ? null : signedIn));
    }

    private async Task<IResult> Show(Visit visit, IFormCollection? typed, CancellationToken cancel, AddProblem? amiss = null)
    {
        var cycle = visit.Cycle;
        var timeline = await cycles.Timeline(cycle.Cycle, cancel).ToListAsync(cancel);
        var recorders = timeline.Select(entry => entry.Fact).OfType<Answer>().Select(answer => answer.By);
        recorders = recorders.Concat(cycle.Adaptations().Select(adapted => adapted.By));
        var members = cycle.All<Member>().SelectMany(member => member.By is { } by ? [member.Person, by] : new[] { member.Person });
        var everybody = members.Concat(cycle.Reserves()).Concat(recorders).Distinct();
        var known = (await people.GetAll(everybody, cancel)).ToDictionary(one => one.Id);
        return Pages.Of<CyclePage>(
            visit.Notice is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(CyclePage.Visit), visit),
            (nameof(CyclePage.Typed), typed),
            (nameof(CyclePage.Amiss), amiss),
            (nameof(CyclePage.Known), known),
            (nameof(CyclePage.OutOfReach), await person.OutOfReach(cycle, cancel)),
            (nameof(CyclePage.Timeline), timeline),
            (nameof(CyclePage.Plan), Planner.Plan(cycle, visit.Now)),
            (nameof(CyclePage.Wanted), Planner.Wanted(cycle, visit.Now).Select(message => message.Key).ToHashSet()));
    }

    private static IResult NotFound() => Pages.Problem(StatusCodes.Status404NotFound, WebTexts.NotFoundTitle, WebTexts.NotFound);
}
