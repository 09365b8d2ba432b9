using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Stages.WrapUp;

public sealed class WrapUpPlanTests
{
    private static readonly StageId Stage = StageIds.WrapUp;
    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00", facilitators: 3)
        .HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30", Cast.P1);

    [Fact]
    public void The_cycle_ends_when_survey_and_coaching_have_closed()
    {
        _cycle.FinishesTheTask().TakesATurn().HasEnded.ShouldBeFalse();
        _cycle.AnswersTheSurvey(Cast.P1).TakesATurn().HasEnded.ShouldBeTrue();
    }

    [Fact]
    public void The_coach_may_be_the_last_and_the_results_do_not_wait()
    {
        _cycle.AnswersTheSurvey(Cast.P1).TakesATurn().HasEnded.ShouldBeFalse();
        _cycle.MessagesOf(Stage, Cast.Lead).ShouldBe(["results lead 2027-05-18T22:30"]);
        _cycle.MailsGoOut().At("2027-05-25T12:00").FinishesTheTask().TakesATurn().HasEnded.ShouldBeTrue();
        _cycle.MessagesOf(Stage, Cast.Lead).ShouldBe(["results lead 2027-05-18T22:30", "coaching lead 2027-05-25T12:00"]);
    }

    [Fact]
    public void Results_that_are_still_in_the_post_when_the_coaching_closes_hold_it_and_nothing_follows()
    {
        _cycle.AnswersTheSurvey(Cast.P1).TakesATurn().At("2027-05-18T23:30").FinishesTheTask().TakesATurn().MailsGoOut().TakesATurn();
        _cycle.HasEnded.ShouldBeTrue();
        _cycle.MessagesOf(Stage, Cast.Lead).ShouldBe(["results lead 2027-05-18T22:30"]);
    }

    [Fact]
    public void The_results_wait_for_nobody_who_wants_the_mail_of_day_90()
    {
        _cycle.FinishesTheTask().Commits(Cast.P1).AnswersTheSurvey(Cast.P1).TakesATurn();
        _cycle.MessagesOf(Stage, Cast.Coordinator).ShouldBe(["results coordinator 2027-05-18T22:30"]);
        _cycle.RunsUntil("2027-08-17T12:00").HasEnded.ShouldBeFalse();
        _cycle.MessagesOf(StageIds.CoachingFollowUp, Cast.P1).ShouldBe(["commitment p1 2027-08-16T09:00"]);
        _cycle.RunsUntil("2027-08-31T12:00").HasEnded.ShouldBeTrue();
        _cycle.MessagesOf(Stage, Cast.Coordinator).ShouldBe(["results coordinator 2027-05-18T22:30", "coaching coordinator 2027-08-30T17:02"]);
    }

    [Fact]
    public void The_results_go_to_those_who_made_the_cycle_and_to_nobody_else() =>
        _cycle.FinishesTheTask().AnswersTheSurvey(Cast.P1).TakesATurn().MessagesOf(Stage).ShouldBe(
        [
            "results coach 2027-05-18T22:30",
            "results coordinator 2027-05-18T22:30",
            "results f1 2027-05-18T22:30",
            "results f2 2027-05-18T22:30",
            "results lead 2027-05-18T22:30",
        ]);

    [Fact]
    public void The_Division_s_staff_read_them_beside_its_lead() => _cycle.Tells(new Member(Role.DivisionStaff, PersonId.From("staff"), _cycle.Now))
        .FinishesTheTask().AnswersTheSurvey(Cast.P1).TakesATurn().MessagesOf(Stage).ShouldContain("results staff 2027-05-18T22:30");

    [Fact]
    public void A_turn_after_the_end_does_nothing() =>
        _cycle.FinishesTheTask().AnswersTheSurvey(Cast.P1).TakesATurn().At("2027-07-01T12:00").Planned().Changes.ShouldBeEmpty();

    [Fact]
    public void A_community_where_nobody_came_ends_when_the_coach_is_done()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30");
        cycle.HasEnded.ShouldBeFalse();
        cycle.FinishesTheTask().TakesATurn().HasEnded.ShouldBeTrue();
    }
}
