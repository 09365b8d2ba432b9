using Cohesion.Workflows.Asks;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Asks;

public sealed class OpenAskTests
{
    private const string Session = "2027-05-11T18:00";

    /// <summary>Kinds of message that ask for nothing: nobody is named as asked because of one.</summary>
    private static readonly string[] Telling =
    [
        "preparation/missing", "case-study-selection/chosen", "case-study-selection/started", "case-study-selection/deadline-moved", "case-study-selection/replaced",
        "scheduling/fixed", "scheduling/cancelled", "scheduling/place", "scheduling/event-gone", "scheduling/event-failing", "scheduling/declined",
        "scheduling/deadline-moved",
        "attendance/seat", "attendance/waiting", "attendance/moved-up", "attendance/nudge", "attendance/headcount", "attendance/postponed",
        "attendance/prepare", "attendance/cancelled", "attendance/place", "attendance/certificate", "attendance/certificate-reissued",
        "attendance/moved",
        "survey-collection/deadline-moved", "coaching-follow-up/deadline-moved", "wrap-up/results", "wrap-up/coaching",
            "wrap-up/stopped",
    ];

    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00");

    [Fact]
    public void Every_kind_of_message_asks_or_tells() => CommunityCycle.Stages
        .SelectMany(stage => stage.Plan.Kinds.Select(kind => new AskKind(stage.Id, kind)))
        .Except(AskKind.All)
        .Select(kind => $"{kind.Stage}/{kind.Kind}")
        .ShouldBe(Telling, ignoreOrder: true);

    [Fact]
    public void Every_ask_has_words_for_those_who_look_on_and_what_can_be_recorded_for_both()
    {
        AskKind.All.ShouldAllBe(ask => AskWords.Of(ask, null, default, PlanDriver.Vancouver) != null);
        AskedOf.All.ShouldAllBe(asked => AskWords.ToThem(asked.For, null, default, PlanDriver.Vancouver) != null && AskWords.InAWord(asked.For) != null);
    }

    [Fact]
    public void Who_has_done_it_is_asked_no_more()
    {
        Asked(_cycle.TakesATurn()).ShouldBe(["lead ask", "f1 ask", "f2 ask"], ignoreOrder: true);
        Asked(_cycle.Votes(Cast.F1, 1).TakesATurn()).ShouldBe(["lead ask", "f2 ask"], ignoreOrder: true);
    }

    [Fact]
    public void Between_two_asks_nobody_is_named_and_the_session_is_what_comes_next()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", change: policy => policy with { Attendance = policy.Attendance with { Minimum = 0 } });
        cycle.OpensAttendance(Session).SaysWhere("The hall").RunsUntil("2027-05-01T12:00");
        Asked(cycle).ShouldBeEmpty();
        WhatIsNext.Of(cycle.Turn, cycle.Now).Later.ShouldBe(new NextStep(StageIds.Attendance, "", cycle.Cycle.Session()!.Starts));
    }

    [Fact]
    public void Who_is_to_be_asked_in_90_days_is_not_named_before()
    {
        _cycle.HoldsTheSession(Session, "2027-05-12T08:00", Cast.P1).Commits(Cast.P1).RunsUntil("2027-06-15T12:00");
        Asked(_cycle).ShouldNotContain(ask => ask.StartsWith("p1", StringComparison.Ordinal));
        Asked(_cycle.RunsUntil("2027-08-11T12:00")).ShouldContain("p1 commitment");
    }

    [Fact]
    public void A_deadline_is_the_one_that_people_were_told()
    {
        var ask = OpenAsk.Of(_cycle.TakesATurn().Turn, _cycle.Now)[0];
        ask.By.ShouldBe(_cycle.Cycle.Deadline(StageIds.CaseStudySelection));
        AskWords.Of(ask.For, ask.By, _cycle.Now, PlanDriver.Vancouver).ShouldBe("the lead and the facilitators choose the case, by Thu 11 Mar, 5:00 pm");
        AskWords.Of(ask.For, ask.By, ask.By!.Value + Duration.FromMinutes(1), PlanDriver.Vancouver).ShouldBe("the lead and the facilitators choose the case");
    }

    /// <summary>"f1 ask": who, and the kind of what they are asked.</summary>
    private static IEnumerable<string> Asked(PlanDriver cycle) => OpenAsk.Of(cycle.Turn, cycle.Now).Select(ask => $"{ask.Person} {ask.For.Kind}");
}
