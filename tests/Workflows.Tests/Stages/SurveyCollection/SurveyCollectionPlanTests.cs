using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Stages.SurveyCollection;

public sealed class SurveyCollectionPlanTests
{
    private static readonly StageId Stage = StageIds.SurveyCollection;
    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00")
        .HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30", Cast.P1, Cast.P2);

    [Fact]
    public void A_silent_attendee_is_reminded_on_day_3_7_and_12_then_left_alone() =>
        _cycle.RunsUntil("2027-08-01T12:00").MessagesOf(Stage, Cast.P1).ShouldBe(
            ["ask p1 2027-05-18T22:30", "ask p1 2027-05-21T09:00", "ask p1 2027-05-25T09:00", "ask p1 2027-05-30T09:00"]);

    /// <summary>The invitation and its two reminders; the first ask, which is the certificate's mail; and one reminder more.</summary>
    [Fact]
    public void Reminders_end_when_the_mails_of_the_session_are_used_up()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", change: policy => policy with { Attendance = policy.Attendance with { MailsInAll = 5 } });
        cycle.IsAccredited().HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30", Cast.P1, Cast.P2).RunsUntil("2027-08-01T12:00");
        cycle.MessagesOf(StageIds.Attendance, Cast.P1).Count.ShouldBe(4);
        cycle.MessagesOf(Stage, Cast.P1).ShouldBe(["ask p1 2027-05-18T22:30", "ask p1 2027-05-21T09:00"]);
        IsClosed(cycle).ShouldBeTrue();
    }

    [Fact]
    public void The_first_ask_goes_out_whatever_came_before()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", change: policy => policy with { Attendance = policy.Attendance with { MailsInAll = 3 } });
        cycle.HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30", Cast.P1).RunsUntil("2027-08-01T12:00");
        cycle.MessagesOf(Stage, Cast.P1).ShouldBe(["ask p1 2027-05-18T22:30"]);
    }

    [Fact]
    public void Who_was_not_there_is_not_asked() =>
        _cycle.RunsUntil("2027-08-01T12:00").MessagesOf(Stage, Cast.P3).ShouldBeEmpty();

    [Fact]
    public void Who_has_answered_is_not_asked_again() =>
        _cycle.RunsUntil("2027-05-20T12:00").AnswersTheSurvey(Cast.P1).RunsUntil("2027-08-01T12:00")
            .MessagesOf(Stage, Cast.P1).ShouldBe(["ask p1 2027-05-18T22:30"]);

    [Fact]
    public void Who_wants_no_more_mail_on_it_is_not_asked_again_and_not_waited_for()
    {
        _cycle.RunsUntil("2027-05-20T12:00").DeclinesTheSurvey(Cast.P1).RunsUntil("2027-05-22T12:00")
            .MessagesOf(Stage, Cast.P1).ShouldBe(["ask p1 2027-05-18T22:30"]);
        IsClosed(_cycle.AnswersTheSurvey(Cast.P2).TakesATurn()).ShouldBeTrue();
    }

    [Fact]
    public void When_all_have_answered_it_closes_at_once() =>
        IsClosed(_cycle.RunsUntil("2027-05-20T12:00").AnswersTheSurvey(Cast.P1, Cast.P2).TakesATurn()).ShouldBeTrue();

    [Fact]
    public void It_closes_two_minutes_after_day_14()
    {
        IsClosed(_cycle.RunsUntil("2027-06-01T17:01")).ShouldBeFalse();
        IsClosed(_cycle.RunsUntil("2027-06-01T17:02")).ShouldBeTrue();
    }

    [Fact]
    public void The_row_closes_before_there_is_an_outcome()
    {
        var changes = _cycle.RunsUntil("2027-06-01T17:01").At("2027-06-01T17:02").Planned().Changes;
        changes.OfType<SurveyRound>().ShouldBe([new SurveyRound(1, Closed: true)]);
        changes.OfType<SurveyClosed>().ShouldBeEmpty();
    }

    [Fact]
    public void A_round_is_unsealed_once() =>
        _cycle.RunsUntil("2027-06-01T17:02").Planned().Unseal.ShouldBeNull();

    [Fact]
    public void When_the_last_ask_did_not_reach_the_silent_it_closes_a_day_later()
    {
        _cycle.RunsUntil("2027-05-26T12:00").ProviderIsUp = false;
        IsClosed(_cycle.RunsUntil("2027-06-01T17:02")).ShouldBeFalse();
        _cycle.Deadline(Stage).ShouldBe(("2027-06-02T17:00", 1));
    }

    [Fact]
    public void Who_has_bounced_does_not_hold_the_close() =>
        IsClosed(_cycle.Bounces(Cast.P1, Cast.P2).RunsUntil("2027-06-01T17:02")).ShouldBeTrue();

    [Fact]
    public void Where_nobody_was_there_it_closes_at_once_and_asks_nobody()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30");
        IsClosed(cycle).ShouldBeTrue();
        cycle.MessagesOf(Stage).ShouldBeEmpty();
    }

    [Fact]
    public void It_opens_at_the_first_check_in_but_asks_nobody_and_does_not_close_before_the_list()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensAttendance("2027-05-18T18:00").RunsUntil("2027-05-18T17:30");
        cycle.Cycle.RoundOf(Stage).ShouldBeNull();
        cycle.ChecksIn(Cast.P1).TakesATurn().RunsUntil("2027-05-18T19:55").AnswersTheSurvey(Cast.P1).RunsUntil("2027-06-10T12:00");
        cycle.Cycle.Find<SurveyRound>(SurveyRound.RowOf(1)).ShouldBe(new SurveyRound(1, Closed: false));
        cycle.MessagesOf(Stage).ShouldBeEmpty();
        cycle.ConfirmsTheList(Cast.P1, Cast.P2).RunsUntil("2027-06-24T17:01");
        cycle.MessagesOf(Stage, Cast.P1).ShouldBeEmpty();
        cycle.MessagesOf(Stage, Cast.P2)[0].ShouldBe("ask p2 2027-06-10T12:00");
        IsClosed(cycle).ShouldBeFalse();
        IsClosed(cycle.RunsUntil("2027-06-24T17:02")).ShouldBeTrue();
    }

    [Fact]
    public void Who_is_put_on_the_list_late_is_asked_first_and_reminded_later()
    {
        _cycle.RunsUntil("2027-05-26T12:00").CorrectsTheList(Cast.P1, Cast.P2, Cast.P3).RunsUntil("2027-08-01T12:00");
        _cycle.Occasions(Stage, "ask", Cast.P3).ShouldBe(["r1-ask", "r1-reminder-1"]);
    }

    private static bool IsClosed(PlanDriver cycle) => cycle.Cycle.OutcomeOf<SurveyClosed>(Stage) is not null;
}
