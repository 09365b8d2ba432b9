using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;
using NodaTime.Text;

namespace Cohesion.Workflows.Tests.Stages.Scheduling;

public sealed class SchedulingPlanTests
{
    private static readonly StageId Stage = StageIds.Scheduling;

    private const string May11 = "2027-05-11T18:00";
    private const string May13 = "2027-05-13T18:00";
    private const string May18 = "2027-05-18T18:00";

    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensScheduling();

    [Fact]
    public void It_opens_when_enough_have_accepted_trained_or_not()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").ChoosesTheCaseStudy().Leads(Cast.F1).TakesATurn();
        cycle.Cycle.RoundOf(Stage).ShouldBeNull();
        cycle.Leads(Cast.F2).TakesATurn().Cycle.RoundOf(Stage).ShouldNotBeNull();
    }

    [Fact]
    public void The_coordinator_is_asked_for_slots_then_reminded_twice() =>
        _cycle.RunsUntil("2027-04-01T12:00").MessagesOf(Stage).ShouldBe(
            ["propose coordinator 2027-03-01T10:00", "propose coordinator 2027-03-04T09:00", "propose coordinator 2027-03-08T09:00"]);

    [Fact]
    public void A_silent_chooser_is_reminded_on_day_3_and_6_after_the_proposal() =>
        _cycle.At("2027-03-02T14:00").Proposes(May11, May13).RunsUntil("2027-03-20T12:00").MessagesOf(Stage, Cast.Coach).ShouldBe(
            ["ask coach 2027-03-02T14:00", "ask coach 2027-03-05T09:00", "ask coach 2027-03-08T09:00"]);

    [Fact]
    public void When_all_have_marked_the_slot_with_most_marks_is_the_date()
    {
        _cycle.Proposes(May11, May13, May18).Marks(Cast.F1, May11, May18).Marks(Cast.F2, May18).Marks(Cast.Lead, May13).Marks(Cast.Coach).TakesATurn();
        Date(_cycle).ShouldBe(May18);
    }

    [Fact]
    public void A_slot_with_enough_facilitators_beats_one_at_which_more_people_can_come()
    {
        _cycle.Proposes(May11, May13).Marks(Cast.F1, May11, May13).Marks(Cast.F2, May13).Marks(Cast.Lead, May11).Marks(Cast.Coach, May11).TakesATurn();
        Date(_cycle).ShouldBe(May13);
    }

    [Fact]
    public void A_slot_at_which_nobody_can_lead_is_no_date_however_many_others_can_come()
    {
        _cycle.Proposes(May11).Marks(Cast.F1).Marks(Cast.F2).Marks(Cast.Lead, May11).Marks(Cast.Coach, May11).TakesATurn();
        _cycle.Occasions(Stage, "propose", Cast.Coordinator).ShouldBe(["r1-ask", "r2-ask"]);
    }

    [Fact]
    public void Of_equal_slots_the_leads_is_the_date_and_the_coachs_gives_way()
    {
        _cycle.Proposes(May11, May13).Marks(Cast.F1, May11, May13).Marks(Cast.F2, May11, May13).Marks(Cast.Lead, May13).Marks(Cast.Coach, May11).TakesATurn();
        Date(_cycle).ShouldBe(May13);
    }

    [Fact]
    public void Of_equal_slots_without_the_lead_the_coachs_is_the_date()
    {
        _cycle.Names(Cast.F3).Leads(Cast.F3).Proposes(May11, May13).Marks(Cast.F1, May11, May13).Marks(Cast.F2, May11, May13);
        _cycle.Marks(Cast.F3, May11).Marks(Cast.Lead).Marks(Cast.Coach, May13).TakesATurn();
        Date(_cycle).ShouldBe(May13);
    }

    [Fact]
    public void Of_equal_slots_the_earliest_is_the_date()
    {
        _cycle.Proposes(May18, May13, May11).Marks(Cast.F1, May18, May13).Marks(Cast.F2, May18, May13).RunsUntil("2027-03-08T17:02");
        Date(_cycle).ShouldBe(May13);
    }

    [Fact]
    public void A_mark_before_the_close_counts()
    {
        _cycle.Proposes(May11, May13).Marks(Cast.F1, May11, May13).Marks(Cast.F2, May11).RunsUntil("2027-03-08T17:01");
        _cycle.Marks(Cast.F2, May13).RunsUntil("2027-03-08T17:02");
        Date(_cycle).ShouldBe(May13);
    }

    [Fact]
    public void A_mark_after_the_close_changes_nothing()
    {
        _cycle.Proposes(May11, May13).Marks(Cast.F1, May11, May13).Marks(Cast.F2, May11).RunsUntil("2027-03-08T17:02");
        _cycle.Marks(Cast.F2, May13).RunsUntil("2027-03-09T12:00");
        Date(_cycle).ShouldBe(May11);
    }

    [Fact]
    public void All_who_chose_are_told_the_date()
    {
        _cycle.FixesTheDate(May11);
        foreach (var chooser in new[] { Cast.F1, Cast.F2, Cast.Lead, Cast.Coach })
        {
            _cycle.MessagesOf(Stage, chooser).ShouldContain($"fixed {chooser} 2027-03-01T10:00");
        }
    }

    [Fact]
    public void Where_nobody_can_come_the_coordinator_is_asked_for_new_slots_at_once()
    {
        _cycle.Proposes(May11).Marks(Cast.F1).Marks(Cast.F2).Marks(Cast.Lead).Marks(Cast.Coach).TakesATurn();
        _cycle.Occasions(Stage, "propose", Cast.Coordinator).ShouldBe(["r1-ask", "r2-ask"]);
    }

    [Fact]
    public void Where_nobody_marks_the_coordinator_is_asked_for_new_slots_at_the_close() =>
        _cycle.Proposes(May11).RunsUntil("2027-03-08T17:02").MessagesOf(Stage, Cast.Coordinator)
            .ShouldBe(["propose coordinator 2027-03-01T10:00", "propose coordinator 2027-03-08T17:02"]);

    [Fact]
    public void A_mark_of_who_is_booked_elsewhere_at_that_time_does_not_count()
    {
        _cycle.Proposes(May11, May13).Marks(Cast.F1, May11, May13).Marks(Cast.F2, May11, May13);
        _cycle.Books(Cast.F1, "2027-05-11T19:30").RunsUntil("2027-03-08T17:02");
        Date(_cycle).ShouldBe(May13);
    }

    [Fact]
    public void A_mark_of_who_does_not_lead_any_more_does_not_count()
    {
        _cycle.Names(Cast.F3).Leads(Cast.F3).Proposes(May11, May13).Marks(Cast.F1, May11).Marks(Cast.F2, May11, May13).Marks(Cast.F3, May13);
        _cycle.Declines(Cast.F1).RunsUntil("2027-03-08T17:02");
        Date(_cycle).ShouldBe(May13);
    }

    [Fact]
    public void Who_comes_to_lead_after_the_proposal_has_a_ladder_of_their_own()
    {
        _cycle.Names(Cast.F3).Proposes(May11).RunsUntil("2027-03-07T15:00").Leads(Cast.F3).RunsUntil("2027-03-07T16:00");
        _cycle.Occasions(Stage, "ask", Cast.F3).ShouldBe(["r1-ask"]);
    }

    [Fact]
    public void Who_comes_to_lead_on_the_last_day_moves_the_deadline_by_a_day()
    {
        _cycle.Names(Cast.F3).Proposes(May11).RunsUntil("2027-03-08T15:00").Leads(Cast.F3).RunsUntil("2027-03-08T17:02");
        _cycle.Deadline(Stage).ShouldBe(("2027-03-09T17:00", 1));
    }

    [Fact]
    public void An_ask_of_an_earlier_round_gives_nobody_a_day_to_answer_this_one()
    {
        _cycle.Proposes(May11).RunsUntil("2027-03-08T17:02").Proposes(May18).At("2027-03-20T12:00").TakesATurn();
        _cycle.Deadline(Stage).ShouldBe(("2027-03-21T17:00", 1));
    }

    [Fact]
    public void A_slot_that_a_late_turn_would_fix_too_near_is_no_date()
    {
        _cycle.Proposes("2027-05-01T18:00").Marks(Cast.F1, "2027-05-01T18:00").Marks(Cast.F2, "2027-05-01T18:00").RunsUntil("2027-03-08T15:00").At("2027-04-28T12:00").TakesATurn();
        _cycle.Cycle.OutcomeOf<SessionDated>(Stage).ShouldBeNull();
        _cycle.Occasions(Stage, "propose", Cast.Coordinator).ShouldBe(["r1-ask", "r2-ask"]);
    }

    [Fact]
    public void A_deadline_that_moved_costs_no_slot()
    {
        _cycle.ProviderIsUp = false;
        _cycle.Proposes("2027-04-19T18:00").Marks(Cast.F1, "2027-04-19T18:00").Marks(Cast.F2, "2027-04-19T18:00").RunsUntil("2027-03-20T12:00");
        _cycle.Deadline(Stage).ShouldBe(("2027-03-11T17:00", 3));
        Date(_cycle).ShouldBe("2027-04-19T18:00");
    }

    [Fact]
    public void A_date_that_comes_before_enough_have_trained_is_no_date()
    {
        _cycle.FixesTheDate(May11).RunsUntil("2027-05-11T17:59");
        Date(_cycle).ShouldBe(May11);
        _cycle.RunsUntil(May11).MessagesOf(Stage, Cast.Coordinator)[^1].ShouldBe($"propose coordinator {May11}");
        _cycle.Trains(Cast.F1, Cast.F2).TakesATurn().Cycle.RoundOf(StageIds.Attendance).ShouldBeNull();
    }

    [Fact]
    public void Dates_that_are_added_are_asked_of_everybody_and_give_them_a_week_of_their_own()
    {
        _cycle.Proposes(May11).Marks(Cast.F1, May11).RunsUntil("2027-03-04T12:00").Proposes(May11, May18).RunsUntil("2027-03-04T13:00");
        _cycle.Occasions(Stage, "ask", Cast.F1).ShouldBe(["r1-p2-ask"]);
        _cycle.Occasions(Stage, "ask", Cast.Coach).ShouldBe(["r1-ask", "r1-reminder-1", "r1-p2-ask"]);
        _cycle.Deadline(Stage).ShouldBe(("2027-03-11T17:00", 0));
    }

    [Fact]
    public void What_was_said_of_a_date_that_stays_counts_without_being_said_again()
    {
        _cycle.Proposes(May11, May13).Marks(Cast.F1, May13).Marks(Cast.F2, May13).TakesATurn().Proposes(May13, May18).RunsUntil("2027-03-08T17:02");
        Date(_cycle).ShouldBe(May13);
    }

    [Fact]
    public void A_date_that_was_taken_off_is_fixed_no_more_whoever_marked_it()
    {
        _cycle.Proposes(May11, May13).Marks(Cast.F1, May11, May13).Marks(Cast.F2, May11, May13).TakesATurn().Proposes(May13);
        _cycle.Marks(Cast.Lead).Marks(Cast.Coach).TakesATurn();
        Date(_cycle).ShouldBe(May13);
    }

    [Fact]
    public void Dates_that_are_only_taken_off_ask_nobody_again_and_move_no_deadline()
    {
        _cycle.Proposes(May11, May13).Marks(Cast.F1, May11).RunsUntil("2027-03-04T12:00").Proposes(May13).RunsUntil("2027-03-04T13:00");
        _cycle.Occasions(Stage, "ask", Cast.F1).ShouldBeEmpty();
        _cycle.Deadline(Stage).ShouldBe(("2027-03-08T17:00", 0));
    }

    [Fact]
    public void When_all_have_answered_for_the_other_dates_the_best_is_fixed_at_once()
    {
        _cycle.Proposes(May11).Marks(Cast.F1).TakesATurn().Proposes(May18);
        foreach (var chooser in new[] { Cast.F2, Cast.Lead, Cast.Coach, Cast.F1 })
        {
            Date(_cycle).ShouldBeNull();
            _cycle.Marks(chooser, May18).TakesATurn();
        }

        Date(_cycle).ShouldBe(May18);
    }

    private static string? Date(PlanDriver cycle) => cycle.Cycle.OutcomeOf<SessionDated>(Stage) is { } dated
        ? LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Format(dated.Starts)
        : null;
}
