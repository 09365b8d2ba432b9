using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.Preparation;

/// <summary>The page on which a partner's person says how far their tasks are. It takes answers until the community's cycle ends.</summary>
public static class PreparationForm
{
    public const string Page = "prepare";

    public const int LongestNote = 1_000;

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) => door.Open(Page, token, Pages.For<PreparationPage>, cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Tell(visit, form, intake, cancel), cancel);

    private static async Task<IResult> Tell(Visit visit, IFormCollection form, Intake intake, CancellationToken cancel)
    {
        var (cycle, person, note) = (visit.Cycle, visit.Person.Id, form["note"].ToString().Trim());
        if (cycle.HasEnded || cycle.RoundOf(StageIds.Preparation) is not { } round || TaskOf(visit, form["task"].ToString()) is not { } asked)
        {
            return await Pages.For<PreparationPage>(visit);
        }

        if (note.Length > LongestNote || (note.Length > 0 && !Roster.IsReadable(note)))
        {
            return await Pages.For<PreparationPage>(visit.Complaining(Say.Text(PreparationTexts.NoteTooLong, LongestNote)));
        }

        var state = form["state"].ToString() switch
        {
            "done" => PreparationState.Done,
            "waived" => PreparationState.Waived,
            _ => PreparationState.Open,
        };
        var told = new PreparationTold(round.Round, person, asked.Task.Id, state, note, person, visit.Now);
        await intake.Record(cycle.Cycle, [told], cancel);
        return await Pages.For<PreparationPage>((visit with { Cycle = cycle.With([told]) }).Saying(PreparationTexts.Thanks));
    }

    private static PreparationAsked? TaskOf(Visit visit, string task) =>
        visit.Cycle.All<PreparationAsked>().SingleOrDefault(asked => asked.Task.Id == task && asked.Person == visit.Person.Id);
}
