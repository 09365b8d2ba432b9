using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Stages.FacilitatorTraining;

public sealed class FacilitatorTrainingPlanTests
{
    private static readonly StageId Stage = StageIds.FacilitatorTraining;
    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00").ChoosesTheCaseStudy();

    [Fact]
    public void A_silent_facilitator_is_reminded_on_day_7_14_and_18_then_left_alone() =>
        _cycle.RunsUntil("2027-06-01T12:00").MessagesOf(Stage, Cast.F1).ShouldBe(
            ["ask f1 2027-03-01T10:00", "ask f1 2027-03-08T09:00", "ask f1 2027-03-15T09:00", "ask f1 2027-03-19T09:00"]);

    [Fact]
    public void Who_leads_is_reminded_of_the_module_until_it_is_done()
    {
        _cycle.Leads(Cast.F1).RunsUntil("2027-03-10T12:00").Trains(Cast.F1).RunsUntil("2027-04-30T12:00");
        _cycle.MessagesOf(Stage, Cast.F1).ShouldBe(["ask f1 2027-03-01T10:00", "ask f1 2027-03-08T09:00"]);
    }

    [Fact]
    public void Enough_trained_facilitators_close_the_stage()
    {
        _cycle.Leads(Cast.F1, Cast.F2).Trains(Cast.F1).TakesATurn();
        _cycle.Cycle.OutcomeOf<FacilitatorsTrained>(Stage).ShouldBeNull();
        _cycle.Trains(Cast.F2).TakesATurn().Cycle.OutcomeOf<FacilitatorsTrained>(Stage)!.Facilitators.ShouldBe([Cast.F1, Cast.F2]);
    }

    [Fact]
    public void A_decline_asks_the_coordinator_at_once_and_ends_the_mail_to_who_declined()
    {
        _cycle.At("2027-03-03T11:00").Declines(Cast.F1).RunsUntil("2027-03-20T12:00");
        _cycle.MessagesOf(Stage, Cast.F1).ShouldBe(["ask f1 2027-03-01T10:00"]);
        _cycle.MessagesOf(Stage, Cast.Coordinator).ShouldBe(
            ["replace coordinator 2027-03-03T11:00", "replace coordinator 2027-03-06T09:00", "replace coordinator 2027-03-10T09:00"]);
    }

    [Fact]
    public void A_decline_that_leaves_enough_asks_nobody()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", facilitators: 3).ChoosesTheCaseStudy().Declines(Cast.F3).RunsUntil("2027-03-20T12:00");
        cycle.MessagesOf(Stage, Cast.Coordinator).ShouldBeEmpty();
    }

    [Fact]
    public void A_module_that_is_done_within_two_minutes_of_day_21_asks_for_no_replacement() =>
        _cycle.Leads(Cast.F1, Cast.F2).Trains(Cast.F1).RunsUntil("2027-03-22T17:01").Trains(Cast.F2).RunsUntil("2027-03-23T12:00")
            .MessagesOf(Stage, Cast.Coordinator).ShouldBeEmpty();

    [Fact]
    public void A_module_that_is_done_later_was_asked_to_be_replaced_and_still_counts()
    {
        _cycle.Leads(Cast.F1, Cast.F2).Trains(Cast.F1).RunsUntil("2027-03-22T17:02").Trains(Cast.F2).RunsUntil("2027-03-23T12:00");
        _cycle.MessagesOf(Stage, Cast.Coordinator).ShouldBe(["replace coordinator 2027-03-22T17:02"]);
        _cycle.Cycle.OutcomeOf<FacilitatorsTrained>(Stage).ShouldNotBeNull();
    }

    [Fact]
    public void A_substitute_has_a_ladder_of_their_own()
    {
        _cycle.Declines(Cast.F2).RunsUntil("2027-03-20T15:00").Names(Cast.F3).RunsUntil("2027-04-30T12:00");
        _cycle.MessagesOf(Stage, Cast.F3).ShouldBe(
            ["ask f3 2027-03-20T15:00", "ask f3 2027-03-27T09:00", "ask f3 2027-04-03T09:00", "ask f3 2027-04-07T09:00"]);
    }

    [Fact]
    public void A_substitute_who_declines_in_turn_is_told_to_the_coordinator_anew()
    {
        _cycle.Declines(Cast.F1, Cast.F2).RunsUntil("2027-03-01T11:00").Names(Cast.F3).RunsUntil("2027-03-16T12:00");
        _cycle.Declines(Cast.F3).RunsUntil("2027-03-16T13:00");
        _cycle.MessagesOf(Stage, Cast.Coordinator)[^1].ShouldBe("replace coordinator 2027-03-16T12:00");
    }

    [Fact]
    public void When_everyone_declines_the_coordinator_is_asked_once_for_each()
    {
        _cycle.Declines(Cast.F1).RunsUntil("2027-03-01T11:00").Declines(Cast.F2).RunsUntil("2027-03-01T12:00");
        _cycle.MessagesOf(Stage, Cast.Coordinator).ShouldBe(["replace coordinator 2027-03-01T10:00", "replace coordinator 2027-03-01T11:00"]);
        _cycle.Turn.WaitingFor.ShouldBe([Cast.Coordinator]);
    }

    [Fact]
    public void A_coordinator_who_named_one_of_two_is_asked_for_the_second()
    {
        _cycle.Declines(Cast.F1, Cast.F2).RunsUntil("2027-03-20T11:00").Names(Cast.F3).RunsUntil("2027-03-20T12:00");
        _cycle.MessagesOf(Stage, Cast.Coordinator)[^1].ShouldBe("replace coordinator 2027-03-20T11:00");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Too_few_facilitators_from_the_start_ask_the_coordinator_for_more(int facilitators)
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", facilitators: facilitators).ChoosesTheCaseStudy();
        cycle.MessagesOf(Stage, Cast.Coordinator).ShouldBe(["replace coordinator 2027-03-01T10:00"]);
    }

    [Fact]
    public void A_late_turn_sends_only_the_newest_missed_rung()
    {
        _cycle.At("2027-03-16T12:00").TakesATurn();
        _cycle.Occasions(Stage, "ask", Cast.F1).ShouldBe(["r1-ask", "r1-reminder-2"]);
    }

    [Fact]
    public void Asks_go_out_at_nine_across_a_clock_change()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", PlanDriver.Denver).ChoosesTheCaseStudy().RunsUntil("2027-03-17T12:00");
        cycle.MessagesOf(Stage, Cast.F2).ShouldBe(["ask f2 2027-03-01T10:00", "ask f2 2027-03-08T09:00", "ask f2 2027-03-15T09:00"]);
    }

    [Fact]
    public void Who_has_not_disclosed_their_interests_is_not_trained()
    {
        _cycle.Leads(Cast.F1, Cast.F2).Trains(Cast.F1).DoesTheModule(Cast.F2).TakesATurn();
        _cycle.Cycle.OutcomeOf<FacilitatorsTrained>(Stage).ShouldBeNull();
        _cycle.Discloses(Cast.F2).TakesATurn().Cycle.OutcomeOf<FacilitatorsTrained>(Stage).ShouldNotBeNull();
    }

    /// <summary>A cycle that started before disclosures were asked for has a policy that does not say so.</summary>
    [Fact]
    public void A_policy_that_asks_for_no_disclosure_needs_none()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", change: policy => policy with { FacilitatorTraining = policy.FacilitatorTraining with { NeedsDisclosure = false } });
        cycle.TakesATurn().Decides(1).TakesATurn().Leads(Cast.F1, Cast.F2).DoesTheModule(Cast.F1, Cast.F2).TakesATurn();
        cycle.Cycle.OutcomeOf<FacilitatorsTrained>(Stage).ShouldNotBeNull();
    }

    [Fact]
    public void Where_a_facilitator_declines_the_next_reserve_is_asked_and_the_coordinator_only_after_the_last()
    {
        _cycle.Tells(new Reserve(1, Cast.Facilitator(4), _cycle.Now), new Reserve(2, Cast.F3, _cycle.Now));
        _cycle.Declines(Cast.F1).TakesATurn().MessagesOf(Stage, Cast.Facilitator(4)).Count.ShouldBe(1);
        (_cycle.MessagesOf(Stage, Cast.F3).Count, _cycle.MessagesOf(Stage, Cast.Coordinator).Count).ShouldBe((0, 0));

        _cycle.Declines(Cast.Facilitator(4)).TakesATurn().MessagesOf(Stage, Cast.F3).Count.ShouldBe(1);
        _cycle.Declines(Cast.F3).TakesATurn().MessagesOf(Stage, Cast.Coordinator).Count.ShouldBe(1);
    }

    [Fact]
    public void A_reserve_who_comes_in_has_a_ladder_of_their_own()
    {
        _cycle.Tells(new Reserve(1, Cast.F3, _cycle.Now)).Leads(Cast.F1).RunsUntil("2027-05-01T12:00");
        _cycle.Occasions(Stage, "ask", Cast.F3).ShouldBe(["r1-ask", "r1-reminder-1", "r1-reminder-2", "r1-reminder-3"]);
    }
}
