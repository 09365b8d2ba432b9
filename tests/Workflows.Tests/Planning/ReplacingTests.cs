using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Planning;

/// <summary>Somebody takes another's place in a community that runs.</summary>
public sealed class ReplacingTests
{
    private const string Slot = "2027-05-18T18:00";

    private static readonly PersonId New = PersonId.From("new");

    [Fact]
    public void A_vote_of_who_was_replaced_counts_no_more_and_who_joins_is_asked_for_theirs()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").RunsUntil("2027-03-02T12:00").Votes(Cast.F1, 1).Votes(Cast.F2, 1).Votes(Cast.Lead, 3);
        cycle.Adapts(new ReplaceMember(Role.DivisionLead, Cast.Lead, New)).RunsUntil("2027-03-03T12:00");
        cycle.Cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection).ShouldBeNull();
        Since(cycle, "2027-03-02T12:00").ShouldBe(["ask new", "replaced lead"]);
        cycle.Votes(New, 2).TakesATurn().Cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection)!.CaseStudy.ShouldBe(cycle.Cycle.KickOff.CaseStudies[0].Id);
    }

    [Fact]
    public void Who_has_the_session_in_their_calendar_is_told_in_the_mail_that_takes_it_out_and_who_joins_gets_it()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensAttendance(Slot).RunsUntil("2027-04-01T12:00");
        cycle.Adapts(new ReplaceMember(Role.Coach, Cast.Coach, New)).RunsUntil("2027-04-02T12:00");
        Since(cycle, "2027-04-01T12:00").ShouldBe(["cancelled coach", "fixed new"]);
        cycle.Cycle.InCalendar(Cast.Coach).ShouldBeNull();
        cycle.Cycle.InCalendar(New).ShouldNotBeNull();
        cycle.RunsUntil("2027-05-17T12:00").Cycle.IssuedTo(Cast.Coach).Count().ShouldBe(3, "asked for dates, told of the date, told of the other");
    }

    [Fact]
    public void Who_takes_their_place_again_is_asked_again()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").RunsUntil("2027-03-02T12:00");
        var replace = new ReplaceMember(Role.Facilitator, Cast.F2, New);
        var back = Adapting.Back(cycle.Cycle, replace)!;
        cycle.Adapts(replace).RunsUntil("2027-03-03T12:00").Adapts(back).RunsUntil("2027-03-04T12:00");
        cycle.Cycle.Members(Role.Facilitator).ShouldBe([Cast.F1, Cast.F2]);
        cycle.MessagesOf(StageIds.CaseStudySelection, Cast.F2).ShouldBe(["ask f2 2027-03-01T10:00", "replaced f2 2027-03-02T12:00", "ask f2 2027-03-03T12:00"]);
        cycle.MessagesOf(StageIds.CaseStudySelection, New).ShouldBe(["ask new 2027-03-02T12:00", "replaced new 2027-03-03T12:00"]);
    }

    [Fact]
    public void A_facilitator_who_said_that_they_lead_does_not_any_more()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").OpensScheduling();
        cycle.Adapts(new ReplaceMember(Role.Facilitator, Cast.F1, New)).RunsUntil("2027-03-02T12:00");
        cycle.Cycle.Leading().ShouldBe([Cast.F2]);
        cycle.MessagesOf(StageIds.FacilitatorTraining, New).ShouldNotBeEmpty();
        cycle.Leads(New).Trains(New, Cast.F2).TakesATurn().Cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)!.Facilitators.ShouldBe([Cast.F2, New]);
    }

    [Fact]
    public void The_coachs_tasks_go_to_the_other_and_are_on_one_board()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").HoldsTheSession(Slot, "2027-05-19T10:00", Cast.P1).RunsUntil("2027-05-20T12:00");
        cycle.Tells(cycle.Cycle.KickOff with { CoachPhone = "604 555 0177" }).Adapts(new ReplaceMember(Role.Coach, Cast.Coach, New)).RunsUntil("2027-05-21T12:00");
        Since(cycle, "2027-05-20T12:00").ShouldBe(["replaced coach", "task new"]);
        CoachBoard.RowsOf(cycle.Cycle, 1).Single(row => row.Coach == Cast.Coach).Tasks.ShouldBeEmpty();
        CoachBoard.RowsOf(cycle.Cycle, 1).Single(row => row.Coach == New).Tasks.ShouldHaveSingleItem();
        cycle.Cycle.CoachPhone().ShouldBeNull("it was the other's");
    }

    [Fact]
    public void Only_who_has_a_place_leaves_it_and_only_who_has_none_joins()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").TakesATurn();
        cycle.Adapts(new ReplaceMember(Role.Coach, Cast.F1, New), isPossible: false).Adapts(new ReplaceMember(Role.Facilitator, Cast.F1, Cast.F2), isPossible: false);
        cycle.Adapts(new ReplaceMember(Role.Coordinator, Cast.Coordinator, New), isPossible: false).Adapts(new ReplaceMember(Role.Coach, Cast.Coach, Cast.Coach), isPossible: false);
    }

    private static IEnumerable<string> Since(PlanDriver cycle, string since) => cycle.Messages
        .Where(message => string.CompareOrdinal(message[(message.LastIndexOf(' ') + 1)..], since) >= 0)
        .Select(message => message[..message.LastIndexOf(' ')])
        .Where(message => !message.Contains("venue", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
