using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Stages.Attendance;

public sealed class SeatsPlanTests
{
    private static readonly StageId Stage = StageIds.Attendance;

    private readonly PlanDriver _cycle = With(capacity: 2);

    [Fact]
    public void Without_a_limit_everybody_who_wishes_has_a_seat_and_is_told_so()
    {
        var cycle = With(capacity: null).RunsUntil("2027-03-02T12:00").Replies(Cast.P1, true).Replies(Cast.P2, true).Replies(Cast.P3, false).RunsUntil("2027-03-03T12:00");
        Standings(cycle).ShouldBe("p1 HasSeat, p2 HasSeat, p3 NotThisTime, p4 Silent");
        cycle.MessagesOf(Stage, Cast.P1).ShouldBe(["ask p1 2027-03-01T10:00", "seat p1 2027-03-02T12:00"]);
        cycle.MessagesOf(Stage, Cast.P3).Count.ShouldBe(1);
    }

    [Fact]
    public void Seats_go_by_the_order_of_receipt_then_by_person_id()
    {
        _cycle.RunsUntil("2027-03-02T12:00").Replies(Cast.Participant(4), true).At("2027-03-02T12:05").Replies(Cast.P3, true).Replies(Cast.P2, true).RunsUntil("2027-03-03T12:00");
        Standings(_cycle).ShouldBe("p1 Silent, p2 HasSeat, p3 Waiting 1, p4 HasSeat");
        _cycle.MessagesOf(Stage, Cast.P3).ShouldContain("waiting p3 2027-03-02T12:05");
    }

    [Fact]
    public void Who_was_granted_a_seat_keeps_it_though_an_earlier_wish_comes_to_light()
    {
        var early = new Replied(1, Cast.P1, Comes: true, Cast.P1, _cycle.Now);
        _cycle.RunsUntil("2027-03-02T12:00").Replies(Cast.P2, true).Replies(Cast.P3, true).TakesATurn().Tells(early).TakesATurn();
        Standings(_cycle).ShouldBe("p1 Waiting 1, p2 HasSeat, p3 HasSeat, p4 Silent");
    }

    [Fact]
    public void A_seat_that_becomes_free_goes_to_the_first_who_waits()
    {
        AllWish().RunsUntil("2027-05-01T12:00").Replies(Cast.P1, false).RunsUntil("2027-05-02T12:00");
        Standings(_cycle).ShouldBe("p1 NotThisTime, p2 HasSeat, p3 HasSeat, p4 Waiting 1");
        _cycle.MessagesOf(Stage, Cast.P3)[^1].ShouldBe("moved-up p3 2027-05-01T12:00");
    }

    [Fact]
    public void A_yes_said_again_keeps_its_place_and_one_taken_back_loses_it()
    {
        AllWish().Replies(Cast.P3, true).TakesATurn();
        Standings(_cycle).ShouldBe("p1 HasSeat, p2 HasSeat, p3 Waiting 1, p4 Waiting 2");
        _cycle.At("2027-03-04T12:00").Replies(Cast.P3, false).Replies(Cast.P3, true).TakesATurn();
        Standings(_cycle).ShouldBe("p1 HasSeat, p2 HasSeat, p3 Waiting 2, p4 Waiting 1");
        _cycle.At("2027-03-04T13:00").Replies(Cast.P1, false).Replies(Cast.P1, true).TakesATurn();
        Standings(_cycle).ShouldBe("p1 Waiting 2, p2 HasSeat, p3 Waiting 1, p4 HasSeat");
    }

    [Theory]
    [InlineData("2027-05-15T16:59", "HasSeat")]
    [InlineData("2027-05-15T17:00", "Offered")]
    public void From_three_days_before_the_session_a_free_seat_is_offered(string cancels, string stands)
    {
        AllWish().RunsUntil(cancels).Replies(Cast.P1, false).TakesATurn();
        Seating.Of(_cycle.Cycle, Cast.P3).Stands.ToString().ShouldBe(stands);
    }

    [Fact]
    public void An_offer_that_is_taken_is_a_seat()
    {
        AllWish().RunsUntil("2027-05-16T12:00").Replies(Cast.P1, false).RunsUntil("2027-05-16T13:00").TakesTheSeat(Cast.P3).RunsUntil("2027-05-18T12:00");
        Standings(_cycle).ShouldBe("p1 NotThisTime, p2 HasSeat, p3 HasSeat, p4 Waiting 1");
        _cycle.MessagesOf(Stage, Cast.P3).Skip(2).ShouldBe(["offer p3 2027-05-16T12:00", "seat p3 2027-05-16T13:00"]);
    }

    [Fact]
    public void An_offer_that_is_let_pass_goes_to_the_next_and_does_not_come_back()
    {
        AllWish().RunsUntil("2027-05-16T12:00").Replies(Cast.P1, false).RunsUntil("2027-05-17T17:01");
        Standings(_cycle).ShouldBe("p1 NotThisTime, p2 HasSeat, p3 Offered, p4 Waiting 1");
        _cycle.RunsUntil("2027-05-17T17:02");
        Standings(_cycle).ShouldBe("p1 NotThisTime, p2 HasSeat, p3 Lapsed, p4 Offered");
    }

    [Fact]
    public void Who_takes_an_offer_after_it_has_passed_on_has_no_seat()
    {
        AllWish().RunsUntil("2027-05-16T12:00").Replies(Cast.P1, false).RunsUntil("2027-05-16T13:00");
        var late = Seating.Reply(_cycle.Cycle, Cast.P3, comes: true, Cast.P3, _cycle.Now) with { Takes = 1 };
        _cycle.RunsUntil("2027-05-17T17:02").Tells(late).TakesATurn();
        Standings(_cycle).ShouldBe("p1 NotThisTime, p2 HasSeat, p3 Lapsed, p4 Offered");
    }

    [Fact]
    public void A_seat_that_is_offered_is_not_given_to_somebody_else()
    {
        AllWish().RunsUntil("2027-05-16T12:00").Replies(Cast.P1, false).TakesATurn().Replies(Cast.P1, true).TakesATurn();
        Standings(_cycle).ShouldBe("p1 Waiting 2, p2 HasSeat, p3 Offered, p4 Waiting 1");
    }

    [Fact]
    public void When_the_session_starts_nobody_moves_up_any_more()
    {
        AllWish().RunsUntil("2027-05-18T18:00").Replies(Cast.P1, false).RunsUntil("2027-05-19T12:00");
        Standings(_cycle).ShouldBe("p1 NotThisTime, p2 HasSeat, p3 Waiting 1, p4 Waiting 2");
    }

    [Fact]
    public void Whatever_a_participant_changes_their_mails_before_the_session_stay_under_the_ceiling()
    {
        _cycle.RunsUntil("2027-05-01T12:00");
        foreach (var minute in Enumerable.Range(1, 20))
        {
            _cycle.At(_cycle.Now + Duration.FromMinutes(minute)).Replies(Cast.P1, minute % 2 == 1).TakesATurn().MailsGoOut();
        }

        _cycle.MessagesOf(Stage, Cast.P1).Count.ShouldBe(5);
    }

    private static PlanDriver With(int? capacity) =>
        PlanDriver.KickedOff("2027-03-01T10:00", participants: 4, change: policy => policy with { Attendance = policy.Attendance with { Capacity = capacity } })
            .OpensAttendance("2027-05-18T18:00");

    private PlanDriver AllWish()
    {
        _cycle.RunsUntil("2027-03-02T12:00");
        foreach (var number in Enumerable.Range(1, 4))
        {
            _cycle.At(_cycle.Now + Duration.FromMinutes(1)).Replies(Cast.Participant(number), true).TakesATurn();
        }

        return _cycle.MailsGoOut();
    }

    private static string Standings(PlanDriver cycle) => string.Join(", ", cycle.Cycle.Members(Role.Participant).Select(person =>
    {
        var standing = Seating.Of(cycle.Cycle, person);
        return $"{person} {standing.Stands}" + (standing.Stands == Stands.Waiting ? $" {standing.Place}" : "");
    }));
}
