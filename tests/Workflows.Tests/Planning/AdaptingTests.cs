using Cohesion.Workflows.Adaptations;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Planning;

/// <summary>What the coordinator changes of a cycle that runs, and what the plans make of it.</summary>
public sealed class AdaptingTests
{
    private static readonly LocalDateTime Evening = new(2027, 5, 18, 18, 0);

    [Fact]
    public void A_session_that_moves_is_told_to_all_who_hold_it_and_to_nobody_else()
    {
        var cycle = Invited(capacity: 2).Adapts(new MoveSession(Evening.PlusDays(7))).TakesATurn();
        cycle.Cycle.Session()!.LocalStart.ShouldBe(Evening.PlusDays(7));
        New(cycle).ShouldBe(["fixed coach", "fixed f1", "fixed f2", "fixed lead", "moved p1", "moved p2", "moved p3", "venue lead"]);
        cycle.Cycle.InCalendar(Cast.P1)!.ShouldBe(new CalendarEntry(Evening.PlusDays(7), Sequence: 1, IsChange: true));
        cycle.Cycle.InCalendar(Cast.P3).ShouldBeNull("they wait for a seat");
        Seating.Of(cycle.Cycle, Cast.P1).Stands.ShouldBe(Stands.HasSeat);
    }

    [Fact]
    public void Replies_close_as_many_days_before_the_new_date()
    {
        var cycle = Invited();
        Deadline(cycle).ShouldBe(new LocalDateTime(2027, 5, 3, 17, 0));
        Deadline(cycle.Adapts(new MoveSession(Evening.PlusDays(7)))).ShouldBe(new LocalDateTime(2027, 5, 10, 17, 0));
    }

    [Fact]
    public void Moved_on_the_day_nobody_is_invited_anew()
    {
        var cycle = Invited().RunsUntil("2027-05-18T09:30").Adapts(new MoveSession(Evening.PlusHours(2)));
        cycle.RunsUntil("2027-05-18T19:00");
        New(cycle, "2027-05-18T09:30").ShouldBe(["fixed coach", "fixed f1", "fixed f2", "fixed lead", "moved p1", "moved p2", "moved p3", "venue lead"]);
    }

    [Fact]
    public void Moved_twice_it_is_told_twice_and_taken_out_at_the_last_date()
    {
        var cycle = Invited().Adapts(new MoveSession(Evening.PlusDays(7))).RunsUntil("2027-04-02T12:00").Adapts(new MoveSession(Evening.PlusDays(14))).RunsUntil("2027-04-03T12:00");
        cycle.Messages.Count(message => message.StartsWith("moved p1", StringComparison.Ordinal)).ShouldBe(2);
        cycle.Replies(Cast.P1, comes: false).TakesATurn();
        var last = cycle.Cycle.IssuedTo(Cast.P1).MaxBy(issued => issued.Calendar?.Sequence ?? -1)!.Calendar;
        last.ShouldBe(new CalendarEntry(Evening.PlusDays(14), IsCancelled: true, Sequence: 3));
    }

    [Fact]
    public void Moved_and_moved_back_before_any_mail_went_out_is_told_to_nobody()
    {
        var cycle = Invited().Adapts(new MoveSession(Evening.PlusDays(7))).TakesATurn().Adapts(new MoveSession(Evening)).TakesATurn().MailsGoOut();
        cycle.Cycle.IssuedTo(StageIds.Attendance, Cast.P1).Where(issued => issued.Key.Kind == AttendancePlan.Moved).ShouldAllBe(issued => issued.Withdrawn != null);
    }

    [Fact]
    public void Who_comes_is_reminded_of_the_new_date()
    {
        var cycle = Invited().RunsUntil("2027-05-12T12:00").Adapts(new MoveSession(Evening.PlusDays(14))).RunsUntil("2027-06-01T12:00");
        cycle.MessagesOf(StageIds.Attendance, Cast.P1).Where(message => message.StartsWith("nudge", StringComparison.Ordinal))
            .ShouldBe(["nudge p1 2027-05-11T09:00", "nudge p1 2027-05-30T09:00"], "the ceiling leaves room for one");
    }

    [Fact]
    public void A_session_that_is_postponed_is_told_and_with_the_next_date_all_are_invited_anew()
    {
        var cycle = Invited().Adapts(new PostponeSession()).TakesATurn();
        cycle.Cycle.Session().ShouldBeNull();
        New(cycle).ShouldBe(["cancelled coach", "cancelled f1", "cancelled f2", "cancelled lead", "postponed p1", "postponed p2", "postponed p3", "propose coordinator"]);
        cycle.Cycle.InCalendar(Cast.P1).ShouldBeNull();
        cycle.RunsUntil("2027-04-02T10:00").Proposes("2027-07-06T18:00").Marks(Cast.F1, "2027-07-06T18:00").RunsUntil("2027-04-14T12:00");
        cycle.Cycle.RoundOf(StageIds.Attendance)!.Round.ShouldBe(2);
    }

    [Fact]
    public void A_deadline_that_is_set_later_holds_the_stage_open_until_then()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").RunsUntil("2027-03-02T12:00").Votes(Cast.F1, 1);
        cycle.Adapts(new SetDeadline(StageIds.CaseStudySelection, new LocalDateTime(2027, 3, 20, 17, 0))).RunsUntil("2027-03-20T17:01");
        cycle.Cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection).ShouldBeNull();
        cycle.RunsUntil("2027-03-20T17:02").Cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection).ShouldNotBeNull();
    }

    [Fact]
    public void A_deadline_that_is_brought_forward_closes_the_stage_then_and_can_be_put_off_again()
    {
        var early = new SetDeadline(StageIds.CaseStudySelection, new LocalDateTime(2027, 3, 6, 17, 0));
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").RunsUntil("2027-03-02T12:00").Votes(Cast.F1, 1);
        var back = Adapting.Back(cycle.Cycle, early)!;
        cycle.Adapts(early).RunsUntil("2027-03-04T12:00").Cycle.Deadline(StageIds.CaseStudySelection).ShouldBe(FivePm(6));
        cycle.Adapts(back).RunsUntil("2027-03-05T12:00").Adapts(early with { At = new LocalDateTime(2027, 3, 7, 17, 0) }).RunsUntil("2027-03-07T17:02");
        cycle.Cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection).ShouldNotBeNull();
    }

    [Fact]
    public void A_deadline_that_was_brought_forward_moves_where_something_new_is_asked()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensScheduling().Leads(Cast.F1, Cast.F2).TakesATurn().Proposes("2027-05-18T18:00").RunsUntil("2027-03-05T12:00");
        var planned = cycle.Cycle.Deadline(StageIds.Scheduling)!.Value;
        cycle.Adapts(new SetDeadline(StageIds.Scheduling, new LocalDateTime(2027, 3, 7, 17, 0))).RunsUntil("2027-03-06T10:00");
        cycle.Cycle.Deadline(StageIds.Scheduling).ShouldBe(FivePm(7));
        cycle.Proposes("2027-05-20T18:00").TakesATurn().Cycle.Deadline(StageIds.Scheduling)!.Value.ShouldBeGreaterThan(planned);
    }

    [Fact]
    public void A_deadline_that_was_put_off_and_taken_back_gives_new_dates_their_time()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensScheduling().Leads(Cast.F1, Cast.F2).TakesATurn().Proposes("2027-05-18T18:00").RunsUntil("2027-03-05T12:00");
        var planned = cycle.Cycle.Deadline(StageIds.Scheduling)!.Value;
        var late = new SetDeadline(StageIds.Scheduling, new LocalDateTime(2027, 3, 25, 17, 0));
        var back = Adapting.Back(cycle.Cycle, late)!;
        cycle.Adapts(late).RunsUntil("2027-03-06T10:00").Adapts(back).RunsUntil("2027-03-06T11:00").Cycle.Deadline(StageIds.Scheduling).ShouldBe(planned);
        cycle.Proposes("2027-05-20T18:00").TakesATurn().Cycle.Deadline(StageIds.Scheduling)!.Value.ShouldBeGreaterThan(planned);
    }

    [Fact]
    public void A_session_is_moved_by_a_year_at_most()
    {
        var cycle = Invited();
        cycle.Adapts(new MoveSession(Evening.PlusYears(2)), isPossible: false).Adapts(new MoveSession(new LocalDateTime(9999, 12, 31, 23, 59)), isPossible: false);
    }

    [Fact]
    public void Another_case_study_is_told_to_those_who_lead_and_the_division()
    {
        var cycle = Invited();
        cycle.Adapts(new ChangeCaseStudy(cycle.Cycle.KickOff.CaseStudies[3].Id)).TakesATurn();
        cycle.Cycle.ChosenCase().ShouldBe(cycle.Cycle.KickOff.CaseStudies[3].Title);
        New(cycle).ShouldBe(["chosen f1", "chosen f2", "chosen lead"]);
        cycle.Adapts(new ChangeCaseStudy(cycle.Cycle.KickOff.CaseStudies[0].Id)).TakesATurn().Cycle.ChosenCase().ShouldBe(cycle.Cycle.KickOff.CaseStudies[0].Title);
    }

    [Fact]
    public void More_seats_go_to_those_who_wait()
    {
        var cycle = Invited(capacity: 2).Adapts(new SetCapacity(3)).TakesATurn();
        New(cycle).ShouldBe(["moved-up p3"]);
        cycle.Adapts(new SetCapacity(1)).TakesATurn().Cycle.All<Seat>().ShouldAllBe(seat => seat.IsHeld());
    }

    [Fact]
    public void Who_is_taken_off_the_list_loses_their_seat_and_it_goes_to_the_next()
    {
        var cycle = Invited(capacity: 2).Adapts(new RemoveParticipant(Cast.P1)).TakesATurn();
        New(cycle).ShouldBe(["cancelled p1", "moved-up p3"]);
        cycle.RunsUntil("2027-05-20T12:00").MessagesOf(StageIds.Attendance, Cast.P1).Count.ShouldBe(3, "invited, seated, taken off");
        cycle.Adapts(new RemoveParticipant(Cast.P1), isPossible: false);
    }

    [Fact]
    public void Who_is_taken_off_and_invited_again_is_a_participant_like_others()
    {
        var cycle = Invited().Adapts(new RemoveParticipant(Cast.P1)).RunsUntil("2027-04-02T12:00").Adds(Cast.P1).Replies(Cast.P1, comes: true).RunsUntil("2027-04-03T12:00");
        Seating.Of(cycle.Cycle, Cast.P1).Stands.ShouldBe(Stands.HasSeat);
        cycle.Cycle.InCalendar(Cast.P1).ShouldNotBeNull();
    }

    [Fact]
    public void A_number_of_the_policy_holds_from_then_on_and_can_be_taken_back()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").RunsUntil("2027-03-02T12:00").Votes(Cast.F1, 1);
        var later = new SetPolicy("caseStudySelection.closesDay", "20");
        Adapting.Back(cycle.Cycle, later).ShouldBe(later with { Value = "10" });
        cycle.Adapts(later).TakesATurn().Deadline(StageIds.CaseStudySelection)!.Value.At.ShouldBe("2027-03-21T17:00");
        cycle.Adapts(new SetPolicy("caseStudySelection.asks.reminder-1", "2")).RunsUntil("2027-03-03T12:00");
        cycle.MessagesOf(StageIds.CaseStudySelection, Cast.F2).ShouldBe(["ask f2 2027-03-01T10:00", "ask f2 2027-03-03T09:00"]);
        cycle.Adapts(later, isPossible: false);
    }

    [Fact]
    public void A_number_that_was_changed_twice_goes_back_to_what_it_was_in_between()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").Adapts(new SetPolicy("attendance.minimum", "9"));
        Adapting.Back(cycle.Cycle, new SetPolicy("attendance.minimum", "4")).ShouldBe(new SetPolicy("attendance.minimum", "9"));
        cycle.Adapts(new SetPolicy("attendance.minimum", "9"), isPossible: false);
    }

    [Fact]
    public void A_number_changes_nothing_of_the_version_that_the_community_runs_on()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00");
        cycle.Adapts(Adopt(cycle, cycle.Cycle.KickOff.Policy)).Adapts(new SetPolicy("attendance.minimum", "9")).Cycle.ProgrammeVersion.ShouldBe(1);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("", int.MaxValue)]
    public void Seats_that_were_more_once_are_known_also_where_they_were_a_number_of_the_policy(string seats, int most)
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00");
        var few = cycle.Cycle.KickOff with { Policy = cycle.Cycle.Policy with { Attendance = cycle.Cycle.Policy.Attendance with { Capacity = 2 } } };
        cycle.Tells(few).Adapts(new SetPolicy("attendance.capacity", seats)).Adapts(new SetCapacity(1)).Cycle.MostSeats().ShouldBe(most);
    }

    /// <summary>A rule that came with a later release.</summary>
    [Fact]
    public void What_was_wrong_before_hinders_no_other_change()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00");
        cycle.Tells(new PolicyAdapted(cycle.Cycle.Policy with { KeptMonths = 1 }, cycle.Now));
        PolicyWords.ProblemOf(cycle.Cycle, new SetPolicy("attendance.minimum", "9")).ShouldBeNull();
        PolicyWords.ProblemOf(cycle.Cycle, new SetPolicy("attendance.minimum", "-1")).ShouldNotBeNull();
    }

    [Fact]
    public void How_long_a_session_takes_stands_in_calendars()
    {
        var longer = new SetPolicy("scheduling.sessionMinutes", "180");
        PlanDriver.KickedOff("2027-03-01T10:00").Adapts(longer).Cycle.Policy.Scheduling.SessionMinutes.ShouldBe(180);
        Invited().Adapts(longer, isPossible: false);
    }

    [Fact]
    public void Another_version_of_the_programme_holds_from_then_on_beside_what_is_the_community_s_own()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").RunsUntil("2027-03-02T12:00").Votes(Cast.F1, 1).Adapts(new SetPolicy("attendance.minimum", "9"));
        var policy = cycle.Cycle.KickOff.Policy;
        var version = policy with
        {
            CaseStudySelection = policy.CaseStudySelection with { ClosesDay = 20, Asks = [new Rung("ask", 0), new Rung("day-2", 2)] },
            Attendance = policy.Attendance with { Minimum = 4, Capacity = 12 },
            Preparation = null,
        };
        var adopt = Adopt(cycle, version);
        cycle.Adapts(adopt).TakesATurn().Deadline(StageIds.CaseStudySelection)!.Value.At.ShouldBe("2027-03-21T17:00");
        cycle.RunsUntil("2027-03-03T12:00").MessagesOf(StageIds.CaseStudySelection, Cast.F2).ShouldBe(["ask f2 2027-03-01T10:00", "ask f2 2027-03-03T09:00"]);
        (cycle.Cycle.ProgrammeVersion, cycle.Cycle.Policy.Attendance.Minimum, cycle.Cycle.Policy.Attendance.Capacity).ShouldBe((1, 9, 12));
        cycle.Cycle.Policy.Preparation!.ClosesDay.ShouldBe(policy.Preparation!.ClosesDay);
        cycle.Adapts(adopt, isPossible: false);
        cycle.Adapts(new SetCapacity(20)).Cycle.ProgrammeVersion.ShouldBe(1);
    }

    [Fact]
    public void What_stands_in_calendars_stays_when_a_version_is_adopted()
    {
        var cycle = Invited();
        var policy = cycle.Cycle.KickOff.Policy;
        var version = policy with { Scheduling = policy.Scheduling with { SessionMinutes = 90, Slots = 4 } };
        cycle.Adapts(Adopt(cycle, version)).Cycle.Policy.Scheduling.ShouldBe(policy.Scheduling with { Slots = 4, Asks = cycle.Cycle.Policy.Scheduling.Asks, Venue = cycle.Cycle.Policy.Scheduling.Venue });
    }

    private static AdoptProgramme Adopt(PlanDriver cycle, Policy version) =>
        new(1, Json.Write(Adopting.Merged(cycle.Cycle, cycle.Cycle.KickOff.Policy, version, cycle.Now)));

    [Fact]
    public void What_cannot_be_done_any_more_follows_nothing()
    {
        var cycle = Invited().RunsUntil("2027-05-18T18:00");
        cycle.Adapts(new MoveSession(Evening.PlusDays(7)), isPossible: false).Adapts(new PostponeSession(), isPossible: false).Adapts(new SetCapacity(40), isPossible: false);
        cycle.Adapts(new ChangeCaseStudy(cycle.Cycle.KickOff.CaseStudies[3].Id), isPossible: false);
        cycle.Adapts(new SetDeadline(StageIds.Attendance, Evening), isPossible: false);
    }

    [Theory]
    [InlineData("2027-05-18T18:00")]
    [InlineData("2027-04-01T10:00")]
    public void A_session_moves_to_another_time_that_is_to_come(string starts) =>
        Invited().Adapts(new MoveSession(NodaTime.Text.LocalDateTimePattern.GeneralIso.Parse(starts + ":00").Value), isPossible: false);

    private static Instant FivePm(int dayOfMarch) => new CommunityDays("America/Vancouver").At(new LocalDateTime(2027, 3, dayOfMarch, 17, 0));

    private static LocalDateTime Deadline(PlanDriver cycle) =>
        new CommunityDays(cycle.Cycle.KickOff.Zone).LocalTimeOf(cycle.Cycle.Deadline(StageIds.Attendance)!.Value);

    /// <summary>What was issued since.</summary>
    private static IEnumerable<string> New(PlanDriver cycle, string since = "2027-04-01T12:00") =>
        cycle.Messages.Where(message => string.CompareOrdinal(message[(message.LastIndexOf(' ') + 1)..], since) >= 0).Select(message => message[..message.LastIndexOf(' ')]).Order(StringComparer.Ordinal);

    /// <summary>On 1 April the session of 18 May has its place in calendars, p1 to p3 wish to come, p4 is silent.</summary>
    private static PlanDriver Invited(int? capacity = null)
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", participants: 4, change: policy => policy with { Attendance = policy.Attendance with { Capacity = capacity } });
        cycle.RunsUntil("2027-03-02T12:00").Votes(Cast.F1, 1).Votes(Cast.F2, 1).Votes(Cast.Lead, 1).TakesATurn()
            .Leads(Cast.F1, Cast.F2).Trains(Cast.F1, Cast.F2).TakesATurn().Proposes("2027-05-18T18:00")
            .Marks(Cast.F1, "2027-05-18T18:00").Marks(Cast.F2, "2027-05-18T18:00").Marks(Cast.Lead, "2027-05-18T18:00").Marks(Cast.Coach, "2027-05-18T18:00");
        return cycle.RunsUntil("2027-03-20T12:00").Replies(Cast.P1, true).Replies(Cast.P2, true).RunsUntil("2027-03-21T12:00").Replies(Cast.P3, true).RunsUntil("2027-04-01T12:00");
    }
}
