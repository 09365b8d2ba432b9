using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Planning;

/// <summary>A stage opens again before the session: what people have told stands, and only the others are asked.</summary>
public sealed class GoingBackTests
{
    private const string Slot = "2027-05-18T18:00";

    private static readonly GoBack ToTheCase = new(StageIds.CaseStudySelection);
    private static readonly GoBack ToTheTraining = new(StageIds.FacilitatorTraining);

    [Fact]
    public void Back_to_the_case_only_who_has_not_voted_is_asked_and_nobody_is_invited_before_it_is_chosen()
    {
        var cycle = Chosen().Adapts(ToTheCase).RunsUntil("2027-03-13T12:00");
        cycle.MessagesOf(StageIds.CaseStudySelection).Where(message => message.EndsWith("2027-03-12T12:00", StringComparison.Ordinal)).ShouldBe(["ask f2 2027-03-12T12:00", "ask lead 2027-03-12T12:00"]);
        cycle.Cycle.ChosenCase().ShouldBe(cycle.Cycle.KickOff.CaseStudies[0].Title, "it stands meanwhile");
        cycle.Cycle.IsChosenAgain().ShouldBeTrue();
        cycle.Leads(Cast.F1, Cast.F2).TakesATurn().FixesTheDate(Slot).Trains(Cast.F1, Cast.F2).TakesATurn();
        cycle.Cycle.RoundOf(StageIds.Attendance).ShouldBeNull();
        cycle.Votes(Cast.F2, 3).Votes(Cast.Lead, 3).TakesATurn().Cycle.ChosenCase().ShouldBe(cycle.Cycle.KickOff.CaseStudies[2].Title);
        cycle.Cycle.IsChosenAgain().ShouldBeFalse();
        cycle.Cycle.RoundOf(StageIds.Attendance).ShouldNotBeNull();
    }

    [Fact]
    public void Taken_back_the_case_before_stands()
    {
        var cycle = Chosen();
        var back = Adapting.Back(cycle.Cycle, ToTheCase)!;
        cycle.Adapts(ToTheCase).RunsUntil("2027-03-13T12:00").Adapts(back).RunsUntil("2027-03-14T12:00");
        cycle.Cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection)!.CaseStudy.ShouldBe(cycle.Cycle.KickOff.CaseStudies[0].Id);
        cycle.Turn.WaitingFor.ShouldNotContain(Cast.Lead);
    }

    [Fact]
    public void Where_all_have_voted_or_people_were_invited_the_case_is_not_gone_back_to()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").TakesATurn();
        GoingBack.WhyNot(cycle.Cycle, StageIds.CaseStudySelection, cycle.Now).ShouldBe(NoWayBack.NotClosed);
        cycle.OpensScheduling();
        GoingBack.WhyNot(cycle.Cycle, StageIds.CaseStudySelection, cycle.Now).ShouldBe(NoWayBack.NothingLeftToAsk);
        cycle.FixesTheDate(Slot).Trains(Cast.F1, Cast.F2).TakesATurn();
        GoingBack.WhyNot(cycle.Cycle, StageIds.CaseStudySelection, cycle.Now).ShouldBe(NoWayBack.TooLate);
        GoingBack.WhyNot(cycle.Cycle, StageIds.Scheduling, cycle.Now).ShouldBe(NoWayBack.NotClosed, "a session is postponed");
        cycle.Adapts(ToTheCase, isPossible: false);
    }

    [Fact]
    public void Back_to_the_training_who_has_not_trained_is_asked_where_more_are_needed()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", facilitators: 3).OpensAttendance(Slot).RunsUntil("2027-04-01T12:00");
        GoingBack.WhyNot(cycle.Cycle, StageIds.FacilitatorTraining, cycle.Now).ShouldBe(NoWayBack.NothingLeftToAsk);
        cycle.Adapts(new SetPolicy("facilitatorTraining.enough", "3")).Adapts(ToTheTraining).RunsUntil("2027-04-02T12:00");
        cycle.MessagesOf(StageIds.FacilitatorTraining).Where(message => string.CompareOrdinal(message[(message.LastIndexOf(' ') + 1)..], "2027-04") > 0).ShouldBe(["ask f3 2027-04-01T12:00"]);
        cycle.Leads(Cast.F3).Trains(Cast.F3).TakesATurn().Cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)!.Facilitators.ShouldBe([Cast.F1, Cast.F2, Cast.F3]);
        Adapting.Back(cycle.Cycle, ToTheTraining).ShouldBeNull();
    }

    [Fact]
    public void After_the_session_nothing_is_gone_back_to()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", facilitators: 3).OpensAttendance(Slot).Adapts(new SetPolicy("facilitatorTraining.enough", "3")).RunsUntil("2027-05-18T18:00");
        GoingBack.WhyNot(cycle.Cycle, StageIds.FacilitatorTraining, cycle.Now).ShouldBe(NoWayBack.TooLate);
    }

    /// <summary>On 12 March f1's vote has chosen the first case; f2 and the lead were silent.</summary>
    private static PlanDriver Chosen() => PlanDriver.KickedOff("2027-03-01T10:00").RunsUntil("2027-03-02T12:00").Votes(Cast.F1, 1).RunsUntil("2027-03-12T12:00");
}
