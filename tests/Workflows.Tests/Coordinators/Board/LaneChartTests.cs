using Cohesion.Workflows.Coordinators.Board;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Tests.Coordinators.Board;

public sealed class LaneChartTests
{
    [Fact]
    public void Twenty_lanes_fit_one_screen() =>
        new LaneChart(Enumerable.Range(1, 20).Select(number => Lines.Of($"Town {number}")), Lines.Today).Height.ShouldBeLessThan(600);

    [Fact]
    public void A_stage_that_is_open_reaches_today_and_one_after_another_does_not_overlap()
    {
        var chart = new LaneChart([Lines.Of("Elk Pass", stages: [Span(StageIds.CaseStudySelection, "2027-01-10", "2027-02-01"), Span(StageIds.FacilitatorTraining, "2027-02-01")])], Lines.Today);
        var bars = chart.Lanes[0].Bars;
        bars.Select(bar => (bar.Number, bar.IsOpen)).ShouldBe([(2, false), (3, true)]);
        (bars[0].X + bars[0].Width).ShouldBe(bars[1].X);
        (bars[1].X + bars[1].Width).ShouldBe(chart.Today);
    }

    [Fact]
    public void Scheduling_stands_under_the_training_that_it_runs_beside()
    {
        var bars = new LaneChart([Lines.Of("Elk Pass", stages: [Span(StageIds.FacilitatorTraining, "2027-02-01"), Span(StageIds.Scheduling, "2027-02-05")])], Lines.Today).Lanes[0].Bars;
        bars[1].Y.ShouldBeGreaterThanOrEqualTo(bars[0].Y + LaneChart.BarHeight);
    }

    [Fact]
    public void What_ended_before_the_picture_begins_is_not_drawn_and_what_reaches_into_it_begins_there()
    {
        var chart = new LaneChart([Lines.Of("Elk Pass", stages: [Span(StageIds.CaseStudySelection, "2026-03-01", "2026-04-01"), Span(StageIds.FacilitatorTraining, "2026-04-01")])], Lines.Today);
        chart.Lanes[0].Bars.ShouldHaveSingleItem().X.ShouldBe(LaneChart.Names);
    }

    [Fact]
    public void All_of_it_is_within_the_picture()
    {
        var chart = new LaneChart([Lines.Of("Elk Pass", session: "2027-06-01T18:00"), Lines.Of("Past", session: "2025-06-01T18:00")], Lines.Today);
        chart.Lanes[0].Session.ShouldNotBeNull().ShouldBeInRange(chart.Today, LaneChart.Width);
        chart.Lanes[1].Session.ShouldBeNull();
        chart.Months.ShouldAllBe(month => month.X > LaneChart.Names && month.X < LaneChart.Width);
    }

    [Fact]
    public void A_community_without_lanes_in_its_row_has_none() => new LaneChart([Lines.Complete("Old Town")], Lines.Today).Lanes.ShouldBeEmpty();

    [Theory]
    [InlineData("Cedar Inlet", "Cedar Inlet")]
    [InlineData("Northern Interior Rural Division", "Northern Interior Rural…")]
    public void A_name_fits_beside_its_lane(string community, string shown) => LaneChart.Shortened(community).ShouldBe(shown);

    private static StageSpan Span(StageId stage, string from, string? to = null) =>
        new(stage, Lines.At(from + "T10:00"), to is null ? null : Lines.At(to + "T10:00"));
}
