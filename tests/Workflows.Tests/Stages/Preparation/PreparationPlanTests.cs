using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Stages.Preparation;

public sealed class PreparationPlanTests
{
    private static readonly StageId Stage = StageIds.Preparation;
    private static readonly PersonId Data = PersonId.From("data");
    private static readonly PersonId Links = PersonId.From("links");

    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00").AsksForPreparation("data-brief", Data).AsksForPreparation("local-resources", Links);

    [Fact]
    public void Each_partner_is_asked_at_once_and_reminded_on_day_3() =>
        _cycle.RunsUntil("2027-03-20T12:00").MessagesOf(Stage, Data).ShouldBe(["ask data 2027-03-01T10:00", "ask data 2027-03-04T09:00"]);

    [Fact]
    public void The_community_is_asked_when_all_is_done_or_not_needed()
    {
        _cycle.TakesATurn().Cycle.RoundOf(StageIds.CaseStudySelection).ShouldBeNull();
        _cycle.At("2027-03-02T12:00").Prepares("data-brief", Data).TakesATurn().Cycle.RoundOf(StageIds.CaseStudySelection).ShouldBeNull();
        _cycle.Prepares("local-resources", Links, PreparationState.Waived).TakesATurn();
        _cycle.MessagesOf(StageIds.CaseStudySelection, Cast.Lead).ShouldBe(["ask lead 2027-03-02T12:00"]);
    }

    [Fact]
    public void On_day_5_the_community_is_asked_whatever_is_missing_and_the_coordinator_hears_what_is()
    {
        _cycle.Prepares("data-brief", Data).RunsUntil("2027-03-06T12:00");
        _cycle.MessagesOf(StageIds.CaseStudySelection, Cast.Lead).ShouldBe(["ask lead 2027-03-06T09:00"]);
        _cycle.MessagesOf(Stage, Cast.Coordinator).ShouldBe(["missing coordinator 2027-03-06T09:00"]);
    }

    [Fact]
    public void Where_all_is_prepared_the_coordinator_hears_nothing()
    {
        _cycle.TakesATurn().Prepares("data-brief", Data).Prepares("local-resources", Links).RunsUntil("2027-03-20T12:00");
        _cycle.MessagesOf(Stage, Cast.Coordinator).ShouldBeEmpty();
    }

    [Fact]
    public void Who_has_done_their_part_is_not_reminded()
    {
        _cycle.TakesATurn().MailsGoOut().Prepares("data-brief", Data).RunsUntil("2027-03-20T12:00");
        _cycle.MessagesOf(Stage, Data).Count.ShouldBe(1);
        _cycle.MessagesOf(Stage, Links).Count.ShouldBe(2);
    }

    [Fact]
    public void What_is_taken_back_is_open_again()
    {
        _cycle.TakesATurn().Prepares("data-brief", Data).Prepares("data-brief", Data, PreparationState.Open).RunsUntil("2027-03-06T12:00");
        _cycle.MessagesOf(Stage, Data).Count.ShouldBe(2);
    }

    [Fact]
    public void Where_nobody_is_to_prepare_anything_the_community_is_asked_at_once()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").TakesATurn();
        cycle.Cycle.RoundOf(Stage).ShouldBeNull();
        cycle.Cycle.RoundOf(StageIds.CaseStudySelection).ShouldNotBeNull();
    }

    /// <summary>A cycle that started before there was a preparation has a policy without one.</summary>
    [Fact]
    public void A_policy_without_preparation_has_none()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", change: policy => policy with { Preparation = null }).AsksForPreparation("data-brief", Data);
        cycle.TakesATurn().Cycle.RoundOf(StageIds.CaseStudySelection).ShouldNotBeNull();
    }
}
