using Cohesion.Workflows.Asks;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Asks;

public sealed class BoardEntriesTests
{
    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00");

    [Fact]
    public void It_waits_for_so_many_of_each_role_since_the_first_was_asked()
    {
        var asked = _cycle.TakesATurn().Cycle.All<Issued>().Min(issued => issued.At);
        Entry().Waiting.ShouldBe([new Waited(Role.DivisionLead, 1), new Waited(Role.Facilitator, 2)]);
        Entry().Since.ShouldBe(asked);
        _cycle.RunsUntil("2027-03-06T10:00");
        Entry().Since.ShouldBe(asked, "A reminder asks nothing new.");
        _cycle.Votes(Cast.F1, 1).TakesATurn();
        Entry().Waiting.ShouldBe([new Waited(Role.DivisionLead, 1), new Waited(Role.Facilitator, 1)]);
    }

    [Fact]
    public void A_round_that_opens_anew_asks_anew()
    {
        _cycle.OpensAttendance("2027-05-11T18:00").RunsUntil("2027-04-28T12:00").DecidesToGo(GoDecision.Postpone).TakesATurn();
        Entry().Session.ShouldBeNull();
        Entry().Stages.Count(one => one.Stage == StageIds.Scheduling).ShouldBe(2);
        Entry().Since.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(_cycle.Cycle.RoundOf(StageIds.Scheduling)!.At);
    }

    [Fact]
    public void Its_stages_have_a_beginning_and_those_that_are_closed_an_end()
    {
        _cycle.OpensAttendance("2027-05-11T18:00");
        Entry().Session.ShouldBe(new NodaTime.LocalDateTime(2027, 5, 11, 18, 0));
        Entry().Stages.Select(one => (one.Stage, one.To is null)).ShouldBe(
        [
            (StageIds.CaseStudySelection, false), (StageIds.FacilitatorTraining, false), (StageIds.Scheduling, false), (StageIds.Attendance, true),
        ]);
    }

    [Fact]
    public void A_round_that_came_to_nothing_ends_where_the_next_one_opens()
    {
        _cycle.OpensScheduling().TakesATurn();
        var opened = _cycle.Cycle.RoundOf(StageIds.Scheduling)!;
        var next = opened with { Round = 2, At = opened.At + NodaTime.Duration.FromDays(3) };
        _cycle.Tells(next);
        Entry().Stages.Where(one => one.Stage == StageIds.Scheduling).Select(one => one.To).ShouldBe([next.At, null]);
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var entry = BoardEntries.Of(_cycle.Bounces(Cast.Lead).RunsUntil("2027-03-06T10:00").Planned(), _cycle.Now);
        Json.Write(Json.Read<BoardEntry>(Json.Write(entry))).ShouldBe(Json.Write(entry));
    }

    private BoardEntry Entry() => BoardEntries.Of(_cycle.Planned(), _cycle.Now);
}
