using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Planning;

public sealed class RisksTests
{
    private const string Session = "2027-05-25T18:00";

    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00", participants: 9);

    [Fact]
    public void Of_eight_who_have_a_seat_six_will_come_and_with_seven_it_is_too_few()
    {
        Come(7).ShouldBe(["FewExpected 5 of 6"]);
        Come(8).ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_has_replied_yet_before_the_first_reminder()
    {
        _cycle.OpensAttendance(Session).SaysWhere("The hall").RunsUntil("2027-04-27T08:00");
        Now().ShouldBeEmpty();
        _cycle.RunsUntil("2027-04-27T09:00");
        Now().ShouldBe(["FewExpected 0 of 6"]);
    }

    [Fact]
    public void A_session_of_which_was_decided_that_it_goes_ahead_has_as_many_as_were_known()
    {
        Come(3);
        _cycle.RunsUntil("2027-05-12T12:00").DecidesToGo(GoDecision.Go).TakesATurn();
        Now().ShouldBeEmpty();
    }

    [Fact]
    public void A_session_that_has_started_is_at_no_risk()
    {
        Come(3);
        _cycle.At(Session);
        Now().ShouldBeEmpty();
    }

    [Fact]
    public void The_training_is_late_from_the_day_on_that_a_colleague_is_asked_in_someone_s_place()
    {
        _cycle.ChoosesTheCaseStudy().TakesATurn().Leads(Cast.F1).Trains(Cast.F1).RunsUntil("2027-03-22T16:59");
        Now().ShouldBeEmpty();
        _cycle.RunsUntil("2027-03-22T17:00");
        Now().ShouldBe(["TrainingLate 1 of 2"]);
        _cycle.Leads(Cast.F2).Trains(Cast.F2).TakesATurn();
        Now().ShouldBeEmpty();
    }

    [Fact]
    public void A_session_without_a_place_is_at_risk_when_the_headcount_goes_out()
    {
        var cycle = _cycle.OpensAttendance(Session).RunsUntil("2027-05-11T08:59");
        Kinds().ShouldNotContain(RiskKind.NoPlace);
        cycle.At("2027-05-11T09:00");
        Kinds().ShouldContain(RiskKind.NoPlace);
        cycle.SaysWhere("The hall").TakesATurn();
        Kinds().ShouldNotContain(RiskKind.NoPlace);
    }

    [Fact]
    public void Mail_that_came_back_counts_by_person_until_the_address_is_corrected()
    {
        _cycle.Bounces(Cast.Lead, Cast.F1).RunsUntil("2027-03-06T10:00");
        Now().ShouldBe(["MailCameBack 2 of 0"]);
        _cycle.Tells(new AddressCorrected(1, Cast.F1, 1, Cast.Coordinator, _cycle.Now));
        Now().ShouldBe(["MailCameBack 1 of 0"]);
    }

    [Fact]
    public void Mail_that_arrived_later_is_no_risk_and_that_came_back_after_it_is_one()
    {
        var (lead, now) = (new MessageKey("riverbend", "wrap-up", "results", Cast.Lead, "r1"), _cycle.Now);
        var later = now + NodaTime.Duration.FromDays(1);
        _cycle.Tells(new Issued(lead, now, Bounced: now), new Issued(lead with { Occasion = "r2" }, later, Accepted: later));
        Now().ShouldBeEmpty();
        _cycle.Tells(new Issued(lead, now, Accepted: now), new Issued(lead with { Occasion = "r2" }, later, Bounced: later)).At(later);
        Now().ShouldBe(["MailCameBack 1 of 0"]);
    }

    [Fact]
    public void Nothing_is_at_risk_any_more_at_the_end()
    {
        _cycle.Bounces(Cast.P1).OpensAttendance(Session).RunsUntil("2027-05-01T12:00");
        Now().ShouldNotBeEmpty();
        _cycle.Tells(new CycleEnded(StageIds.WrapUp, 1, _cycle.Now), new StageOpened(StageIds.WrapUp, 1, _cycle.Now));
        Now().ShouldBeEmpty();
    }

    private List<string> Come(int people)
    {
        _cycle.OpensAttendance(Session).SaysWhere("The hall");
        foreach (var number in Enumerable.Range(1, people))
        {
            _cycle.Replies(Cast.Participant(number), comes: true);
        }

        _cycle.RunsUntil("2027-04-28T12:00");
        return Now();
    }

    private IEnumerable<RiskKind> Kinds() => Risks.Of(_cycle.Cycle).Where(risk => risk.IsAt(_cycle.Now)).Select(risk => risk.Kind);

    private List<string> Now() =>
        [.. Risks.Of(_cycle.Cycle).Where(risk => risk.IsAt(_cycle.Now)).Select(risk => $"{risk.Kind} {risk.Count} of {risk.Of}")];
}
