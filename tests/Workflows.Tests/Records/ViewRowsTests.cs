using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Records;

public sealed class ViewRowsTests
{
    private static readonly CycleId Cycle = CycleId.From("riverbend");
    private readonly MemoryRecordStore _records = new();
    private readonly HomeRows _home;

    public ViewRowsTests() => _home = new HomeRows(_records);

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

    [Fact]
    public async Task A_row_of_an_earlier_release_is_read_with_what_it_has()
    {
        await _records.Commit([new RecordWrite.Put(Record.Of(
            new RecordKey("views-home", Cycle.Value), ("community", "Riverbend"), ("stage", "scheduling"), ("revision", "3")))]);
        var row = await Shown();
        (row.Board, row.Next, row.IsParked, row.NeedsCoordinator).ShouldBe((null, null, false, false));
        (await _home.IsNews(Row(StageIds.Scheduling, 3))).ShouldBeTrue();
    }

    private static HomeRow Row(StageId stage, long revision) => new(Cycle, "Riverbend", stage, revision, NeedsCoordinator: false);

    private async Task<HomeRow> Shown() => await _home.All().SingleAsync();
}
