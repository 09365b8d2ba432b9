using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Stages.CoachingFollowUp;

/// <summary>The coach's one page: their open tasks in all communities, those that need a call today first.</summary>
public static class CoachBoard
{
    public const string Page = AskPages.Board;

    /// <summary>A row of the view is one property of 64 KiB; a community with more open tasks has them on its own page.</summary>
    private const int MostTasks = 200;

    public static Task<IResult> Get(string token, Door door, CoachRows rows, People people, Links links, CancellationToken cancel) =>
        door.Open(Page, token, visit => Show(visit, rows, people, links, cancel), cancel);

    /// <summary>The rows of a cycle's coaches; who was replaced has nothing to do in it.</summary>
    public static IEnumerable<CoachRow> RowsOf(Snapshot cycle, long revision)
    {
        var tasks = cycle.OutcomeOf<CoachingClosed>(StageIds.CoachingFollowUp) is null && cycle.Stopped() is null ? cycle.CoachTasks().Where(task => task.IsOpen) : [];
        var lines = tasks.Select(task => new BoardTask(
                task.Id, task.Since, task.State, CoachingFollowUpPlan.DueOf(cycle, task), task.Told?.Snoozed is not null, CoachWords.Phone(cycle, task)))
            .OrderBy(task => task.Due)
            .Take(MostTasks)
            .ToImmutableList();
        return cycle.All<Member>().Where(member => member.Role == Role.Coach).Select(coach => new CoachRow(
            coach.Person, cycle.Cycle, cycle.KickOff.Community, cycle.KickOff.Zone, cycle.HasRole(Role.Coach, coach.Person) ? lines : [], revision));
    }

    private static async Task<IResult> Show(Visit visit, CoachRows rows, People people, Links links, CancellationToken cancel)
    {
        var lines = new List<BoardLine>();
        await foreach (var row in rows.Of(visit.Person.Id, cancel))
        {
            var (today, path) = (new CommunityDays(row.Zone).DateOf(visit.Now), links.AskPath(CoachTasksForm.Page, visit.Person, row.Cycle, Role.Coach, visit.Now));
            foreach (var line in row.Tasks)
            {
                var task = new CoachTask(line.Task, line.Since, null);
                var asker = task.Asker is { } id ? await people.Get(id, cancel) : null;
                var asked = new CommunityDays(row.Zone).DateOf(line.Since);
                lines.Add(new BoardLine(row.Community, CoachWords.What(task, asker), asker?.Address, asked, line, today, $"{path}#{line.Task}"));
            }
        }

        return Pages.Of<CoachBoardPage>(
            (nameof(CoachBoardPage.Visit), visit),
            (nameof(CoachBoardPage.Lines), lines.OrderBy(line => line.Task.Due).ThenBy(line => line.Asked).ThenBy(line => line.Community, StringComparer.Ordinal).ToList()));
    }
}

/// <summary>A line of the board.</summary>
/// <param name="Community">Whose.</param>
/// <param name="What">Who asked, or what the community's task is.</param>
/// <param name="Address">That of who asked; null where it is the community's.</param>
/// <param name="Asked">Since when.</param>
/// <param name="Task">How far it is.</param>
/// <param name="Today">The day in that community.</param>
/// <param name="Path">Of the page on which the coach tells of it.</param>
public sealed record BoardLine(string Community, string What, string? Address, LocalDate Asked, BoardTask Task, LocalDate Today, string Path)
{
    /// <summary>Whether it needs a call today.</summary>
    public bool IsToday => Task.Due <= Today;
}
