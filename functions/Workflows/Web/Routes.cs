using Cohesion.Workflows.Asks;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators.Audit;
using Cohesion.Workflows.Coordinators.Board;
using Cohesion.Workflows.Coordinators.Today;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Stages.WrapUp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.Web;

/// <summary>Every route, once. A GET changes nothing; every POST is a form with an anti-forgery token, but those of mail programs.</summary>
public static class Routes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Get(routes, "/health", () => Results.Text("ok"));
        Get(routes, "/health/ready", Readiness.Get);
        Get(routes, "/site.css", Stylesheet.Get);

        MapAsks(routes);
        MapSignIn(routes);
        MapApi(routes.MapGroup("").AddEndpointFilter(routes.ServiceProvider.GetRequiredService<ApiKey>().Guard));
        MapSignedIn(routes.MapGroup("").RequireAuthorization().AddEndpointFilter(routes.ServiceProvider.GetRequiredService<Guard>().Pass));
    }

    /// <summary>Pages that people open by their own link.</summary>
    private static void MapAsks(IEndpointRouteBuilder routes)
    {
        Ask(routes, PreparationForm.Page, PreparationForm.Get, PreparationForm.Post);
        Ask(routes, CaseStudySelectionForm.Page, CaseStudySelectionForm.Get, CaseStudySelectionForm.Post);
        Ask(routes, FacilitatorTrainingForm.Page, FacilitatorTrainingForm.Get, FacilitatorTrainingForm.Post);
        Ask(routes, SchedulingForm.Page, SchedulingForm.Get, SchedulingForm.Post);
        Ask(routes, VenueForm.Page, VenueForm.Get, VenueForm.Post);
        Ask(routes, ReplyForm.Page, ReplyForm.Get, ReplyForm.Post);
        Ask(routes, ForwardForm.Page, ForwardForm.Get, ForwardForm.Post);
        Ask(routes, GoForm.Page, GoForm.Get, GoForm.Post);
        Ask(routes, CheckInForm.Page, CheckInForm.Get, CheckInForm.Post);
        Ask(routes, ListForm.Page, ListForm.Get, ListForm.Post);
        Ask(routes, SurveyForm.Page, SurveyForm.Get, SurveyForm.Post);
        Ask(routes, RegisterForm.Page, RegisterForm.Get, RegisterForm.Post);
        Get(routes, $"/{AskPages.Own}/{{token}}", OwnForm.Get);
        Stop(routes, InvitationStop.Page, InvitationStop.Get, InvitationStop.Post);
        Stop(routes, SurveyStop.Page, SurveyStop.Get, SurveyStop.Post);
        Ask(routes, CoachRequestForm.Page, CoachRequestForm.Get, CoachRequestForm.Post);
        Ask(routes, CommitmentForm.Page, CommitmentForm.Get, CommitmentForm.Post);
        Ask(routes, CoachTasksForm.Page, CoachTasksForm.Get, CoachTasksForm.Post);
        Get(routes, $"/{CertificateForm.Page}/{{token}}", CertificateForm.Get);
        Get(routes, $"/{ResultsForm.Page}/{{token}}", ResultsForm.Get);
        Get(routes, $"/{CoachBoard.Page}/{{token}}", CoachBoard.Get);
    }

    /// <summary>For programs: no cookie, no form.</summary>
    private static void MapApi(RouteGroupBuilder routes)
    {
        routes.MapPost(KickOffApi.Path, KickOffApi.Post).DisableAntiforgery();
        routes.MapPost(BounceApi.Path, BounceApi.Post).DisableAntiforgery();
    }

    private static void MapSignIn(IEndpointRouteBuilder routes)
    {
        Get(routes, "/sign-in", SignIn.Get);
        Form(routes, "/sign-in", SignIn.Post);
        Ask(routes, Links.SignIn, SignIn.GetLink, SignIn.PostLink).WithMetadata(new SignsIn());
        Ask(routes, Links.SetUp, SignIn.GetSetUp, SignIn.PostSetUp).WithMetadata(new SignsIn());
        Form(routes, "/sign-out", SignIn.Out);
    }

    /// <summary>Pages of those who are signed in, by what they must be allowed.</summary>
    private static void MapSignedIn(IEndpointRouteBuilder routes)
    {
        MapSeeing(For(routes, Right.See));
        MapPeople(For(routes, Right.People));
        MapRecording(For(routes, Right.Record));
        MapRunning(For(routes, Right.Run));
        MapManaging(For(routes, Right.Manage));
    }

    private static void MapSeeing(RouteGroupBuilder routes)
    {
        Get(routes, "/", (HttpContext http, TodayDesk today) => today.Show(http, http.RequestAborted));
        Get(routes, "/cycles", (HttpContext http, BoardPages board) => board.List(http));
        Get(routes, "/cycles.csv", (HttpContext http, BoardPages board) => board.Csv(http)).WithMetadata(new IsRead());
        Get(routes, "/cycles/calendar", (HttpContext http, BoardPages board) => board.Month(http));
        Get(routes, "/cycles/lanes", (HttpContext http, BoardPages board) => board.Lanes(http));
        Get(routes, "/cycles/{id}", (string id, HttpContext http, CyclePages pages) => pages.Show(id, http.User, http.RequestAborted)).WithMetadata(new IsRead());
        Get(routes, "/accounts", (HttpContext http, AccountsForm page) => page.Get(http.User, http.RequestAborted));
        Form(routes, "/sign-out/everywhere", SignIn.OutEverywhere);
    }

    private static void MapPeople(RouteGroupBuilder routes)
    {
        Get(routes, "/cycles/{id}/preview", (string id, string? course, HttpContext http, CyclePages pages) => pages.ShowPreview(id, course, http.User, http.RequestAborted))
            .WithMetadata(new IsRead());
        Get(routes, "/cycles/{id}/people/{who}", (string id, string who, HttpContext http, CyclePages pages) => pages.ShowPerson(id, who, http.User, http.RequestAborted))
            .WithMetadata(new IsRead());
    }

    private static void MapRecording(RouteGroupBuilder routes)
    {
        Decision(routes, "case-study", (pages, id, form, http) => pages.DecideCaseStudy(id, form, http, http.RequestAborted));
        Decision(routes, "facilitator", (pages, id, form, http) => pages.NameFacilitator(id, form, http, http.RequestAborted));
        Decision(routes, "slots", (pages, id, form, http) => pages.ProposeSlots(id, form, http, http.RequestAborted));
        Decision(routes, "try-again", (pages, id, form, http) => pages.TryAgain(id, form, http.RequestAborted));
        Get(routes, "/cycles/{id}/list", (string id, HttpContext http, CyclePages pages) => pages.ShowList(id, http)).WithMetadata(new IsRead());
        Decision(routes, "list", (pages, id, form, http) => pages.ConfirmList(id, form, http.User, http.RequestAborted));
        Get(routes, "/cycles/{id}/finish", (string id, HttpContext http, CyclePages pages) => pages.ShowFinish(id, http)).WithMetadata(new IsRead());
        Get(routes, "/cycles/{id}/accreditation.csv", (string id, HttpContext http, CyclePages pages) => pages.AccreditationFile(id, http)).WithMetadata(new IsRead());
        Get(routes, "/cycles/{id}/payment.csv", (string id, HttpContext http, CyclePages pages) => pages.PaymentSheet(id, http)).WithMetadata(new IsRead());
        Get(routes, "/cycles/{id}/go", (string id, HttpContext http, CyclePages pages) => pages.ShowGo(id, http)).WithMetadata(new IsRead());
        Decision(routes, "go", (pages, id, form, http) => pages.DecideGo(id, form, http.User, http.RequestAborted));
        Decision(routes, "session-id", (pages, id, form, http) => pages.GiveSessionId(id, form, http, http.RequestAborted));
        Decision(routes, "people", (pages, id, form, http) => pages.AddParticipant(id, form, http.User, http.RequestAborted));
        Decision(routes, "accreditation", (pages, id, form, http) => pages.SettleAccreditation(id, form, http.User, http.RequestAborted));
        Form(routes, "/cycles/{id}/people/{who}", (string id, string who, IFormCollection form, HttpContext http, CyclePages pages) =>
            pages.SavePerson(id, who, form, http.User, http.RequestAborted));
    }

    private static void MapRunning(RouteGroupBuilder routes)
    {
        Get(routes, "/cycles/new", KickOffForm.Get);
        Form(routes, "/cycles/new", KickOffForm.Post).WithMetadata(new GivesBackWhatWasTyped()).AllowAnonymous();
        Get(routes, "/cycles/{id}/adapt", (string id, HttpContext http, CyclePages pages) => pages.ShowAdapt(id, http.Request.Query, http.User, http.RequestAborted))
            .WithMetadata(new IsRead());
        Decision(routes, "adapt", (pages, id, form, http) => pages.Adapt(id, form, http.User, http.RequestAborted));
        Get(routes, "/cycles/{id}/next", (string id, HttpContext http, CyclePages pages) => pages.ShowNext(id, http.User, http.RequestAborted)).WithMetadata(new IsRead());
        Decision(routes, "next", (pages, id, form, http) => pages.DecideNext(id, form, http.User, http.RequestAborted));
        Form(routes, "/accounts/mornings", (IFormCollection form, HttpContext http, AccountsForm page) => page.Mornings(form, http.User, http.RequestAborted));
        Form(routes, "/accounts/away", (IFormCollection form, HttpContext http, AccountsForm page) => page.Away(form, http.User, http.RequestAborted));
    }

    private static void MapManaging(RouteGroupBuilder routes)
    {
        Form(routes, "/accounts", (IFormCollection form, HttpContext http, AccountsForm page) => page.Invite(form, http.User, http.RequestAborted));
        Get(routes, "/accounts/{who}", (string who, HttpContext http, AccountsForm page) => page.GetOne(who, http.RequestAborted));
        Form(routes, "/accounts/{who}", (string who, IFormCollection form, HttpContext http, AccountsForm page) => page.Change(who, form, http.User, http.RequestAborted));
        Get(routes, "/audit", (HttpContext http, AuditPages audit) => audit.Show(http)).WithMetadata(new IsRead());
        Get(routes, "/audit.csv", (HttpContext http, AuditPages audit) => audit.Csv(http)).WithMetadata(new IsRead());
        MapProgrammes(routes);
        MapMailViewer(routes);
    }

    private static void MapProgrammes(RouteGroupBuilder routes)
    {
        Get(routes, ProgrammesForm.Path, (HttpContext http, ProgrammesForm page) => page.List(http.User, http.RequestAborted));
        Form(routes, ProgrammesForm.Path, (IFormCollection form, HttpContext http, ProgrammesForm page) => page.Copy(form, http.User, http.RequestAborted));
        Get(routes, ProgrammesForm.Path + "/{id}", (string id, HttpContext http, ProgrammesForm page) => page.Show(id, http.User, http.RequestAborted));
        Form(routes, ProgrammesForm.Path + "/{id}", (string id, IFormCollection form, HttpContext http, ProgrammesForm page) => page.Save(id, form, http.User, http.RequestAborted));
        Form(routes, ProgrammesForm.Path + "/{id}/version", (string id, IFormCollection form, HttpContext http, ProgrammesForm page) => page.GoBack(id, form, http.User, http.RequestAborted));
        Get(routes, ProgrammesForm.Path + "/{id}/texts/{stage}", (string id, string stage, HttpContext http, TextsForm page) =>
            page.Show(id, stage, http.User, http.RequestAborted));
        Form(routes, ProgrammesForm.Path + "/{id}/texts/{stage}", (string id, string stage, IFormCollection form, HttpContext http, TextsForm page) =>
            page.Save(id, stage, form, http.User, http.RequestAborted));
    }

    /// <summary>Only where the viewer is the mail provider.</summary>
    private static void MapMailViewer(IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<MailViewer>() is not null)
        {
            Get(routes, "/mail", MailPages.List);
            Get(routes, "/mail/{id:guid}", MailPages.Html).WithMetadata(new IsRead());
            Get(routes, "/mail/{id:guid}/text", MailPages.Text).WithMetadata(new IsRead());
            Get(routes, "/mail/{id:guid}/calendar", MailPages.Calendar).WithMetadata(new IsRead());
        }
    }

    private static RouteGroupBuilder For(IEndpointRouteBuilder routes, Right right)
    {
        var group = routes.MapGroup("");
        group.WithMetadata(new NeedsRight(right));
        return group;
    }

    private static RouteHandlerBuilder Ask(IEndpointRouteBuilder routes, string page, Delegate get, Delegate post)
    {
        Get(routes, $"/{page}/{{token}}", get);
        return Form(routes, $"/{page}/{{token}}", post);
    }

    /// <summary>A mail program posts here: it has no token of a form, and no cookie.</summary>
    private static void Stop(IEndpointRouteBuilder routes, string page, Delegate get, Delegate post)
    {
        Get(routes, $"/{page}/{{token}}", get);
        routes.MapPost($"/{page}/{{token}}", post).DisableAntiforgery();
    }

    private static void Decision(
        IEndpointRouteBuilder routes, string name, Func<CyclePages, string, IFormCollection, HttpContext, Task<IResult>> decide) =>
        Form(routes, $"/cycles/{{id}}/{name}", (string id, IFormCollection form, HttpContext http, CyclePages pages) => decide(pages, id, form, http));

    /// <summary>HEAD too: link checkers ask so.</summary>
    private static RouteHandlerBuilder Get(IEndpointRouteBuilder routes, string path, Delegate get) =>
        routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], get);

    private static RouteHandlerBuilder Form(IEndpointRouteBuilder routes, string path, Delegate post) =>
        routes.MapPost(path, post).WithMetadata(new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute());
}
