using Cohesion.Workflows.Asks;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using NodaTime;

namespace Cohesion.Workflows.Walking;

/// <summary>Every view of a cycle: the list of communities, the coaches' boards. All can be written again from the cycle alone.</summary>
public sealed class CycleViews(HomeRows home, CoachRows coaches, Wakes wakes)
{
    /// <summary>Whether a view shows something else than the cycle as a plan leaves it. Who plans a turn is not parked.</summary>
    public async Task<bool> IsNews(TurnPlan plan, Instant now, bool isParked = false, CancellationToken cancel = default)
    {
        var isNews = await home.IsNews(Home(plan, now, 0, isParked), cancel);
        foreach (var row in CoachBoard.RowsOf(plan.After, 0))
        {
            isNews = isNews || await coaches.IsNews(row, cancel);
        }

        return isNews;
    }

    public async Task Show(TurnPlan plan, Instant now, long revision, bool isParked = false, CancellationToken cancel = default)
    {
        await home.Show(Home(plan, now, revision, isParked), cancel);
        foreach (var row in CoachBoard.RowsOf(plan.After, revision))
        {
            await coaches.Show(row, cancel);
        }
    }

    /// <summary>Says that a cycle has stopped. Nothing else of it is read: that may be why it stopped.</summary>
    public async Task ShowParked(CycleId cycle, CancellationToken cancel = default)
    {
        if (await home.Find(cycle, cancel) is { } row)
        {
            await home.Show(row with { IsParked = true }, cancel);
        }
    }

    /// <summary>Whether a view shows something else than the cycle says now.</summary>
    public async Task<bool> IsStale(StoredCycle stored, Instant now, CancellationToken cancel = default) =>
        await IsNews(AsItStands(stored, now), now, await IsParked(stored, cancel), cancel);

    /// <summary>Writes the views of a cycle that takes no turn any more, or whose views were lost.</summary>
    public async Task Rebuild(StoredCycle stored, Instant now, CancellationToken cancel = default) =>
        await Show(AsItStands(stored, now), now, stored.Revision, await IsParked(stored, cancel), cancel);

    private async Task<bool> IsParked(StoredCycle stored, CancellationToken cancel) => await wakes.Find(stored.Snapshot.Cycle, cancel) is { IsParked: true };

    /// <summary>What a turn would change has not happened yet.</summary>
    private static TurnPlan AsItStands(StoredCycle stored, Instant now) => Planner.Plan(stored.Snapshot, now) with { After = stored.Snapshot };

    private static HomeRow Home(TurnPlan plan, Instant now, long revision, bool isParked) => new(
        plan.After.Cycle,
        plan.After.KickOff.Community,
        Planner.OpenStages(plan.After).Cast<StageId?>().FirstOrDefault(),
        revision,
        plan.WaitingFor.Contains(plan.After.Coordinator),
        plan.After.All<CycleEnded>().LastOrDefault() is { } ended ? new CommunityDays(plan.After.KickOff.Zone).DateOf(ended.At) : null,
        plan.After.HasEnded ? null : WhatIsNext.Of(plan, now),
        BoardEntries.Of(plan, now),
        isParked);
}
