using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Stages.Attendance;

public sealed class AttendancePlanTests
{
    private static readonly StageId Stage = StageIds.Attendance;

    private const string May18 = "2027-05-18T18:00";

    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensAttendance(May18);

    [Fact]
    public void A_silent_participant_is_invited_reminded_at_t_28_and_t_18_then_left_alone() =>
        _cycle.RunsUntil("2027-07-01T12:00").MessagesOf(Stage, Cast.P1).ShouldBe(
            ["ask p1 2027-03-01T10:00", "ask p1 2027-04-20T09:00", "ask p1 2027-04-30T09:00"]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Yes_and_not_this_time_end_the_asking(bool comes)
    {
        _cycle.RunsUntil("2027-04-21T12:00").Replies(Cast.P1, comes).RunsUntil("2027-07-01T12:00");
        _cycle.Occasions(Stage, "ask", Cast.P1).ShouldBe(["r1-ask", "r1-t-28"]);
    }

    [Fact]
    public void Reminders_go_out_at_nine_across_a_clock_change()
    {
        var cycle = PlanDriver.KickedOff("2027-09-01T10:00", PlanDriver.Denver).OpensAttendance("2027-11-23T18:00").RunsUntil("2027-12-01T12:00");
        cycle.MessagesOf(Stage, Cast.P1).ShouldBe(["ask p1 2027-09-01T10:00", "ask p1 2027-10-26T09:00", "ask p1 2027-11-05T09:00"]);
        cycle.Deadline(Stage).ShouldBe(("2027-11-08T17:00", 0));
    }

    [Theory]
    [InlineData("2027-04-20T10:00", "ask p1 2027-04-20T10:00", "ask p1 2027-04-30T09:00", "2027-05-03T17:00")]
    [InlineData("2027-04-30T08:00", "ask p1 2027-04-30T09:00", null, "2027-05-03T17:00")]
    [InlineData("2027-05-02T20:00", "ask p1 2027-05-02T20:00", null, "2027-05-04T17:00")]
    [InlineData("2027-05-17T12:00", "ask p1 2027-05-17T12:00", null, "2027-05-18T18:00")]
    public void Opened_late_it_sends_the_rungs_that_are_left_and_leaves_two_days_but_not_past_the_session(
        string opens, string first, string? second, string deadline)
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensScheduling().FixesTheDate(May18).RunsUntil(opens).Trains(Cast.F1, Cast.F2);
        cycle.RunsUntil("2027-06-01T12:00").MessagesOf(Stage, Cast.P1).ShouldBe(second is null ? [first] : [first, second]);
        cycle.Occasions(Stage, "ask", Cast.P1)[0].ShouldBe("r1-ask");
        cycle.Deadline(Stage).ShouldBe((deadline, 0));
    }

    [Fact]
    public void Who_joins_late_is_invited_first()
    {
        var late = Cast.Participant(9);
        _cycle.RunsUntil("2027-04-25T12:00").Tells(new Member(Role.Participant, late, _cycle.Now)).RunsUntil("2027-06-01T12:00");
        _cycle.MessagesOf(Stage, late).ShouldBe(["ask p9 2027-04-25T12:00", "ask p9 2027-04-30T09:00"]);
        _cycle.Occasions(Stage, "ask", late)[0].ShouldBe("r1-ask");
    }

    [Fact]
    public void A_late_turn_sends_only_the_newest_missed_rung()
    {
        _cycle.At("2027-05-01T12:00").TakesATurn();
        _cycle.Occasions(Stage, "ask", Cast.P1).ShouldBe(["r1-ask", "r1-t-18"]);
    }

    [Fact]
    public void After_the_close_a_late_turn_reminds_nobody()
    {
        _cycle.At("2027-05-04T12:00").TakesATurn();
        _cycle.Occasions(Stage, "ask", Cast.P1).ShouldBe(["r1-ask"]);
    }

    [Fact]
    public void Two_hours_after_the_session_the_facilitators_are_asked_for_the_list_at_the_end_of_the_next_working_day_the_coordinator() =>
        _cycle.RunsUntil("2027-07-01T12:00").MessagesOf(Stage).Where(message => message.StartsWith("confirm", StringComparison.Ordinal)).ShouldBe(
        [
            "confirm-list f1 2027-05-18T22:00",
            "confirm-list f2 2027-05-18T22:00",
            "confirm-list coordinator 2027-05-19T17:00",
            "confirm-list coordinator 2027-05-22T09:00",
            "confirm-list coordinator 2027-05-26T09:00",
        ]);

    [Fact]
    public void The_list_is_never_confirmed_by_itself()
    {
        _cycle.RunsUntil("2028-05-01T12:00").Cycle.OutcomeOf<AttendanceConfirmed>(Stage).ShouldBeNull();
        _cycle.Turn.WaitingFor.ShouldBe([Cast.F1, Cast.F2, Cast.Coordinator], ignoreOrder: true);
    }

    [Fact]
    public void A_list_that_is_confirmed_that_night_closes_the_stage_before_the_coordinator_is_asked()
    {
        _cycle.RunsUntil("2027-05-18T22:30").ConfirmsTheList(Cast.P1).RunsUntil("2027-06-01T12:00");
        _cycle.Cycle.OutcomeOf<AttendanceConfirmed>(Stage).ShouldNotBeNull();
        _cycle.Occasions(Stage, "confirm-list", Cast.Coordinator).ShouldBeEmpty();
    }

    [Fact]
    public void Without_participants_the_list_is_asked_for_all_the_same()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", participants: 0).OpensAttendance(May18).RunsUntil("2027-05-18T22:00");
        cycle.MessagesOf(Stage).TakeLast(2).ShouldBe(["confirm-list f1 2027-05-18T22:00", "confirm-list f2 2027-05-18T22:00"]);
    }
}
