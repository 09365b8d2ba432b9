using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Calendars;

/// <summary>Whose calendar is told what of the session, and when.</summary>
public sealed class CalendarPlanTests
{
    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensAttendance("2027-05-18T18:00").RunsUntil("2027-04-01T12:00");

    [Fact]
    public void Who_gets_a_seat_gets_the_session_and_who_gives_it_back_loses_it_each_time()
    {
        foreach (var comes in new[] { true, false, true, false })
        {
            _cycle.Replies(Cast.P1, comes).RunsUntil(_cycle.Now + Duration.FromHours(1));
        }

        CalendarOf(Cast.P1).ShouldBe(["seat 0 05-18", "cancelled 1", "seat 2 05-18", "cancelled 3"]);
    }

    [Fact]
    public void A_place_told_later_changes_every_calendar_the_next_morning_and_a_slip_corrected_the_same_day_costs_nothing()
    {
        _cycle.Replies(Cast.P1, true).RunsUntil("2027-04-02T12:00").SaysWhere("The hal").RunsUntil("2027-04-02T15:00").SaysWhere("The hall").RunsUntil("2027-04-04T12:00");
        CalendarOf(Cast.P1).ShouldBe(["seat 0 05-18", "place 1 05-18"]);
        CalendarOf(Cast.Coach).ShouldBe(["fixed 0 05-18", "place 1 05-18"]);
        CalendarOf(Cast.P2).ShouldBeEmpty();
        _cycle.Cycle.InCalendar(Cast.P1)!.Place.ShouldBe("The hall");
    }

    [Fact]
    public void Who_gets_a_seat_after_the_place_is_told_has_it_at_once_and_loses_both_together()
    {
        _cycle.SaysWhere("The hall").RunsUntil("2027-04-02T12:00").Replies(Cast.P1, true).RunsUntil("2027-04-03T12:00");
        _cycle.SaysWhere("The other hall").RunsUntil("2027-04-05T12:00").Replies(Cast.P1, false).RunsUntil("2027-04-06T12:00");
        CalendarOf(Cast.P1).ShouldBe(["seat 0 05-18", "place 1 05-18", "cancelled 2"]);
    }

    [Fact]
    public void Who_changes_their_mind_twice_between_two_turns_keeps_one_entry()
    {
        _cycle.Replies(Cast.P1, true).RunsUntil("2027-04-02T12:00").Replies(Cast.P1, false).At("2027-04-02T12:01").Replies(Cast.P1, true).RunsUntil("2027-04-03T12:00");
        CalendarOf(Cast.P1).ShouldBe(["seat 0 05-18", "seat 1 05-18"]);
    }

    [Fact]
    public void Who_gets_a_seat_anew_hears_of_the_place_with_it_alone_though_the_turn_stopped_after_the_seat()
    {
        _cycle.Replies(Cast.P1, true).RunsUntil("2027-04-02T12:00").SaysWhere("The hall").RunsUntil("2027-04-03T08:00");
        _cycle.Replies(Cast.P1, false).At("2027-04-03T09:00").Replies(Cast.P1, true);
        _cycle.Tells(_cycle.Planned().Changes[0].ShouldBeOfType<Seat>()).TakesATurn();
        CalendarOf(Cast.P1).ShouldBe(["seat 0 05-18", "seat 1 05-18"]);
    }

    [Fact]
    public void Who_changes_their_mind_twice_and_gets_no_more_mail_keeps_the_entry_they_have()
    {
        foreach (var comes in new[] { true, false, true })
        {
            _cycle.Replies(Cast.P1, comes).RunsUntil(_cycle.Now + Duration.FromHours(1));
        }

        _cycle.SaysWhere("The hall").RunsUntil("2027-04-03T12:00").Replies(Cast.P1, false).At("2027-04-03T12:01").Replies(Cast.P1, true).TakesATurn();
        CalendarOf(Cast.P1).ShouldBe(["seat 0 05-18", "cancelled 1", "seat 2 05-18", "place 3 05-18"]);
    }

    [Fact]
    public void Who_waits_gets_the_session_with_the_seat()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", change: policy => policy with { Attendance = policy.Attendance with { Capacity = 1 } })
            .OpensAttendance("2027-05-18T18:00").RunsUntil("2027-04-01T12:00").Replies(Cast.P1, true).Replies(Cast.P2, true).RunsUntil("2027-04-02T12:00");
        CalendarOf(cycle, Cast.P2).ShouldBeEmpty();
        CalendarOf(cycle.Replies(Cast.P1, false).RunsUntil("2027-04-03T12:00"), Cast.P2).ShouldBe(["moved-up 0 05-18"]);
    }

    [Fact]
    public void A_session_that_is_postponed_leaves_every_calendar_and_comes_back_with_its_new_date()
    {
        _cycle.Replies(Cast.P1, true).RunsUntil("2027-05-04T12:00").DecidesToGo(GoDecision.Postpone).RunsUntil("2027-05-04T13:00");
        CalendarOf(Cast.P1).ShouldBe(["seat 0 05-18", "postponed 1"]);
        foreach (var chooser in new[] { Cast.F1, Cast.F2, Cast.Lead, Cast.Coach })
        {
            CalendarOf(chooser).ShouldBe(["fixed 0 05-18", "cancelled 1"]);
        }

        _cycle.FixesTheDate("2027-07-06T18:00").RunsUntil("2027-05-05T12:00").Replies(Cast.P1, true).RunsUntil("2027-05-06T12:00");
        CalendarOf(Cast.P1).ShouldBe(["seat 0 05-18", "postponed 1", "seat 2 07-06"]);
        CalendarOf(Cast.Coach).ShouldBe(["fixed 0 05-18", "cancelled 1", "fixed 2 07-06"]);
    }

    [Fact]
    public void Who_gave_the_seat_back_does_not_hear_of_the_postponement_too()
    {
        _cycle.Replies(Cast.P1, true).RunsUntil("2027-04-02T12:00").Replies(Cast.P1, false).RunsUntil("2027-05-04T12:00").DecidesToGo(GoDecision.Postpone).RunsUntil("2027-05-05T12:00");
        CalendarOf(Cast.P1).ShouldBe(["seat 0 05-18", "cancelled 1"]);
    }

    [Fact]
    public void A_date_that_passes_before_enough_are_trained_is_taken_back_from_all_who_were_told_it()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensScheduling().FixesTheDate("2027-05-18T18:00").RunsUntil("2027-05-19T12:00");
        CalendarOf(cycle, Cast.Lead).ShouldBe(["fixed 0 05-18", "cancelled 1"]);
        CalendarOf(cycle, Cast.F1).ShouldBe(["fixed 0 05-18", "cancelled 1"]);
    }

    [Fact]
    public void Who_stops_leading_loses_the_session_and_who_leads_again_gets_it_again()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensScheduling().FixesTheDate("2027-05-18T18:00");
        cycle.Declines(Cast.F1).RunsUntil("2027-03-03T12:00").Leads(Cast.F1).RunsUntil("2027-03-04T12:00");
        CalendarOf(cycle, Cast.F1).ShouldBe(["fixed 0 05-18", "cancelled 1", "fixed 2 05-18"]);
        CalendarOf(cycle.Names(Cast.F3).RunsUntil("2027-03-05T12:00").Leads(Cast.F3).RunsUntil("2027-03-06T12:00"), Cast.F3).ShouldBe(["fixed 0 05-18"]);
    }

    [Fact]
    public void What_did_not_go_out_is_not_taken_back()
    {
        _cycle.Replies(Cast.P1, true).TakesATurn().Replies(Cast.P1, false).MailsGoOut().RunsUntil("2027-04-03T12:00");
        CalendarOf(Cast.P1).ShouldBeEmpty();
    }

    [Fact]
    public void What_was_to_take_it_out_and_was_withdrawn_comes_again_when_it_is_needed_again()
    {
        _cycle.Replies(Cast.P1, true).RunsUntil("2027-04-02T12:00").Replies(Cast.P1, false).TakesATurn().At("2027-04-02T12:01").Replies(Cast.P1, true).TakesATurn();
        _cycle.Tells(_cycle.Cycle.IssuedTo(Cast.P1).Where(issued => issued.Calendar is { Sequence: 1 or 2 }).Select(issued => issued with { Withdrawn = _cycle.Now }).ToList());
        _cycle.Replies(Cast.P1, false).RunsUntil("2027-04-03T12:00");
        CalendarOf(Cast.P1).ShouldBe(["seat 0 05-18", "cancelled 3"]);
    }

    [Fact]
    public void Once_the_session_has_begun_nothing_is_taken_out()
    {
        _cycle.Replies(Cast.P1, true).RunsUntil("2027-05-18T18:30").Replies(Cast.P1, false).RunsUntil("2027-05-18T23:00");
        CalendarOf(Cast.P1).ShouldBe(["seat 0 05-18"]);
    }

    private List<string> CalendarOf(PersonId person) => CalendarOf(_cycle, person);

    /// <summary>What went out: the kind of message, its sequence, and for which day.</summary>
    private static List<string> CalendarOf(PlanDriver cycle, PersonId person) =>
    [
        .. cycle.Cycle.IssuedTo(person).Where(issued => issued is { Calendar: not null, Withdrawn: null }).OrderBy(issued => issued.Calendar!.Sequence)
            .Select(issued => $"{issued.Key.Kind} {issued.Calendar!.Sequence}{Day(issued.Calendar)}"),
    ];

    private static string Day(CalendarEntry entry) => entry.IsCancelled ? "" : entry.Starts.ToString(" MM-dd", CultureInfo.InvariantCulture);
}
