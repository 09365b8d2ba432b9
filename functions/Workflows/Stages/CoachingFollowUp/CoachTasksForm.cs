using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Stages.CoachingFollowUp;

/// <summary>The coach's tasks of one community.</summary>
public static class CoachTasksForm
{
    public const string Page = "tasks";

    public const int LongestPlan = 500;

    public static Task<IResult> Get(string token, Door door, People people, CancellationToken cancel) =>
        door.Open(Page, token, visit => Show(visit, null, people, cancel), cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, People people, CancellationToken cancel) =>
        door.Open(Page, token, visit => Tell(visit, form, intake, people, cancel), cancel);

    public static bool IsOpen(Snapshot cycle) => cycle.OutcomeOf<CoachingClosed>(StageIds.CoachingFollowUp) is null;

    /// <summary>The last day that a task can be put off to: as the policy says, and before the stage closes.</summary>
    public static LocalDate LastSnooze(Visit visit)
    {
        var (policy, opened) = (visit.Cycle.Policy.CoachingFollowUp, visit.Cycle.RoundOf(StageIds.CoachingFollowUp)!.At);
        return LocalDate.Min(visit.Days.DateOf(visit.Now).PlusDays(policy.SnoozeDaysAtMost), visit.Days.DateOf(opened).PlusDays(policy.ClosesDay - 1));
    }

    private static async Task<IResult> Show(Visit visit, TaskProblem? problem, People people, CancellationToken cancel)
    {
        var rows = new List<CoachTaskRow>();
        foreach (var task in visit.Cycle.CoachTasks())
        {
            var toCall = await people.GetAll(CoachWords.ToCall(visit.Cycle, task), cancel);
            rows.Add(new CoachTaskRow(task, toCall, CoachWords.Phone(visit.Cycle, task)));
        }

        return Pages.Of<CoachTasksPage>(
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(CoachTasksPage.Visit), visit),
            (nameof(CoachTasksPage.Rows), rows),
            (nameof(CoachTasksPage.Problem), problem));
    }

    private static async Task<IResult> Tell(Visit visit, IFormCollection form, Intake intake, People people, CancellationToken cancel)
    {
        var cycle = visit.Cycle;
        if (!cycle.Members(Role.Coach).Contains(visit.Person.Id)
            || !IsOpen(cycle)
            || cycle.CoachTasks().SingleOrDefault(task => task.Id == form["task"].ToString()) is not { } task)
        {
            return visit.Unchanged();
        }

        var (told, problem) = Told(visit, task, form);
        if (told is null)
        {
            return problem is null ? visit.Unchanged() : await Show(visit.Complaining(CoachingFollowUpTexts.Mend), problem, people, cancel);
        }

        await intake.Record(cycle.Cycle, [told], cancel);
        return visit.Recorded(CoachingFollowUpTexts.TaskThanks);
    }

    /// <summary>What is told, or what is wrong with it; neither where it stands already.</summary>
    private static (CoachTaskTold? Told, TaskProblem? Problem) Told(Visit visit, CoachTask task, IFormCollection form)
    {
        var told = Next(visit, task);
        return form["answer"].ToString() switch
        {
            "to-do" => (To(CoachTaskState.ToDo), null),
            "contacted" => (To(CoachTaskState.Contacted), null),
            "done" => (To(CoachTaskState.Done), null),
            "not-now" => (To(CoachTaskState.NotNow), null),
            "not-reached" when MayGiveUp(visit.Cycle, task) => (To(CoachTaskState.NotReached), null),
            "tried" when IsNew(task, form) => (told with { Tries = task.Tries.Add(visit.Now) }, null),
            "not-tried" when IsNew(task, form) && task.Tries.Count > 0 => (told with { Tries = task.Tries.RemoveAt(task.Tries.Count - 1) }, null),
            "plan" => Planned(task, told, form["plan"].ToString().Trim().ReplaceLineEndings(" ")),
            "snooze" => Snoozed(visit, task, told, form["until"].ToString().Trim()),
            "no-snooze" when task.Told?.Snoozed is not null => (told, null),
            _ => (null, null),
        };

        CoachTaskTold? To(CoachTaskState state) => task.State == state ? null : told with { State = state };
    }

    /// <summary>Whether there were tries enough to close the task as "not reached".</summary>
    public static bool MayGiveUp(Snapshot cycle, CoachTask task) => task.Tries.Count >= cycle.Policy.CoachingFollowUp.Tries;

    /// <summary>What stands, told anew: who is at work on a task has not put it off any more.</summary>
    private static CoachTaskTold Next(Visit visit, CoachTask task) => new(
        visit.Cycle.RoundOf(StageIds.CoachingFollowUp)!.Round,
        visit.Person.Id,
        task.Id,
        (task.Told?.Number ?? 0) + 1,
        task.State,
        visit.By,
        visit.Now,
        task.Told?.Tries,
        Plan: task.Told?.Plan);

    /// <summary>The form holds how many tries there were when it was shown: sent twice, it is one try.</summary>
    private static bool IsNew(CoachTask task, IFormCollection form) =>
        form["tries"] == task.Tries.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static (CoachTaskTold?, TaskProblem?) Planned(CoachTask task, CoachTaskTold told, string plan) => plan switch
    {
        _ when plan.Length > LongestPlan || !Roster.IsReadable(plan) => (null, new TaskProblem(task.Id, "plan", plan, Say.Text(CoachingFollowUpTexts.PlanNotRead, LongestPlan))),
        _ when plan == task.Plan && task.State == CoachTaskState.Planned => (null, null),
        _ => (told with { State = CoachTaskState.Planned, Plan = plan }, null),
    };

    private static (CoachTaskTold?, TaskProblem?) Snoozed(Visit visit, CoachTask task, CoachTaskTold told, string typed)
    {
        var (first, last) = (visit.Days.DateOf(visit.Now).PlusDays(1), LastSnooze(visit));
        var until = LocalDatePattern.Iso.Parse(typed);
        return !until.Success || until.Value < first || until.Value > last
            ? (null, new TaskProblem(task.Id, "until", typed, Say.Text(CoachingFollowUpTexts.SnoozeNotRead, Say.LongDate(first), Say.LongDate(last))))
            : until.Value == task.Told?.Snoozed || !task.IsOpen ? (null, null) : (told with { Snoozed = until.Value }, null);
    }
}

/// <summary>A task, with those whom the coach calls for it and their number.</summary>
public sealed record CoachTaskRow(CoachTask Task, IReadOnlyList<Person> ToCall, string? Phone)
{
    /// <summary>Who asked; null for the community's.</summary>
    public Person? Asker => Task.Asker is null ? null : ToCall[0];
}

/// <summary>What is wrong with what was typed for a task.</summary>
public sealed record TaskProblem(string Task, string Field, string Typed, string Text);
