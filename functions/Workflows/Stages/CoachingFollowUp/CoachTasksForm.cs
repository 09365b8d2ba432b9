using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.CoachingFollowUp;

/// <summary>The coach's tasks of one community.</summary>
public static class CoachTasksForm
{
    public const string Page = "tasks";

    public static Task<IResult> Get(string token, Door door, People people, CancellationToken cancel) =>
        door.Open(Page, token, visit => Show(visit, people, cancel), cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, People people, CancellationToken cancel) =>
        door.Open(Page, token, visit => Finish(visit, form["done"].ToString(), form["open"].ToString(), intake, people, cancel), cancel);

    public static bool IsOpen(Snapshot cycle) => cycle.OutcomeOf<CoachingClosed>(StageIds.CoachingFollowUp) is null;

    private static IEnumerable<CoachTask> Tasks(Snapshot cycle) =>
        cycle.RoundOf(StageIds.CoachingFollowUp) is { } round ? CoachingFollowUpPlan.Tasks(cycle, round) : [];

    private static async Task<IResult> Show(Visit visit, People people, CancellationToken cancel)
    {
        var rows = new List<CoachTaskRow>();
        foreach (var task in Tasks(visit.Cycle))
        {
            var asker = task.Id == CoachingFollowUpPlan.CommunityTask ? null : await people.Get(PersonId.From(task.Id), cancel);
            rows.Add(new CoachTaskRow(task, asker));
        }

        return Pages.Of<CoachTasksPage>((nameof(CoachTasksPage.Visit), visit), (nameof(CoachTasksPage.Rows), rows));
    }

    private static async Task<IResult> Finish(Visit visit, string done, string open, Intake intake, People people, CancellationToken cancel)
    {
        var cycle = visit.Cycle;
        if (!cycle.Members(Role.Coach).Contains(visit.Person.Id) || !IsOpen(cycle) || !Tasks(cycle).Any(task => task.Id == (task.IsDone ? open : done)))
        {
            return await Show(visit, people, cancel);
        }

        var fact = new CoachTaskDone(cycle.RoundOf(StageIds.CoachingFollowUp)!.Round, visit.Person.Id, done + open, visit.Person.Id, visit.Now, Done: open.Length == 0);
        await intake.Record(cycle.Cycle, [fact], cancel);
        return await Show((visit with { Cycle = cycle.With([fact]) }).Saying(fact.Done ? CoachingFollowUpTexts.TaskThanks : CoachingFollowUpTexts.TaskTakenBack), people, cancel);
    }
}

/// <summary>A task with the person who asked; null for the community's.</summary>
public sealed record CoachTaskRow(CoachTask Task, Person? Asker);
