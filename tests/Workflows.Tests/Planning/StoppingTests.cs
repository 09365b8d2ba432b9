using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.WrapUp;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Planning;

/// <summary>A coordinator stops a community before its end.</summary>
public sealed class StoppingTests
{
    private const string Slot = "2027-05-18T18:00";

    [Fact]
    public void Whoever_has_heard_of_the_session_is_told_once_and_it_is_taken_out_of_calendars()
    {
        var cycle = Invited().Adapts(new EndCycle());
        cycle.TakesATurn().HasEnded.ShouldBeTrue();
        New(cycle).ShouldBe(["stopped coach", "stopped f1", "stopped f2", "stopped lead", "stopped p1", "stopped p3"], "p2 does not come");
        foreach (var person in (PersonId[])[Cast.Coach, Cast.F1, Cast.Lead, Cast.P1])
        {
            cycle.Cycle.IssuedTo(StageIds.WrapUp, person).Single().Calendar!.ShouldSatisfyAllConditions(entry => entry.IsCancelled.ShouldBeTrue(), entry => entry.Sequence.ShouldBe(1));
            cycle.Cycle.InCalendar(person).ShouldBeNull();
        }

        cycle.Cycle.IssuedTo(StageIds.WrapUp, Cast.P3).Single().Calendar.ShouldBeNull("p3 has not replied");
        cycle.MailsGoOut().At("2027-05-20T12:00").TakesATurn().Turn.Changes.ShouldBeEmpty();
        Planner.OpenStages(cycle.Cycle).ShouldBeEmpty();
    }

    [Fact]
    public void What_waits_to_be_sent_is_not_sent_and_whoever_had_nothing_hears_nothing()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").TakesATurn().Adapts(new EndCycle()).TakesATurn().MailsGoOut();
        cycle.Cycle.All<Issued>().ShouldAllBe(issued => issued.Withdrawn != null);
        cycle.HasEnded.ShouldBeTrue();
    }

    [Fact]
    public void What_people_tell_afterwards_changes_nothing()
    {
        var cycle = Invited().Adapts(new EndCycle()).TakesATurn().MailsGoOut().Replies(Cast.P3, true).Replies(Cast.P2, true).TakesATurn();
        cycle.Turn.Changes.ShouldBeEmpty();
        cycle.Cycle.InCalendar(Cast.P3).ShouldBeNull();
        cycle.Adapts(new MoveSession(cycle.Cycle.Session()!.LocalStart.PlusDays(7)), isPossible: false).Adapts(new EndCycle(), isPossible: false);
    }

    [Fact]
    public void After_the_session_those_who_are_asked_something_are_told_and_survey_answers_become_results()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").HoldsTheSession(Slot, "2027-05-19T10:00", Cast.P1, Cast.P2).RunsUntil("2027-05-20T12:00").AnswersTheSurvey(Cast.P1);
        cycle.Adapts(new EndCycle()).TakesATurn().HasEnded.ShouldBeTrue();
        cycle.Cycle.OutcomeOf<SurveyClosed>(StageIds.SurveyCollection).ShouldNotBeNull();
        New(cycle, "2027-05-20T12:00").ShouldBe(["stopped coach", "stopped p2"]);
        cycle.Cycle.InCalendar(Cast.F1).ShouldNotBeNull("the session was");
        cycle.MailsGoOut().At("2027-09-01T12:00").TakesATurn().Turn.Changes.ShouldBeEmpty();
    }

    [Fact]
    public void Certificates_that_were_promised_go_out_and_those_that_wait_for_the_accreditation_are_not_forgotten()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").IsAccredited().AsksForPreparation(PartnerTask.Accreditation, PersonId.From("partner"))
            .RunsUntil("2027-03-07T12:00").HoldsTheSession(Slot, "2027-05-18T21:00", Cast.P1).Adapts(new EndCycle(), isPossible: false);
        cycle.Prepares(PartnerTask.Accreditation, PersonId.From("partner")).TakesATurn().Adapts(new EndCycle()).TakesATurn();
        cycle.Cycle.IssuedTo(StageIds.Attendance, Cast.P1).ShouldContain(issued => issued.Key.Kind == AttendancePlan.Certificate && issued.At == cycle.Now);
        cycle.HasEnded.ShouldBeTrue();
    }

    [Fact]
    public void Where_a_service_keeps_the_calendars_it_ends_when_that_was_told()
    {
        var cycle = Invited();
        cycle.Tells(cycle.Cycle.KickOff with { Calendar = CalendarCarrier.Service }).TakesATurn().Tells([.. Told(cycle.Cycle)]).Adapts(new EndCycle()).TakesATurn();
        cycle.HasEnded.ShouldBeFalse();
        cycle.Cycle.All<EventWanted>().ShouldAllBe(wanted => wanted.IsCancelled);
        cycle.Tells([.. Told(cycle.Cycle)]).TakesATurn().HasEnded.ShouldBeTrue();
    }

    [Fact]
    public void The_coordinator_sees_for_whom_the_session_goes_out_of_the_calendar_and_who_gets_a_mail()
    {
        var cycle = Invited();
        var facts = Adapting.Follows(cycle.Cycle, new EndCycle(), Cast.Coordinator, cycle.Now)!;
        var diff = AdaptationDiff.Of(cycle.Cycle, facts, cycle.Now);
        diff.Messages.Where(change => change.Fate == MessageFate.GoesOut).ShouldAllBe(change => change.Key.Kind == WrapUpPlan.Stopped);
        diff.Messages.Count(change => change.Fate == MessageFate.GoesOut).ShouldBe(6);
        diff.Messages.ShouldAllBe(change => change.Fate == MessageFate.GoesOut || change.Fate == MessageFate.Falls);
        diff.Calendars.Select(change => change.Person.Value).Order(StringComparer.Ordinal).ShouldBe(["coach", "f1", "f2", "lead", "p1"]);
        diff.Calendars.ShouldAllBe(change => change.After == null);
        diff.Kept.ShouldBe(0);
    }

    private static IEnumerable<EventKept> Told(Snapshot cycle) => cycle.UntoldEvents().Select(wanted => new EventKept(wanted.Number, "event", wanted));

    private static IEnumerable<string> New(PlanDriver cycle, string since = "2027-04-01T12:00") =>
        cycle.Messages.Where(message => string.CompareOrdinal(message[(message.LastIndexOf(' ') + 1)..], since) >= 0).Select(message => message[..message.LastIndexOf(' ')]).Order(StringComparer.Ordinal);

    /// <summary>On 1 April p1 comes on 18 May, p2 does not, p3 is silent.</summary>
    private static PlanDriver Invited() =>
        PlanDriver.KickedOff("2027-03-01T10:00").OpensAttendance(Slot).RunsUntil("2027-03-20T12:00").Replies(Cast.P1, true).Replies(Cast.P2, false).RunsUntil("2027-04-01T12:00");
}
