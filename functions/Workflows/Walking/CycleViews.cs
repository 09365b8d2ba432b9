using Cohesion.Workflows.Asks;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using NodaTime;

namespace Cohesion.Workflows.Walking;

/// <summary>Every view of a cycle: the list of communities, the coaches' boards. All can be written again from the cycle alone.</summary>
public sealed class CycleViews(HomeRows home, CoachRows coaches)
{
    /// <summary>Whether a view shows something else than the cycle as a plan leaves it.</summary>
    public async Task<bool> IsNews(TurnPlan plan, Instant now, CancellationToken cancel = default)
    {
        var isNews = await home.IsNews(Home(plan, now, 0), cancel);
        foreach (var row in CoachBoard.RowsOf(plan.After, 0))
        {
            isNews = isNews || await coaches.IsNews(row, cancel);
        }

        return isNews;
    }

    public async Task Show(TurnPlan plan, Instant now, long revision, CancellationToken cancel = default)
    {
        await home.Show(Home(plan, now, revision), cancel);
        foreach (var row in CoachBoard.RowsOf(plan.After, revision))
        {
            await coaches.Show(row, cancel);
        }
    }

    /// <summary>Whether a view shows something else than the cycle says now.</summary>
    public Task<bool> IsStale(StoredCycle stored, Instant now, CancellationToken cancel = default) => IsNews(AsItStands(stored, now), now, cancel);

    /// <summary>Writes the views of a cycle that takes no turn any more, or whose views were lost.</summary>
    public Task Rebuild(StoredCycle stored, Instant now, CancellationToken cancel = default) => Show(AsItStands(stored, now), now, stored.Revision, cancel);

    /// <summary>What a turn would change has not happened yet.</summary>
    private static TurnPlan AsItStands(StoredCycle stored, Instant now) => Planner.Plan(stored.Snapshot, now) with { After = stored.Snapshot };

    private static HomeRow Home(TurnPlan plan, Instant now, long revision) => new(
        plan.After.Cycle,
        plan.After.KickOff.Community,
        Planner.OpenStages(plan.After).Cast<StageId?>().FirstOrDefault(),
        revision,
        plan.WaitingFor.Contains(plan.After.Coordinator),
        plan.After.All<CycleEnded>().LastOrDefault() is { } ended ? new CommunityDays(plan.After.KickOff.Zone).DateOf(ended.At) : null,
        plan.After.HasEnded ? null : WhatIsNext.Of(plan, now));
}
