using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Stages.Attendance;

public sealed class TheDayTests
{
    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensAttendance("2027-05-18T18:00");

    [Fact]
    public void Who_walks_in_is_not_invited_and_gets_the_survey()
    {
        var late = Cast.Participant(9);
        _cycle.RunsUntil("2027-05-18T17:30").WalksIn(late).RunsUntil("2027-05-18T22:30").ConfirmsTheList(Cast.P1, late).RunsUntil("2027-05-19T12:00");
        _cycle.MessagesOf(StageIds.Attendance, late).ShouldBeEmpty();
        _cycle.MessagesOf(StageIds.SurveyCollection, late).ShouldBe(["ask p9 2027-05-18T22:30"]);
    }

    [Fact]
    public void Who_walks_in_while_replies_are_open_is_not_invited_either()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensScheduling().FixesTheDate("2027-05-18T18:00").RunsUntil("2027-05-17T12:00");
        cycle.Trains(Cast.F1, Cast.F2).RunsUntil("2027-05-18T17:30").WalksIn(Cast.Participant(9)).RunsUntil("2027-05-18T18:30");
        cycle.MessagesOf(StageIds.Attendance, Cast.Participant(9)).ShouldBeEmpty();
    }

    [Fact]
    public void A_corrected_list_counts_and_the_survey_follows_it()
    {
        _cycle.RunsUntil("2027-05-18T22:30").ConfirmsTheList(Cast.P1, Cast.P2).RunsUntil("2027-05-20T12:00");
        _cycle.CorrectsTheList(Cast.P1, Cast.P3).RunsUntil("2027-05-26T12:00");
        _cycle.Cycle.Attendees().ShouldBe([Cast.P1, Cast.P3]);
        _cycle.Occasions(StageIds.SurveyCollection, "ask", Cast.P1).ShouldBe(["r1-ask", "r1-reminder-1", "r1-reminder-2"]);
        _cycle.Occasions(StageIds.SurveyCollection, "ask", Cast.P2).ShouldBe(["r1-ask"]);
        _cycle.Occasions(StageIds.SurveyCollection, "ask", Cast.P3).ShouldBe(["r1-ask", "r1-reminder-1"]);
    }

    [Fact]
    public void The_newest_of_several_corrections_counts()
    {
        _cycle.RunsUntil("2027-05-18T22:30").ConfirmsTheList(Cast.P1).TakesATurn().CorrectsTheList(Cast.P2).CorrectsTheList(Cast.P1, Cast.P3).TakesATurn();
        _cycle.Cycle.Attendees().ShouldBe([Cast.P1, Cast.P3]);
        _cycle.Cycle.OutcomeOf<AttendanceConfirmed>(StageIds.Attendance).ShouldNotBeNull();
    }
}
