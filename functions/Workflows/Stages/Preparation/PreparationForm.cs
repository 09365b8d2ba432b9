using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.Preparation;

/// <summary>The page on which a partner's person says how far their tasks are. It takes answers until the community's cycle ends.</summary>
public static class PreparationForm
{
    public const string Page = AskPages.Prepare;

    public const int LongestNote = 1_000;

    /// <summary>Whether the visit's person has a task, and can still say how far it is.</summary>
    public static bool IsOpen(Visit visit) =>
        !visit.Cycle.HasEnded
        && visit.Cycle.RoundOf(StageIds.Preparation) is not null
        && visit.Cycle.All<PreparationAsked>().Any(asked => asked.Person == visit.Person.Id);

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) => door.Open(Page, token, Pages.For<PreparationPage>, cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Tell(visit, form, intake, cancel), cancel);

    /// <summary>The coordinator says that the accreditation covers the session already, or that there is none: certificates wait for it no more.</summary>
    /// <returns>Whether it is recorded: it may be settled already.</returns>
    public static async Task<bool> SettleAccreditation(Visit visit, PreparationState state, Intake intake, CancellationToken cancel)
    {
        var cycle = visit.Cycle;
        if (state == PreparationState.Open || cycle.OpenAccreditation() is not { } asked || cycle.RoundOf(StageIds.Preparation) is not { } round)
        {
            return false;
        }

        var told = new PreparationTold(round.Round, asked.Person, asked.Task.Id, state, "", visit.By, visit.Now).After(cycle.ToldOf(asked.Task.Id));
        return await intake.Record(cycle.Cycle, [told], cancel);
    }

    /// <summary>What a form's button says of a task.</summary>
    public static PreparationState StateIn(IFormCollection form) => form["state"].ToString() switch
    {
        "done" => PreparationState.Done,
        "waived" => PreparationState.Waived,
        "not-accredited" => PreparationState.NotAccredited,
        _ => PreparationState.Open,
    };

    private static async Task<IResult> Tell(Visit visit, IFormCollection form, Intake intake, CancellationToken cancel)
    {
        var (cycle, person, note) = (visit.Cycle, visit.Person.Id, form["note"].ToString().Trim());
        if (!IsOpen(visit) || TaskOf(visit, form["task"].ToString()) is not { } asked)
        {
            return visit.Unchanged();
        }

        var sessionId = GivesSessionId(visit, asked) ? form["session-id"].ToString().Trim() : "";
        if ((ProblemOf(note) ?? SessionIds.ProblemOf(sessionId)) is { } problem)
        {
            return Pages.Of<PreparationPage>(
                StatusCodes.Status422UnprocessableEntity, (nameof(PreparationPage.Visit), visit.Complaining(problem)), (nameof(PreparationPage.Typed), form));
        }

        var told = new PreparationTold(cycle.RoundOf(StageIds.Preparation)!.Round, person, asked.Task.Id, StateOf(visit, asked, form), note, visit.By, visit.Now)
            .After(cycle.ToldOf(asked.Task.Id));
        Fact[] facts = [told, .. GivesSessionId(visit, asked) ? SessionIds.Told(visit, sessionId) : []];
        await intake.Record(cycle.Cycle, facts, cancel);
        return visit.Recorded(PreparationTexts.Thanks);
    }

    /// <summary>The accreditor's task brings the session's id.</summary>
    public static bool GivesSessionId(Visit visit, PreparationAsked asked) => asked.Task.Id == PartnerTask.Accreditation && visit.Cycle.KickOff.Accreditation is not null;

    /// <summary>Only the accreditation can be one that the session has not.</summary>
    private static PreparationState StateOf(Visit visit, PreparationAsked asked, IFormCollection form) =>
        StateIn(form) is var state && state == PreparationState.NotAccredited && !GivesSessionId(visit, asked) ? PreparationState.Open : state;

    private static string? ProblemOf(string note) =>
        note.Length > LongestNote || (note.Length > 0 && !Roster.IsReadable(note)) ? Say.Text(PreparationTexts.NoteTooLong, LongestNote) : null;

    private static PreparationAsked? TaskOf(Visit visit, string task) =>
        visit.Cycle.All<PreparationAsked>().SingleOrDefault(asked => asked.Task.Id == task && asked.Person == visit.Person.Id);
}
