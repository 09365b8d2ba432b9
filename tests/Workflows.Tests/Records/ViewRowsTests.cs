using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Records;

public sealed class ViewRowsTests
{
    private static readonly CycleId Cycle = CycleId.From("riverbend");
    private readonly HomeRows _home = new(new MemoryRecordStore());

    [Fact]
    public async Task An_older_row_never_goes_over_a_newer_one()
    {
        await _home.Show(Row(StageIds.Scheduling, 4));
        await _home.Show(Row(StageIds.FacilitatorTraining, 3));
        (await Shown()).Stage.ShouldBe(StageIds.Scheduling);
    }

    [Fact]
    public async Task A_row_that_says_the_same_is_the_newer_one_all_the_same()
    {
        await _home.Show(Row(StageIds.Scheduling, 1));
        await _home.Show(Row(StageIds.Scheduling, 3));
        await _home.Show(Row(StageIds.Attendance, 2));
        (await Shown()).Stage.ShouldBe(StageIds.Scheduling);
    }

    [Fact]
    public async Task A_row_is_news_when_it_says_something_else_whatever_its_revision()
    {
        (await _home.IsNews(Row(StageIds.Scheduling, 1))).ShouldBeTrue();
        await _home.Show(Row(StageIds.Scheduling, 1));
        (await _home.IsNews(Row(StageIds.Scheduling, 2))).ShouldBeFalse();
        (await _home.IsNews(Row(StageIds.Attendance, 1))).ShouldBeTrue();
    }

    private static HomeRow Row(StageId stage, long revision) => new(Cycle, "Riverbend", stage, revision, NeedsCoordinator: false);

    private async Task<HomeRow> Shown() => await _home.All().SingleAsync();
}
