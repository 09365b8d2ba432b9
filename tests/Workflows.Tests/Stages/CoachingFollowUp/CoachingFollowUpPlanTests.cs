using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Stages.CoachingFollowUp;

public sealed class CoachingFollowUpPlanTests
{
    private static readonly StageId Stage = StageIds.CoachingFollowUp;

    // The list is confirmed on a Tuesday; the Monday after it is Victoria Day.
    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00")
        .HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30", Cast.P1, Cast.P2);

    [Fact]
    public void The_coach_gets_one_task_for_the_community_and_is_reminded_when_it_is_due() =>
        _cycle.RunsUntil("2027-08-01T12:00").MessagesOf(Stage, Cast.Coach)
            .ShouldBe(["task coach 2027-05-18T22:30", "task coach 2027-05-26T09:00"]);

    [Fact]
    public void Three_working_days_after_it_was_due_the_coordinator_hears_of_it() =>
        _cycle.RunsUntil("2027-08-01T12:00").MessagesOf(Stage, Cast.Coordinator).ShouldBe(
            ["overdue coordinator 2027-05-31T09:00", "overdue coordinator 2027-06-03T09:00", "overdue coordinator 2027-06-07T09:00"]);

    [Theory]
    [InlineData("2027-05-20T12:00", "2027-05-28T09:00")]
    [InlineData("2027-05-21T12:00", "2027-05-31T09:00")]
    [InlineData("2027-05-23T12:00", "2027-05-31T09:00")]
    [InlineData("2027-05-24T12:00", "2027-05-31T09:00")]
    [InlineData("2027-05-25T12:00", "2027-06-01T09:00")]
    public void A_request_is_a_task_of_its_own_due_in_five_working_days(string asked, string due)
    {
        _cycle.FinishesTheTask().RunsUntil(asked).AsksForACoach(Cast.P1).RunsUntil("2027-08-01T12:00");
        _cycle.MessagesOf(Stage, Cast.Coach)
            .ShouldBe(["task coach 2027-05-18T22:30", $"task coach {asked}", $"task coach {due}"]);
    }

    [Fact]
    public void A_task_that_is_done_is_not_mentioned_again()
    {
        _cycle.RunsUntil("2027-05-20T12:00").AsksForACoach(Cast.P1).RunsUntil("2027-05-21T12:00").FinishesTheTask("p1").RunsUntil("2027-08-01T12:00");
        _cycle.Occasions(Stage, "task", Cast.Coach).ShouldBe(["r1-community-ask", "r1-p1-ask", "r1-community-due"]);
    }

    [Fact]
    public void It_stays_open_while_people_can_still_ask()
    {
        _cycle.FinishesTheTask().RunsUntil("2027-05-25T12:00").Cycle.OutcomeOf<CoachingClosed>(Stage).ShouldBeNull();
        _cycle.RunsUntil("2027-06-01T17:02").Cycle.OutcomeOf<CoachingClosed>(Stage).ShouldNotBeNull();
    }

    [Fact]
    public void It_stays_open_while_a_task_is()
    {
        _cycle.RunsUntil("2027-09-01T12:00").Cycle.OutcomeOf<CoachingClosed>(Stage).ShouldBeNull();
        _cycle.Turn.WaitingFor.ShouldBe([Cast.Coach]);
        _cycle.FinishesTheTask().TakesATurn().Cycle.OutcomeOf<CoachingClosed>(Stage).ShouldNotBeNull();
    }

    [Fact]
    public void A_request_in_the_last_minute_keeps_it_open()
    {
        _cycle.FinishesTheTask().RunsUntil("2027-06-01T17:01").AsksForACoach(Cast.P2).RunsUntil("2027-06-01T17:02");
        _cycle.HasEnded.ShouldBeFalse();
        _cycle.FinishesTheTask("p2").TakesATurn().HasEnded.ShouldBeTrue();
    }

    [Fact]
    public void A_late_turn_sends_only_the_newest_missed_rung()
    {
        _cycle.AsksForACoach(Cast.P1).At("2027-06-10T12:00").TakesATurn();
        _cycle.Occasions(Stage, "task", Cast.Coach).ShouldBe(["r1-community-ask", "r1-community-due", "r1-p1-due"], ignoreOrder: true);
        _cycle.Occasions(Stage, "overdue", Cast.Coordinator).ShouldBe(["r1-community-reminder-2", "r1-p1-reminder-2"], ignoreOrder: true);
    }
}
