using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Stages.Scheduling;

public sealed class VenuePlanTests
{
    private static readonly StageId Stage = StageIds.Scheduling;
    private static readonly PersonId Staff = PersonId.From("staff");

    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensScheduling().FixesTheDate("2027-05-11T18:00");

    [Fact]
    public void The_lead_is_asked_where_and_reminded_then_the_coordinator_is_asked_too()
    {
        _cycle.RunsUntil("2027-04-15T12:00");
        _cycle.Occasions(Stage, "venue", Cast.Lead).ShouldBe(["r1-ask", "r1-reminder-1", "r1-reminder-2"]);
        _cycle.MessagesOf(Stage, Cast.Coordinator).ShouldContain("venue-missing coordinator 2027-03-22T09:00");
    }

    [Fact]
    public void Staff_of_the_Division_are_asked_in_the_lead_s_place()
    {
        _cycle.Tells(new Member(Role.DivisionStaff, Staff, _cycle.Now)).RunsUntil("2027-03-10T12:00");
        _cycle.Occasions(Stage, "venue", Staff).ShouldBe(["r1-ask", "r1-reminder-1"]);
    }

    [Fact]
    public void Once_the_place_is_told_nobody_is_asked()
    {
        _cycle.SaysWhere("The hall").RunsUntil("2027-05-11T17:00");
        _cycle.Occasions(Stage, "venue", Cast.Lead).ShouldBe(["r1-ask"]);
        _cycle.MessagesOf(Stage, Cast.Coordinator).ShouldNotContain(message => message.StartsWith("venue-missing", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_says_that_the_place_follows_is_asked_once_more_a_week_before_replies_close()
    {
        _cycle.SaysWhere("").RunsUntil("2027-04-19T08:59");
        _cycle.Occasions(Stage, "venue", Cast.Lead).ShouldBe(["r1-ask"]);
        _cycle.RunsUntil("2027-05-11T17:00");
        _cycle.Occasions(Stage, "venue", Cast.Lead).Take(2).ShouldBe(["r1-ask", "r1-follows-reminder-2"]);
    }

    [Fact]
    public void A_place_that_still_follows_at_the_headcount_is_the_coordinator_s_to_find_out()
    {
        _cycle.SaysWhere("").RunsUntil("2027-04-27T08:59");
        _cycle.MessagesOf(Stage, Cast.Coordinator).ShouldNotContain(message => IsVenue(message));
        _cycle.RunsUntil("2027-04-27T09:00");
        _cycle.MessagesOf(Stage, Cast.Coordinator).Where(IsVenue).ShouldBe(["venue-missing coordinator 2027-04-27T09:00"]);
        _cycle.SaysWhere("The hall").RunsUntil("2027-05-11T17:00");
        _cycle.MessagesOf(Stage, Cast.Coordinator).Count(IsVenue).ShouldBe(1);
    }

    [Fact]
    public void Who_says_again_that_it_follows_is_not_asked_another_time()
    {
        _cycle.SaysWhere("").RunsUntil("2027-04-18T12:00").SaysWhere("").RunsUntil("2027-04-20T12:00").SaysWhere("").RunsUntil("2027-04-26T17:00");
        _cycle.MessagesOf(Stage, Cast.Lead).Count(IsVenue).ShouldBe(2);
    }

    [Fact]
    public void Who_says_only_after_that_day_that_it_follows_is_not_asked_at_once()
    {
        var asked = _cycle.RunsUntil("2027-04-20T12:00").MessagesOf(Stage, Cast.Lead).Count(IsVenue);
        _cycle.SaysWhere("").RunsUntil("2027-04-26T17:00").MessagesOf(Stage, Cast.Lead).Count(IsVenue).ShouldBe(asked);
    }

    [Fact]
    public void Without_a_place_the_Division_and_the_coordinator_are_asked_with_the_headcount_and_on_the_last_days()
    {
        string[] urgent = ["r1-urgent-due", "r1-urgent-t-7", "r1-urgent-t-2"];
        _cycle.RunsUntil("2027-05-11T17:00");
        _cycle.Occasions(Stage, "venue", Cast.Lead).TakeLast(3).ShouldBe(urgent);
        _cycle.Occasions(Stage, "venue-missing", Cast.Coordinator).TakeLast(3).ShouldBe(urgent);
        _cycle.MessagesOf(Stage, Cast.Lead).Where(IsVenue).TakeLast(3)
            .ShouldBe(["venue lead 2027-04-27T09:00", "venue lead 2027-05-04T09:00", "venue lead 2027-05-09T09:00"]);
    }

    [Fact]
    public void Who_says_that_it_follows_is_asked_all_the_same_when_people_come_soon()
    {
        _cycle.SaysWhere("").RunsUntil("2027-05-05T12:00").SaysWhere("").RunsUntil("2027-05-11T17:00");
        _cycle.Occasions(Stage, "venue", Cast.Lead).TakeLast(3).ShouldBe(["r1-urgent-due", "r1-urgent-t-7", "r1-urgent-t-2"]);
    }

    [Fact]
    public void A_place_told_on_the_last_days_ends_the_asking()
    {
        _cycle.RunsUntil("2027-05-05T12:00").SaysWhere("The hall").RunsUntil("2027-05-11T17:00");
        _cycle.Occasions(Stage, "venue", Cast.Lead)[^1].ShouldBe("r1-urgent-t-7");
        _cycle.Occasions(Stage, "venue-missing", Cast.Coordinator)[^1].ShouldBe("r1-urgent-t-7");
    }

    [Fact]
    public void Nobody_is_asked_for_the_place_of_a_session_that_is_over()
    {
        var asked = _cycle.Trains(Cast.F1, Cast.F2).RunsUntil("2027-05-11T17:00").MessagesOf(Stage).Count;
        _cycle.RunsUntil("2027-05-20T12:00").MessagesOf(Stage).Count.ShouldBe(asked);
    }

    private static bool IsVenue(string message) => message.StartsWith("venue", StringComparison.Ordinal);
}
