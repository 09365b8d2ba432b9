using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using NodaTime;

namespace Cohesion.Workflows.Walking;

/// <summary>Every view of a cycle: the list of communities, the coaches' boards. All can be written again from the cycle alone.</summary>
public sealed class CycleViews(HomeRows home, CoachRows coaches)
{
    /// <summary>Whether a view shows something else than the cycle as it stands.</summary>
    public async Task<bool> IsNews(Snapshot cycle, IReadOnlyCollection<PersonId> waitingFor, CancellationToken cancel = default)
    {
        var isNews = await home.IsNews(Home(cycle, waitingFor, 0), cancel);
        foreach (var row in CoachBoard.RowsOf(cycle, 0))
        {
            isNews = isNews || await coaches.IsNews(row, cancel);
        }

        return isNews;
    }

    public async Task Show(Snapshot cycle, IReadOnlyCollection<PersonId> waitingFor, long revision, CancellationToken cancel = default)
    {
        await home.Show(Home(cycle, waitingFor, revision), cancel);
        foreach (var row in CoachBoard.RowsOf(cycle, revision))
        {
            await coaches.Show(row, cancel);
        }
    }

    /// <summary>Whether a view shows something else than the cycle says now.</summary>
    public Task<bool> IsStale(StoredCycle stored, Instant now, CancellationToken cancel = default) =>
        IsNews(stored.Snapshot, Planner.Plan(stored.Snapshot, now).WaitingFor, cancel);

    /// <summary>Writes the views of a cycle that takes no turn any more, or whose views were lost.</summary>
    public Task Rebuild(StoredCycle stored, Instant now, CancellationToken cancel = default) =>
        Show(stored.Snapshot, Planner.Plan(stored.Snapshot, now).WaitingFor, stored.Revision, cancel);

    private static HomeRow Home(Snapshot cycle, IReadOnlyCollection<PersonId> waitingFor, long revision) => new(
        cycle.Cycle,
        cycle.KickOff.Community,
        Planner.OpenStages(cycle).Cast<StageId?>().FirstOrDefault(),
        revision,
        waitingFor.Contains(cycle.Coordinator),
        cycle.All<CycleEnded>().LastOrDefault() is { } ended ? new CommunityDays(cycle.KickOff.Zone).DateOf(ended.At) : null);
}
