using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Stages.CaseStudySelection;

public sealed class CaseStudySelectionPlanTests
{
    private static readonly StageId Stage = StageIds.CaseStudySelection;
    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00");

    [Fact]
    public void The_lead_and_the_facilitators_are_asked_at_once() =>
        _cycle.TakesATurn().Messages.ShouldBe(["ask f1 2027-03-01T10:00", "ask f2 2027-03-01T10:00", "ask lead 2027-03-01T10:00"]);

    [Fact]
    public void A_silent_voter_is_reminded_on_day_4_and_8_then_left_alone() =>
        _cycle.RunsUntil("2027-05-01T12:00").MessagesOf(Stage, Cast.F1).ShouldBe(
            ["ask f1 2027-03-01T10:00", "ask f1 2027-03-05T09:00", "ask f1 2027-03-09T09:00"]);

    [Theory]
    [InlineData("2027-03-01T03:00", PlanDriver.Vancouver)]
    [InlineData("2027-03-01T03:00", PlanDriver.Edmonton)]
    [InlineData("2027-03-14T03:00", PlanDriver.Denver)]
    [InlineData("2027-11-07T01:30", PlanDriver.Denver)]
    public void A_kick_off_in_the_night_asks_at_nine(string kickOff, string zone)
    {
        var cycle = PlanDriver.KickedOff(kickOff, zone).RunsUntil(kickOff[..10] + "T12:00");
        cycle.MessagesOf(Stage, Cast.Lead).ShouldBe([$"ask lead {kickOff[..10]}T09:00"]);
    }

    [Theory]
    [InlineData("2027-03-12T20:00", "2027-03-16T09:00", "2027-03-20T09:00", "2027-03-22T17:00")]
    [InlineData("2027-11-05T20:00", "2027-11-09T09:00", "2027-11-13T09:00", "2027-11-15T17:00")]
    public void Asks_go_out_at_nine_and_deadlines_fall_at_five_across_a_clock_change(string kickOff, string day4, string day8, string deadline)
    {
        var cycle = PlanDriver.KickedOff(kickOff, PlanDriver.Denver).RunsUntil(deadline);
        cycle.MessagesOf(Stage, Cast.F1).ShouldBe([$"ask f1 {kickOff}", $"ask f1 {day4}", $"ask f1 {day8}"]);
        cycle.Deadline(Stage).ShouldBe((deadline, 0));
    }

    [Fact]
    public void When_all_have_voted_the_most_votes_win_at_once()
    {
        _cycle.TakesATurn().Votes(Cast.Lead, 1).Votes(Cast.F1, 3).Votes(Cast.F2, 3).At("2027-03-02T11:00").TakesATurn();
        Chosen(_cycle).ShouldBe(3);
    }

    /// <summary>4, 6, 3 and 5 points: nobody puts it first, and all can live with it.</summary>
    [Fact]
    public void The_choice_that_comes_high_on_every_list_beats_the_first_choices()
    {
        _cycle.TakesATurn().Votes(Cast.F1, 1, 2, 4).Votes(Cast.F2, 3, 2, 4).Votes(Cast.Lead, 4, 2, 1).TakesATurn();
        Chosen(_cycle).ShouldBe(2);
    }

    [Fact]
    public void Of_equal_case_studies_that_which_the_lead_ranks_higher_wins()
    {
        _cycle.TakesATurn().Votes(Cast.F1, 1, 2).Votes(Cast.F2, 3, 4).Votes(Cast.Lead, 2, 1).TakesATurn();
        Chosen(_cycle).ShouldBe(2);
    }

    [Fact]
    public void Of_equal_case_studies_the_leads_wins()
    {
        _cycle.TakesATurn().Votes(Cast.F1, 1).Votes(Cast.Lead, 4).TakesATurn().MailsGoOut().RunsUntil("2027-03-11T17:02");
        Chosen(_cycle).ShouldBe(4);
    }

    [Fact]
    public void Of_equal_case_studies_without_the_lead_the_first_on_the_list_wins()
    {
        _cycle.TakesATurn().Votes(Cast.F1, 3).Votes(Cast.F2, 2).RunsUntil("2027-03-11T17:02");
        Chosen(_cycle).ShouldBe(2);
    }

    [Fact]
    public void A_vote_before_the_close_counts()
    {
        _cycle.TakesATurn().Votes(Cast.F1, 1).RunsUntil("2027-03-11T17:01").Votes(Cast.F2, 2).Votes(Cast.Lead, 2).RunsUntil("2027-03-11T17:02");
        Chosen(_cycle).ShouldBe(2);
    }

    [Fact]
    public void A_vote_after_the_close_changes_nothing()
    {
        _cycle.TakesATurn().Votes(Cast.F1, 1).RunsUntil("2027-03-11T17:02").Votes(Cast.F2, 2).Votes(Cast.Lead, 2).RunsUntil("2027-03-12T09:00");
        Chosen(_cycle).ShouldBe(1);
    }

    [Fact]
    public void A_vote_may_be_changed_until_the_close()
    {
        _cycle.TakesATurn().Votes(Cast.F1, 1).RunsUntil("2027-03-08T12:00").Votes(Cast.F1, 4).RunsUntil("2027-03-11T17:02");
        Chosen(_cycle).ShouldBe(4);
    }

    [Fact]
    public void Where_nobody_votes_the_coordinator_is_asked_then_reminded_twice_and_decides()
    {
        _cycle.RunsUntil("2027-04-01T12:00").MessagesOf(Stage, Cast.Coordinator).ShouldBe(
            ["decide coordinator 2027-03-11T17:02", "decide coordinator 2027-03-14T09:00", "decide coordinator 2027-03-18T09:00"]);
        _cycle.Turn.WaitingFor.ShouldBe([Cast.Coordinator]);
        Chosen(_cycle.Decides(2).TakesATurn()).ShouldBe(2);
    }

    [Fact]
    public void Where_all_mail_comes_back_the_coordinator_is_asked_at_the_deadline() =>
        _cycle.Bounces(Cast.Lead, Cast.F1, Cast.F2).RunsUntil("2027-03-11T17:02")
            .MessagesOf(Stage, Cast.Coordinator).ShouldBe(["decide coordinator 2027-03-11T17:02"]);

    [Fact]
    public void A_deadline_moves_by_a_day_when_the_last_ask_had_not_reached_the_silent()
    {
        _cycle.RunsUntil("2027-03-08T12:00").ProviderIsUp = false;
        _cycle.RunsUntil("2027-03-11T17:02").Deadline(Stage).ShouldBe(("2027-03-12T17:00", 1));
        _cycle.MessagesOf(Stage, Cast.Coordinator).ShouldBe(["deadline-moved coordinator 2027-03-11T17:02"]);
    }

    [Fact]
    public void A_deadline_moves_by_a_day_over_a_clock_change_too()
    {
        var cycle = PlanDriver.KickedOff("2027-03-03T10:00", PlanDriver.Denver);
        cycle.ProviderIsUp = false;
        cycle.RunsUntil("2027-03-13T17:02").Deadline(Stage).ShouldBe(("2027-03-14T17:00", 1));
    }

    [Fact]
    public void A_deadline_that_nobody_was_reached_for_moves_three_times_and_no_more()
    {
        _cycle.ProviderIsUp = false;
        _cycle.RunsUntil("2027-03-20T12:00").Deadline(Stage).ShouldBe(("2027-03-14T17:00", 3));
        _cycle.MessagesOf(Stage, Cast.Coordinator).ShouldContain("decide coordinator 2027-03-14T17:02");
    }

    [Fact]
    public void A_late_turn_sends_only_the_newest_missed_rung_and_gives_a_day_to_answer_it()
    {
        _cycle.TakesATurn().MailsGoOut().At("2027-03-15T11:00").TakesATurn();
        _cycle.Occasions(Stage, "ask", Cast.F1).ShouldBe(["r1-ask", "r1-reminder-2"]);
        _cycle.Deadline(Stage).ShouldBe(("2027-03-16T17:00", 1));
    }

    [Fact]
    public void A_late_turn_in_the_evening_gives_a_whole_day() =>
        _cycle.TakesATurn().MailsGoOut().At("2027-03-15T20:00").TakesATurn()
            .Deadline(Stage).ShouldBe(("2027-03-17T17:00", 1));

    [Fact]
    public void Without_facilitators_the_lead_alone_chooses()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", facilitators: 0).TakesATurn().Votes(Cast.Lead, 2).TakesATurn();
        Chosen(cycle).ShouldBe(2);
    }

    [Fact]
    public void The_lead_is_told_what_was_chosen() =>
        _cycle.ChoosesTheCaseStudy().MessagesOf(Stage, Cast.Lead)
            .ShouldBe(["ask lead 2027-03-01T10:00", "chosen lead 2027-03-01T10:00"]);

    private static int Chosen(PlanDriver cycle)
    {
        var chosen = cycle.Cycle.OutcomeOf<CaseStudyChosen>(Stage).ShouldNotBeNull().CaseStudy;
        return cycle.Cycle.KickOff.CaseStudies.FindIndex(caseStudy => caseStudy.Id == chosen) + 1;
    }
}
