using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Planning;

/// <summary>Which events a calendar service is to hold.</summary>
public sealed class EventPlanTests
{
    [Fact]
    public void A_community_whose_sessions_mail_carries_wants_no_event() =>
        Attending(participants: 3, CalendarCarrier.Mail).Cycle.All<EventWanted>().ShouldBeEmpty();

    [Fact]
    public void More_than_an_event_takes_are_in_two_and_who_comes_later_goes_where_there_is_room()
    {
        var cycle = Attending(participants: 600);
        Reply(cycle, Enumerable.Range(1, 590), comes: true);
        Sizes(cycle).ShouldBe([500, 94]);
        Reply(cycle, [1, 2, 3], comes: false);
        Reply(cycle, [595, 596], comes: true);
        Sizes(cycle).Sum().ShouldBe(593);
        Sizes(cycle).ShouldBe([499, 94]);
    }

    [Fact]
    public void An_event_that_everybody_left_is_cancelled()
    {
        var cycle = Attending(participants: 600);
        Reply(cycle, Enumerable.Range(1, 500), comes: true);
        var second = cycle.Cycle.All<EventWanted>().Single(one => one.Number == 2).People;
        cycle.Tells(second.Select(person => new Replied(1, person, Comes: false, person, cycle.Now))).TakesATurn();
        cycle.Cycle.All<EventWanted>().Select(one => one.IsCancelled).ShouldBe([false, true]);
    }

    [Fact]
    public void What_did_not_change_has_no_new_revision()
    {
        var cycle = Attending(participants: 3);
        var before = cycle.Cycle.All<EventWanted>().Single();
        cycle.At("2027-04-02T12:00").TakesATurn();
        cycle.Cycle.All<EventWanted>().Single().ShouldBeSameAs(before);
    }

    [Fact]
    public void A_name_or_an_address_that_is_corrected_is_a_change_of_who_is_invited()
    {
        var cycle = Attending(participants: 3);
        var before = cycle.Cycle.All<EventWanted>().Single();
        cycle.CorrectsTheName(Cast.P1).TakesATurn().Cycle.All<EventWanted>().Single().ShouldBeSameAs(before, "p1 is not invited");
        cycle.CorrectsTheName(Cast.F1).TakesATurn();
        cycle.Tells(new AddressCorrected(1, Cast.Lead, 1, Cast.Coordinator, cycle.Now)).TakesATurn();
        cycle.Cycle.All<EventWanted>().Single().Revision.ShouldBe(before.Revision + 2);
    }

    [Fact]
    public void Where_the_service_cannot_be_told_the_coordinator_hears_once_however_often_the_events_change()
    {
        var cycle = Attending(participants: 3);
        cycle.Tells(new EventKept(1, null).Failing(cycle.Now - Duration.FromHours(2)));
        foreach (var number in new[] { 1, 2 })
        {
            Reply(cycle, [number], comes: true);
            cycle.Planned().Changes.ShouldBeEmpty();
        }

        cycle.Occasions(StageIds.Scheduling, "event-failing", Cast.Coordinator).ShouldBe(["r1-1-1"]);
    }

    [Fact]
    public void A_session_that_began_is_left_as_it_is()
    {
        var cycle = Attending(participants: 3).RunsUntil("2027-05-18T18:30");
        Reply(cycle, [1], comes: true);
        Sizes(cycle).ShouldBe([4]);
    }

    private static PlanDriver Attending(int participants, CalendarCarrier carrier = CalendarCarrier.Service)
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", participants: participants);
        return cycle.Tells(cycle.Cycle.KickOff with { Calendar = carrier }).OpensAttendance("2027-05-18T18:00").RunsUntil("2027-04-01T12:00");
    }

    private static void Reply(PlanDriver cycle, IEnumerable<int> numbers, bool comes)
    {
        foreach (var number in numbers)
        {
            cycle.Replies(Cast.Participant(number), comes);
        }

        cycle.TakesATurn();
    }

    private static IEnumerable<int> Sizes(PlanDriver cycle) => cycle.Cycle.All<EventWanted>().Select(one => one.People.Count);
}
