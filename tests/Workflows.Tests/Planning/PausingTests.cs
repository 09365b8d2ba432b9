using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Planning;

/// <summary>A community is paused, and goes on.</summary>
public sealed class PausingTests
{
    [Fact]
    public void While_it_is_paused_nothing_is_asked_and_nothing_closes()
    {
        var cycle = Chosen().Adapts(new PauseCycle()).RunsUntil("2027-06-01T12:00");
        cycle.Messages.Count.ShouldBe(3, "as before");
        cycle.Cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection).ShouldBeNull();
        cycle.Turn.WaitingFor.ShouldBeEmpty();
        cycle.Votes(Cast.F2, 2).TakesATurn().Turn.Changes.ShouldBeEmpty();
    }

    /// <summary>From 3 to 13 March: the reminder of day 4 comes on day 14, the deadline of the 11th on the 21st.</summary>
    [Fact]
    public void When_it_goes_on_what_people_told_counts_and_reminders_and_deadlines_are_later_by_as_many_days()
    {
        var cycle = Chosen().Adapts(new PauseCycle()).RunsUntil("2027-03-13T12:00").Votes(Cast.F2, 2).Adapts(new ResumeCycle()).RunsUntil("2027-03-22T12:00");
        cycle.MessagesOf(StageIds.CaseStudySelection, Cast.Lead).Take(3).ShouldBe(["ask lead 2027-03-01T10:00", "ask lead 2027-03-15T09:00", "ask lead 2027-03-19T09:00"]);
        cycle.MessagesOf(StageIds.CaseStudySelection, Cast.F2).ShouldBe(["ask f2 2027-03-01T10:00"]);
        cycle.Deadline(StageIds.CaseStudySelection).ShouldBe(("2027-03-21T17:00", 0));
        cycle.Cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection).ShouldNotBeNull();
    }

    [Fact]
    public void A_deadline_that_the_coordinator_had_set_is_later_too_and_one_that_had_passed_is_not()
    {
        var cycle = Chosen().Adapts(new SetDeadline(StageIds.CaseStudySelection, new LocalDateTime(2027, 3, 25, 12, 0))).Adapts(new PauseCycle()).RunsUntil("2027-03-13T12:00");
        cycle.Adapts(new ResumeCycle()).Deadline(StageIds.CaseStudySelection).ShouldBe(("2027-04-04T12:00", 0));
        var held = Held().RunsUntil("2027-05-22T12:00");
        var replies = held.Deadline(StageIds.Attendance);
        held.Adapts(new PauseCycle()).At("2027-06-01T12:00").Adapts(new ResumeCycle()).Deadline(StageIds.Attendance).ShouldBe(replies);
        held.Deadline(StageIds.SurveyCollection).ShouldBe(("2027-06-12T17:00", 0));
    }

    [Fact]
    public void One_that_was_brought_forward_is_later_by_as_much_and_no_more()
    {
        var cycle = Chosen().Adapts(new SetDeadline(StageIds.CaseStudySelection, new LocalDateTime(2027, 3, 7, 17, 0))).Adapts(new PauseCycle()).RunsUntil("2027-03-13T12:00");
        cycle.Adapts(new ResumeCycle()).RunsUntil("2027-03-14T12:00").Deadline(StageIds.CaseStudySelection).ShouldBe(("2027-03-17T17:00", 0));
    }

    [Fact]
    public void Paused_twice_it_is_later_by_both()
    {
        var cycle = Chosen().Adapts(new PauseCycle()).RunsUntil("2027-03-13T12:00").Adapts(new ResumeCycle()).RunsUntil("2027-03-14T12:00");
        cycle.Adapts(new PauseCycle()).RunsUntil("2027-03-20T12:00").Adapts(new ResumeCycle()).RunsUntil("2027-03-21T12:00");
        cycle.Deadline(StageIds.CaseStudySelection).ShouldBe(("2027-03-27T17:00", 0));
        cycle.MessagesOf(StageIds.CaseStudySelection, Cast.Lead).ShouldBe(["ask lead 2027-03-01T10:00", "ask lead 2027-03-21T09:00"]);
    }

    [Fact]
    public void Paused_and_gone_on_within_a_day_changes_nothing()
    {
        var cycle = Chosen().Adapts(new PauseCycle()).TakesATurn().At("2027-03-03T15:00").Adapts(new ResumeCycle()).RunsUntil("2027-03-06T12:00");
        cycle.Deadline(StageIds.CaseStudySelection).ShouldBe(("2027-03-11T17:00", 0));
        cycle.MessagesOf(StageIds.CaseStudySelection, Cast.Lead).ShouldBe(["ask lead 2027-03-01T10:00", "ask lead 2027-03-05T09:00"]);
    }

    [Fact]
    public void The_coachs_working_days_wait_too()
    {
        var cycle = Held().RunsUntil("2027-05-20T12:00").Adapts(new PauseCycle()).RunsUntil("2027-06-20T12:00").Adapts(new ResumeCycle()).RunsUntil("2027-06-21T12:00");
        cycle.MessagesOf(StageIds.CoachingFollowUp).ShouldBe(["task coach 2027-05-19T10:00"]);
        cycle.RunsUntil("2027-06-29T12:00").MessagesOf(StageIds.CoachingFollowUp).ShouldContain("task coach 2027-06-28T09:00");
    }

    [Fact]
    public void While_a_session_is_to_come_it_is_moved_or_postponed_first()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensAttendance("2027-05-18T18:00").Adapts(new PauseCycle(), isPossible: false);
        cycle.RunsUntil("2027-05-18T19:00").Adapts(new PauseCycle(), isPossible: false);
        cycle.RunsUntil("2027-05-18T20:00").Adapts(new PauseCycle());
    }

    [Fact]
    public void What_has_fallen_is_taken_out_of_calendars_all_the_same()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensAttendance("2027-05-18T18:00").Replies(Cast.P1, true).TakesATurn().MailsGoOut();
        cycle.Adapts(new PostponeSession()).Adapts(new PauseCycle()).TakesATurn().MailsGoOut();
        cycle.Cycle.InCalendar(Cast.P1).ShouldBeNull();
        cycle.Cycle.InCalendar(Cast.F1).ShouldBeNull();
        cycle.Turn.Changes.OfType<Issued>().ShouldAllBe(issued => issued.Calendar!.IsCancelled);
    }

    [Fact]
    public void While_it_is_paused_it_can_only_go_on_or_stop()
    {
        var cycle = Chosen().Adapts(new PauseCycle());
        cycle.Adapts(new PauseCycle(), isPossible: false).Adapts(new SetCapacity(3), isPossible: false);
        cycle.Adapts(new EndCycle()).TakesATurn().HasEnded.ShouldBeTrue();
        Chosen().Adapts(new ResumeCycle(), isPossible: false);
    }

    [Fact]
    public void The_coordinator_sees_what_does_not_go_out_and_when_it_does_then()
    {
        var cycle = Chosen();
        var paused = AdaptationDiff.Of(cycle.Cycle, Adapting.Follows(cycle.Cycle, new PauseCycle(), Cast.Coordinator, cycle.Now)!, cycle.Now);
        paused.Messages.ShouldNotBeEmpty();
        paused.Messages.ShouldAllBe(change => change.Fate == MessageFate.Falls);
        cycle.Adapts(new PauseCycle()).RunsUntil("2027-03-13T12:00");
        var goesOn = AdaptationDiff.Of(cycle.Cycle, Adapting.Follows(cycle.Cycle, new ResumeCycle(), Cast.Coordinator, cycle.Now)!, cycle.Now);
        goesOn.Messages.Select(change => change.Fate).Distinct().ShouldBe([MessageFate.Comes]);
        goesOn.Deadlines.Count.ShouldBe(1);
        Adapting.Back(cycle.Cycle, new PauseCycle()).ShouldBe(new ResumeCycle());
    }

    /// <summary>On 3 March f1 has voted, lead and f2 have not.</summary>
    private static PlanDriver Chosen() => PlanDriver.KickedOff("2027-03-01T10:00").RunsUntil("2027-03-02T12:00").Votes(Cast.F1, 1).RunsUntil("2027-03-03T12:00");

    private static PlanDriver Held() => PlanDriver.KickedOff("2027-03-01T10:00").HoldsTheSession("2027-05-18T18:00", "2027-05-19T10:00", Cast.P1, Cast.P2);
}
