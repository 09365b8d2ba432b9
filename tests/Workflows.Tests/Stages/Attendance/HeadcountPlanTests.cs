using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Stages.Attendance;

public sealed class HeadcountPlanTests
{
    private static readonly StageId Stage = StageIds.Attendance;

    private readonly PlanDriver _cycle = Invited(minimum: 2);

    [Fact]
    public void At_t_14_the_Division_lead_and_the_coordinator_get_the_headcount()
    {
        var cycle = Invited(minimum: 0).RunsUntil("2027-05-17T12:00");
        cycle.MessagesOf(Stage, Cast.Lead).ShouldBe(["headcount lead 2027-05-04T09:00"]);
        cycle.MessagesOf(Stage, Cast.Coordinator).ShouldBe(["headcount coordinator 2027-05-04T09:00"]);
    }

    [Fact]
    public void With_enough_seats_taken_nobody_is_asked_until_somebody_cancels()
    {
        _cycle.RunsUntil("2027-05-01T12:00").Replies(Cast.P1, true).Replies(Cast.P2, true).RunsUntil("2027-05-06T12:00");
        _cycle.Cycle.All<GoAsked>().ShouldBeEmpty();
        _cycle.Replies(Cast.P2, false).RunsUntil("2027-05-06T13:00");
        _cycle.MessagesOf(Stage, Cast.Lead)[^1].ShouldBe("go-or-not lead 2027-05-06T12:00");
    }

    [Fact]
    public void Below_the_minimum_the_lead_is_asked_three_days_later_the_coordinator_and_silence_means_go()
    {
        _cycle.RunsUntil("2027-05-18T17:00");
        _cycle.MessagesOf(Stage, Cast.Lead).Where(IsQuestion).ShouldBe(["go-or-not lead 2027-05-04T09:00", "go-or-not lead 2027-05-07T09:00", "go-or-not lead 2027-05-11T09:00"]);
        _cycle.MessagesOf(Stage, Cast.Coordinator).Where(IsQuestion).First().ShouldBe("go-or-not coordinator 2027-05-06T17:00");
        _cycle.RunsUntil("2027-05-18T23:00").MessagesOf(Stage).ShouldContain("confirm-list f1 2027-05-18T22:00");
    }

    [Theory]
    [InlineData("2027-06-01T18:00", "2027-05-27T17:00")]
    [InlineData("2027-05-25T18:00", "2027-05-19T17:00")]
    [InlineData("2027-05-20T18:00", "2027-05-14T17:00")]
    public void The_coordinator_is_asked_on_the_eve_of_a_working_day_that_is_not_the_last_one_before_the_session(string session, string eve)
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensAttendance(session);
        var starts = cycle.Cycle.Session()!.Starts;
        cycle.RunsUntil(starts - Duration.FromDays(13.5)).DecidesToGo(GoDecision.InviteMore).RunsUntil(starts - Duration.FromHours(1));
        cycle.MessagesOf(Stage, Cast.Coordinator).First(IsQuestion).ShouldBe($"go-or-not coordinator {eve}");
    }

    [Fact]
    public void Asked_a_day_before_the_session_the_coordinator_is_asked_at_once()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", change: policy => policy with { Attendance = policy.Attendance with { Minimum = 2, ReopenedUntilDay = -1 } })
            .OpensAttendance("2027-05-20T18:00").RunsUntil("2027-05-07T12:00").DecidesToGo(GoDecision.InviteMore).RunsUntil("2027-05-20T17:00");
        cycle.MessagesOf(Stage, Cast.Coordinator).First(IsQuestion).ShouldBe("go-or-not coordinator 2027-05-19T17:02");
    }

    [Fact]
    public void A_question_that_was_asked_stands_though_more_say_yes()
    {
        _cycle.RunsUntil("2027-05-04T09:30").Replies(Cast.P1, true).Replies(Cast.P2, true).RunsUntil("2027-05-05T12:00");
        HeadcountPlan.OpenQuestion(_cycle.Cycle, _cycle.Cycle.RoundOf(Stage)!)!.Accepted.ShouldBe(0);
    }

    [Fact]
    public void A_reply_that_no_turn_has_seen_does_not_withdraw_the_headcount()
    {
        _cycle.RunsUntil("2027-05-04T08:59").At("2027-05-04T09:00").TakesATurn().Replies(Cast.P1, true).MailsGoOut();
        _cycle.Cycle.IssuedTo(Stage, Cast.Lead).ShouldAllBe(issued => issued.Accepted != null);
    }

    [Fact]
    public void Go_ends_the_question_for_good()
    {
        _cycle.RunsUntil("2027-05-04T12:00").DecidesToGo(GoDecision.Go).RunsUntil("2027-05-18T17:00");
        _cycle.MessagesOf(Stage).Where(IsQuestion).ShouldBe(["go-or-not lead 2027-05-04T09:00"]);
        _cycle.MessagesOf(Stage).Count(message => message.StartsWith("headcount", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void Invite_more_opens_replies_again_invites_who_is_new_and_asks_once_more()
    {
        var late = Cast.Participant(9);
        _cycle.RunsUntil("2027-05-04T12:00").Tells(new Member(Role.Participant, late, _cycle.Now)).DecidesToGo(GoDecision.InviteMore).RunsUntil("2027-05-13T12:00");
        _cycle.Deadline(Stage).ShouldBe(("2027-05-11T17:00", 1));
        _cycle.MessagesOf(Stage, late).ShouldBe(["ask p9 2027-05-04T12:00"]);
        _cycle.MessagesOf(Stage, Cast.P1).Count.ShouldBe(3);
        _cycle.MessagesOf(Stage, Cast.Lead).TakeLast(2).ShouldBe(["go-or-not lead 2027-05-11T17:02", "headcount lead 2027-05-11T17:02"]);
    }

    [Fact]
    public void Postponed_it_goes_back_to_scheduling_and_a_new_date_invites_everybody_anew()
    {
        _cycle.RunsUntil("2027-05-01T12:00").Replies(Cast.P1, true).RunsUntil("2027-05-04T12:00").DecidesToGo(GoDecision.Postpone).RunsUntil("2027-05-04T13:00");
        _cycle.MessagesOf(Stage, Cast.P1)[^1].ShouldBe("postponed p1 2027-05-04T12:00");
        _cycle.MessagesOf(Stage, Cast.P2).Count.ShouldBe(3);
        _cycle.MessagesOf(StageIds.Scheduling, Cast.Coordinator)[^1].ShouldBe("propose coordinator 2027-05-04T12:00");

        _cycle.FixesTheDate("2027-07-06T18:00").RunsUntil("2027-05-05T12:00");
        _cycle.Cycle.RoundOf(Stage)!.Round.ShouldBe(2);
        _cycle.Occasions(Stage, "ask", Cast.P1).ShouldContain("r2-ask");
        _cycle.Occasions(Stage, "ask", Cast.P2)[^1].ShouldBe("r2-ask");
        Seating.Of(_cycle.Cycle, Cast.P1).Stands.ShouldBe(Stands.Silent);
    }

    [Fact]
    public void Who_has_a_seat_is_reminded_at_t_7_and_t_2()
    {
        _cycle.RunsUntil("2027-03-02T12:00").Replies(Cast.P1, true).RunsUntil("2027-05-18T23:00");
        _cycle.MessagesOf(Stage, Cast.P1).Skip(2).ShouldBe(["nudge p1 2027-05-11T09:00", "nudge p1 2027-05-16T09:00"]);
    }

    [Fact]
    public void Who_was_reminded_to_reply_twice_gets_the_last_reminder_of_the_session_only()
    {
        _cycle.RunsUntil("2027-05-01T12:00").Replies(Cast.P1, true).RunsUntil("2027-05-18T23:00");
        _cycle.MessagesOf(Stage, Cast.P1).Skip(3).ShouldBe(["seat p1 2027-05-01T12:00", "nudge p1 2027-05-16T09:00"]);
    }

    [Fact]
    public void A_seat_given_after_t_7_is_not_reminded_of_t_7()
    {
        _cycle.RunsUntil("2027-05-04T12:00").DecidesToGo(GoDecision.InviteMore).RunsUntil("2027-05-11T12:00").Replies(Cast.P1, true).RunsUntil("2027-05-12T12:00");
        _cycle.Occasions(Stage, "nudge", Cast.P1).ShouldBeEmpty();
    }

    [Fact]
    public void Two_days_before_the_session_those_who_lead_get_what_they_need() =>
        _cycle.RunsUntil("2027-05-18T17:00").MessagesOf(Stage, Cast.F1).ShouldBe(["prepare f1 2027-05-16T09:00"]);

    private static PlanDriver Invited(int minimum) =>
        PlanDriver.KickedOff("2027-03-01T10:00", change: policy => policy with { Attendance = policy.Attendance with { Minimum = minimum } })
            .OpensAttendance("2027-05-18T18:00");

    private static bool IsQuestion(string message) => message.StartsWith("go-or-not", StringComparison.Ordinal);
}
