using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.WrapUp;
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

    [Fact]
    public void An_accreditation_that_is_settled_after_the_coaching_closed_sends_the_certificates_and_what_is_left_and_ends_the_cycle()
    {
        var cycle = WaitsForTheAccreditation();
        cycle.Cycle.OutcomeOf<CoachingClosed>(StageIds.CoachingFollowUp).ShouldNotBeNull();
        cycle.HasEnded.ShouldBeFalse();
        cycle.RunsUntil("2027-10-01T12:00").GivesTheSessionId("4711").RunsUntil("2027-10-02T12:00").HasEnded.ShouldBeFalse();
        cycle.Prepares(PartnerTask.Accreditation, Accreditor).RunsUntil("2027-12-01T12:00").HasEnded.ShouldBeTrue();
        cycle.Messages.Where(message => message.EndsWith("2027-10-02T12:00", StringComparison.Ordinal)).ShouldBe(
            ["certificate f1 2027-10-02T12:00", "certificate f2 2027-10-02T12:00", "certificate p1 2027-10-02T12:00", .. Afterwards("2027-10-02T12:00")]);
        cycle.Messages.ShouldNotContain(message => message.StartsWith("certificate-reissued", StringComparison.Ordinal));
        cycle.Cycle.All<Issued>().ShouldAllBe(issued => issued.Accepted != null || issued.Withdrawn != null);
        cycle.Planned().Changes.ShouldBeEmpty();
    }

    /// <summary>They would otherwise call themselves the last mail, and offer the coordinator a next session that cannot start yet.</summary>
    [Fact]
    public void Results_that_come_while_certificates_wait_do_not_hold_the_end()
    {
        var cycle = WaitsForTheAccreditation();
        WrapUpPlan.IsWhole(cycle.Cycle, Cast.Coordinator).ShouldBeFalse();
        cycle.MessagesOf(Stage, Cast.Coordinator).ShouldBe(["results coordinator 2027-05-18T22:30"]);
    }

    private static readonly PersonId Accreditor = PersonId.From("accreditor");

    private static readonly string[] Readers = ["accreditor", "coach", "coordinator", "f1", "f2", "lead"];

    private static IEnumerable<string> Afterwards(string at) => Readers.Select(reader => $"coaching {reader} {at}");

    /// <summary>The coach is done and the survey too; nobody has said a thing of the accreditation.</summary>
    private static PlanDriver WaitsForTheAccreditation() => PlanDriver.KickedOff("2027-03-01T10:00").IsAccredited()
        .AsksForPreparation(PartnerTask.Accreditation, Accreditor).RunsUntil("2027-03-08T12:00")
        .HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30", Cast.P1)
        .FinishesTheTask().AnswersTheSurvey(Cast.P1).TakesATurn().MailsGoOut();
}
