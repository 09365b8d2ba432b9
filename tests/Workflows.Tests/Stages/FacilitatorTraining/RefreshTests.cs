using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Stages.FacilitatorTraining;

public sealed class RefreshTests
{
    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00").ChoosesTheCaseStudy();

    [Theory]
    [InlineData("2024-02", false)]
    [InlineData("2024-03", true)]
    [InlineData("2027-03", true)]
    [InlineData(null, false)]
    public void Who_says_that_they_trained_in_the_last_36_months_needs_the_refresh_only(string? month, bool isEnough)
    {
        _cycle.SaysTrained(Cast.F1, month).Cycle.NeedsRefreshOnly(Cast.F1).ShouldBe(isEnough);
        _cycle.Cycle.NeedsRefreshOnly(Cast.F2).ShouldBeFalse();
    }

    [Theory]
    [InlineData(2024, false)]
    [InlineData(2025, true)]
    public void Who_trained_in_another_community_in_the_last_36_months_needs_the_refresh_only(int year, bool isEnough)
    {
        var trained = ImmutableDictionary<PersonId, Instant>.Empty.Add(Cast.F1, Instant.FromUtc(year, 1, 31, 20, 0));
        var cycle = _cycle.Cycle.With(Elsewhere.Nothing with { Trained = trained });
        cycle.NeedsRefreshOnly(Cast.F1).ShouldBe(isEnough);
        cycle.With([new TrainedBefore(1, Cast.F1, new LocalDate(2020, 1, 1), Cast.F1, _cycle.Now)]).NeedsRefreshOnly(Cast.F1).ShouldBe(isEnough);
    }

    [Fact]
    public void A_policy_without_months_asks_all_for_the_whole_module() => PlanDriver
        .KickedOff("2027-03-01T10:00", change: policy => policy with { FacilitatorTraining = policy.FacilitatorTraining with { RefreshMonths = null } })
        .ChoosesTheCaseStudy().SaysTrained(Cast.F1, "2027-01").Cycle.NeedsRefreshOnly(Cast.F1).ShouldBeFalse();

    [Fact]
    public async Task The_newest_training_for_the_programme_counts_and_none_of_the_cycle_itself()
    {
        var records = new MemoryRecordStore();
        foreach (var (cycle, programme, year) in new[] { ("a", "adult", 2025), ("b", "adult", 2026), ("c", "youth", 2027), ("here", "adult", 2027) })
        {
            await Trainings.Write(records, Cast.F1, new Training(CycleId.From(cycle), programme, Instant.FromUtc(year, 1, 1, 0, 0)), default);
        }

        (await Trainings.Newest(records, CycleId.From("here"), "adult", [Cast.F1, Cast.F2], default)).ShouldBe(
            [KeyValuePair.Create(Cast.F1, Instant.FromUtc(2026, 1, 1, 0, 0))]);
    }
}
