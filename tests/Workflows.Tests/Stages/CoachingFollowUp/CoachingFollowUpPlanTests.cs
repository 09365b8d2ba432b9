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
    public void It_stays_open_while_a_task_is_until_day_104()
    {
        _cycle.RunsUntil("2027-08-30T17:01").Cycle.OutcomeOf<CoachingClosed>(Stage).ShouldBeNull();
        _cycle.Turn.WaitingFor.ShouldBe([Cast.Coach]);
        _cycle.RunsUntil("2027-08-30T17:02").Cycle.OutcomeOf<CoachingClosed>(Stage).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(CoachTaskState.Done)]
    [InlineData(CoachTaskState.NotNow)]
    [InlineData(CoachTaskState.NotReached)]
    public void It_closes_when_the_last_task_is_closed_however(CoachTaskState state)
    {
        _cycle.RunsUntil("2027-07-01T12:00").HasEnded.ShouldBeFalse();
        _cycle.TellsOfTheTask(state).TakesATurn().HasEnded.ShouldBeTrue();
    }

    [Theory]
    [InlineData(CoachTaskState.Contacted)]
    [InlineData(CoachTaskState.Planned)]
    public void A_task_that_stands_still_is_asked_about_after_ten_working_days_and_ten_later_the_coordinator_hears(CoachTaskState state)
    {
        _cycle.RunsUntil("2027-05-20T12:00").TellsOfTheTask(state).RunsUntil("2027-08-01T12:00");
        _cycle.MessagesOf(Stage, Cast.Coach).ShouldBe(["task coach 2027-05-18T22:30", "task coach 2027-06-04T09:00"]);
        _cycle.MessagesOf(Stage, Cast.Coordinator)[0].ShouldBe("overdue coordinator 2027-06-18T09:00");
    }

    [Fact]
    public void A_task_that_is_put_off_is_not_mentioned_before_its_day_and_then_once()
    {
        _cycle.RunsUntil("2027-05-20T12:00").Snoozes("2027-06-15").RunsUntil("2027-06-18T08:00");
        _cycle.MessagesOf(Stage).ShouldBe(["task coach 2027-05-18T22:30", "task coach 2027-06-15T09:00"]);
        _cycle.RunsUntil("2027-06-18T09:00").MessagesOf(Stage, Cast.Coordinator).ShouldBe(["overdue coordinator 2027-06-18T09:00"]);
    }

    [Fact]
    public void A_try_without_an_answer_starts_a_new_wait()
    {
        _cycle.FinishesTheTask().AsksForACoach(Cast.P1).RunsUntil("2027-05-25T12:00").TriesToReach("p1").RunsUntil("2027-06-01T08:00");
        _cycle.Occasions(Stage, "task", Cast.Coach).ShouldBe(["r1-community-ask", "r1-p1-ask"]);
        _cycle.RunsUntil("2027-06-01T09:00").Occasions(Stage, "task", Cast.Coach)[^1].ShouldBe("r1-p1-1-due");
    }

    [Fact]
    public void A_task_that_is_taken_up_again_is_reminded_of_again()
    {
        _cycle.RunsUntil("2027-05-27T12:00").FinishesTheTask().TellsOfTheTask(CoachTaskState.ToDo).RunsUntil("2027-06-03T09:00");
        _cycle.Occasions(Stage, "task", Cast.Coach).ShouldBe(["r1-community-ask", "r1-community-due", "r1-community-2-due"]);
    }

    [Fact]
    public void What_was_told_before_there_was_more_to_tell_than_done_stands()
    {
        _cycle.Tells(new CoachTaskDone(1, Cast.Coach, CoachTask.Community, Cast.Coach, _cycle.Now)).Cycle.CoachTasks().Single().State.ShouldBe(CoachTaskState.Done);
        _cycle.TellsOfTheTask(CoachTaskState.ToDo).Cycle.CoachTasks().Single().IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void Who_asked_for_it_gets_their_commitment_on_day_90_and_one_mail_only()
    {
        _cycle.FinishesTheTask().Commits(Cast.P1).Commits(Cast.P2).RunsUntil("2027-06-10T12:00").Commits(Cast.P2, wanted: false).RunsUntil("2027-09-30T12:00");
        _cycle.Cycle.All<Issued>().Where(issued => issued.Key.Kind == "commitment").Select(issued => issued.Key.Person).ShouldBe([Cast.P1]);
        _cycle.MessagesOf(Stage, Cast.P1).ShouldBe(["commitment p1 2027-08-16T09:00"]);
        _cycle.Cycle.OutcomeOf<CoachingClosed>(Stage)!.At.ShouldBe(NodaTime.Instant.FromUtc(2027, 8, 31, 0, 2));
    }

    [Fact]
    public void It_closes_when_the_last_has_answered_for_their_commitment()
    {
        _cycle.FinishesTheTask().Commits(Cast.P1).Commits(Cast.P2).RunsUntil("2027-08-17T12:00").AnswersForTheCommitment(Cast.P1).TakesATurn().HasEnded.ShouldBeFalse();
        _cycle.Turn.WaitingFor.ShouldBe([Cast.P2]);
        _cycle.AnswersForTheCommitment(Cast.P2, Kept.NotYet).TakesATurn().HasEnded.ShouldBeTrue();
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
