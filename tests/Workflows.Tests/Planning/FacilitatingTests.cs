using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Planning;

/// <summary>Facilitators come and go in a community that runs, until the session begins.</summary>
public sealed class FacilitatingTests
{
    private const string Slot = "2027-05-18T18:00";

    private static readonly PersonId New = PersonId.From("new");

    [Fact]
    public void Who_is_added_after_the_training_is_asked_as_the_others_were_and_nothing_waits_for_them()
    {
        var cycle = Trained().Adapts(new AddFacilitator(New)).RunsUntil("2027-04-20T12:00");
        Since(cycle, "2027-04-01T12:00").Where(message => !message.Contains(" p", StringComparison.Ordinal)).ShouldBe(["ask new", "ask new", "ask new", "ask new"]);
        cycle.Cycle.ReadyBy(New).ShouldBe(new NodaTime.LocalDate(2027, 4, 22));
        cycle.Cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)!.Facilitators.ShouldBe([Cast.F1, Cast.F2]);
        cycle.Leads(New).TakesATurn().Cycle.IsExpected(New).ShouldBeTrue();
        cycle.Cycle.IsTrainingOver(New, cycle.Now).ShouldBeFalse();
        cycle.Trains(New).TakesATurn().Turn.WaitingFor.ShouldNotContain(New);
        cycle.Cycle.IsTrainingOver(New, cycle.Now).ShouldBeTrue("the session counts on them");
        cycle.Cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)!.Facilitators.ShouldBe([Cast.F1, Cast.F2, New]);
        cycle.Cycle.InCalendar(New).ShouldNotBeNull();
        cycle.MailsGoOut().At("2027-05-12T12:00").TakesATurn().Turn.WaitingFor.ShouldNotContain(New);
    }

    [Fact]
    public void Nobody_is_asked_to_lead_a_session_that_has_begun()
    {
        var cycle = Trained().RunsUntil("2027-05-16T12:00").Adapts(new AddFacilitator(New)).RunsUntil("2027-05-16T13:00");
        cycle.Cycle.ReadyBy(New).ShouldBe(new NodaTime.LocalDate(2027, 5, 17));
        cycle.RunsUntil("2027-05-18T19:00").Turn.WaitingFor.ShouldNotContain(New);
        cycle.MessagesOf(StageIds.FacilitatorTraining, New).Count.ShouldBe(1);
        cycle.Cycle.IsTrainingOver(New, cycle.Now).ShouldBeTrue();
        cycle.Adapts(new AddFacilitator(Cast.F3), isPossible: false).Adapts(new RemoveFacilitator(New), isPossible: false)
            .Adapts(new ReplaceMember(Role.Facilitator, Cast.F1, Cast.F3), isPossible: false);
    }

    [Fact]
    public void Who_is_taken_off_is_told_once_and_the_session_goes_out_of_their_calendar()
    {
        var cycle = Trained().Adapts(new AddFacilitator(New, IsTrained: true)).TakesATurn().Discloses(New).RunsUntil("2027-04-02T12:00");
        cycle.Adapts(new RemoveFacilitator(Cast.F2)).RunsUntil("2027-04-03T12:00");
        Since(cycle, "2027-04-02T12:00").ShouldBe(["cancelled f2"]);
        cycle.Cycle.InCalendar(Cast.F2).ShouldBeNull();
        Replacing.IsReplaced(cycle.Cycle, Cast.F2).ShouldBeFalse();
        cycle.Cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)!.Facilitators.ShouldBe([Cast.F1, New]);
        cycle.Adapts(new RemoveFacilitator(New), isPossible: false);
        cycle.Adapts(Adapting.Back(cycle.Cycle, new RemoveFacilitator(Cast.F2))!).RunsUntil("2027-04-04T12:00");
        Since(cycle, "2027-04-03T12:00").ShouldBe(["fixed f2"], "what they had told stands");
    }

    [Fact]
    public void Who_has_heard_nothing_yet_hears_nothing_and_what_waits_for_them_is_withdrawn()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", facilitators: 3).TakesATurn().Adapts(new RemoveFacilitator(Cast.F3)).TakesATurn().MailsGoOut();
        cycle.Cycle.IssuedTo(Cast.F3).Single().Withdrawn.ShouldNotBeNull();
        cycle.Turn.WaitingFor.ShouldBe([Cast.Lead, Cast.F1, Cast.F2], ignoreOrder: true);
    }

    [Fact]
    public void Not_so_many_are_taken_off_that_too_few_are_left_but_who_declined_is_none_of_them()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", facilitators: 3).Adapts(new RemoveFacilitator(Cast.F3)).ChoosesTheCaseStudy();
        cycle.Adapts(new RemoveFacilitator(Cast.F2), isPossible: false).At("2027-03-02T10:00").Declines(Cast.F2).Adapts(new RemoveFacilitator(Cast.F2));
        var reserved = PlanDriver.KickedOff("2027-03-01T10:00");
        reserved.Tells(new Reserve(1, New, reserved.Now)).ChoosesTheCaseStudy().Adapts(new RemoveFacilitator(Cast.F1)).RunsUntil("2027-03-02T12:00").Cycle.Members(Role.Facilitator)
            .ShouldBe([Cast.F2, New], "the reserve is asked");
    }

    [Fact]
    public void A_reserve_who_was_taken_off_is_not_asked_again()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00");
        cycle.Tells(new Reserve(1, New, cycle.Now)).ChoosesTheCaseStudy().At("2027-03-02T10:00").Declines(Cast.F2).TakesATurn().MailsGoOut();
        cycle.At("2027-03-02T11:00").Adapts(new ReplaceMember(Role.Facilitator, New, Cast.F3)).RunsUntil("2027-03-03T12:00").Declines(Cast.F3).RunsUntil("2027-03-04T12:00");
        cycle.Cycle.Members(Role.Facilitator).ShouldNotContain(New);
        cycle.MessagesOf(StageIds.FacilitatorTraining, Cast.Coordinator).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_facilitator_who_falls_ill_before_the_session_is_replaced_and_the_training_opens_again_where_too_few_have_trained()
    {
        var cycle = Trained().RunsUntil("2027-05-11T12:00").Adapts(new ReplaceMember(Role.Facilitator, Cast.F2, New)).RunsUntil("2027-05-11T13:00");
        Since(cycle, "2027-05-11T12:00").ShouldBe(["ask new", "cancelled f2"], "f1 has trained");
        cycle.Cycle.OutcomeOf<Outcome>(StageIds.FacilitatorTraining).ShouldBeNull();
        Risks.Of(cycle.Cycle).ShouldContain(risk => risk.Kind == RiskKind.TrainingLate && risk.From <= cycle.Now && risk.Count == 1);
        cycle.Leads(New).Trains(New).RunsUntil("2027-05-11T14:00").Cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)!.Facilitators.ShouldBe([Cast.F1, New]);
        cycle.Cycle.InCalendar(New).ShouldNotBeNull();
        cycle.Cycle.Session()!.LocalStart.ShouldBe(new NodaTime.LocalDateTime(2027, 5, 18, 18, 0));
        Planner.OpenStages(cycle.Cycle).ShouldBe([StageIds.Attendance]);
    }

    [Fact]
    public void Who_the_coordinator_vouches_for_is_asked_for_the_disclosure_alone_and_is_not_paid_for_training()
    {
        var cycle = Trained().RunsUntil("2027-05-11T12:00").Adapts(new ReplaceMember(Role.Facilitator, Cast.F2, New, IsTrained: true)).RunsUntil("2027-05-11T13:00");
        Since(cycle, "2027-05-11T12:00").ShouldBe(["ask new", "cancelled f2", "fixed new"]);
        cycle.Cycle.HasDoneModule(New).ShouldBeTrue();
        cycle.Discloses(New).RunsUntil("2027-05-12T12:00").Cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)!.Facilitators.ShouldBe([Cast.F1, New]);
        cycle.RunsUntil("2027-05-19T10:00").ConfirmsTheList(Cast.P1).TakesATurn();
        cycle.Cycle.PaidWork().Single(work => work.Person == New).TrainingMinutes.ShouldBe(0);
        cycle.Cycle.PaidWork().Single(work => work.Person == Cast.F1).TrainingMinutes.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_session_whose_people_were_invited_begins_with_those_who_have_trained()
    {
        var cycle = Trained().RunsUntil("2027-05-11T12:00").Adapts(new ReplaceMember(Role.Facilitator, Cast.F2, New)).RunsUntil("2027-05-18T18:00");
        cycle.Cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)!.Facilitators.ShouldBe([Cast.F1]);
        cycle.Cycle.RoundOf(StageIds.Scheduling)!.Round.ShouldBe(1, "the date stands");
        cycle.RunsUntil("2027-05-19T10:00").ConfirmsTheList(Cast.P1).RunsUntil("2027-12-19T10:00").HasEnded.ShouldBeTrue();
        Planner.OpenStages(cycle.Cycle).ShouldNotContain(StageIds.FacilitatorTraining);
    }

    [Fact]
    public void To_the_new_date_of_a_postponed_session_nobody_is_invited_before_enough_have_trained()
    {
        const string later = "2027-07-06T18:00";
        var cycle = Trained().Adapts(new PostponeSession()).TakesATurn().Adapts(new ReplaceMember(Role.Facilitator, Cast.F2, New)).TakesATurn();
        cycle.RunsUntil("2027-04-02T10:00").Proposes(later).Marks(Cast.F1, later).RunsUntil("2027-04-14T12:00");
        cycle.Cycle.Session().ShouldNotBeNull();
        cycle.Cycle.RoundOf(StageIds.Attendance)!.Round.ShouldBe(1);
        cycle.Leads(New).Trains(New).TakesATurn().Cycle.RoundOf(StageIds.Attendance)!.Round.ShouldBe(2);
    }

    [Fact]
    public void Taken_back_it_is_as_before()
    {
        var cycle = Trained().RunsUntil("2027-05-11T12:00");
        var replace = new ReplaceMember(Role.Facilitator, Cast.F2, New, IsTrained: true);
        var back = Adapting.Back(cycle.Cycle, replace)!;
        cycle.Adapts(replace).RunsUntil("2027-05-11T13:00").Adapts(back).RunsUntil("2027-05-12T12:00");
        cycle.Cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)!.Facilitators.ShouldBe([Cast.F1, Cast.F2]);
        Since(cycle, "2027-05-11T13:00").ShouldBe(["cancelled new", "fixed f2"]);
    }

    [Fact]
    public void Who_was_vouched_for_and_is_put_in_again_without_it_is_asked_to_train()
    {
        var cycle = Trained().Adapts(new AddFacilitator(New, IsTrained: true)).TakesATurn().Discloses(New).RunsUntil("2027-04-02T12:00");
        cycle.Adapts(new RemoveFacilitator(New)).RunsUntil("2027-04-03T12:00").Adapts(new AddFacilitator(New)).RunsUntil("2027-04-04T12:00");
        cycle.Cycle.Trained().ShouldBe([Cast.F1, Cast.F2]);
        Since(cycle, "2027-04-03T12:00").ShouldContain("ask new");
    }

    [Fact]
    public void Taking_off_who_was_vouched_for_is_taken_back_with_the_word_for_them()
    {
        var cycle = Trained().Adapts(new AddFacilitator(New, IsTrained: true)).TakesATurn().Discloses(New).RunsUntil("2027-04-02T12:00");
        foreach (var leaves in (Adaptation[])[new RemoveFacilitator(New), new ReplaceMember(Role.Facilitator, New, Cast.F3)])
        {
            var back = Adapting.Back(cycle.Cycle, leaves)!;
            cycle.Adapts(leaves).TakesATurn().At(cycle.Now + NodaTime.Duration.FromDays(1)).Adapts(back).TakesATurn().At(cycle.Now + NodaTime.Duration.FromDays(1));
            cycle.Cycle.Trained().ShouldBe([Cast.F1, Cast.F2, New]);
        }
    }

    [Fact]
    public void Only_who_has_no_place_is_added_and_nobody_vouches_before_there_is_a_training()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").TakesATurn();
        cycle.Adapts(new AddFacilitator(Cast.F1), isPossible: false).Adapts(new AddFacilitator(New, IsTrained: true), isPossible: false);
        cycle.Adapts(new ReplaceMember(Role.Facilitator, Cast.F1, New, IsTrained: true), isPossible: false).Adapts(new RemoveFacilitator(New), isPossible: false);
        cycle.ChoosesTheCaseStudy().Adapts(new ReplaceMember(Role.Coach, Cast.Coach, New, IsTrained: true), isPossible: false);
    }

    /// <summary>On 1 April f1 and f2 have trained, and people are invited to 18 May.</summary>
    private static PlanDriver Trained() => PlanDriver.KickedOff("2027-03-01T10:00", participants: 1).OpensAttendance(Slot).RunsUntil("2027-04-01T12:00");

    private static IEnumerable<string> Since(PlanDriver cycle, string since) => cycle.Messages
        .Where(message => string.CompareOrdinal(message[(message.LastIndexOf(' ') + 1)..], since) >= 0)
        .Select(message => message[..message.LastIndexOf(' ')])
        .Where(message => !message.Contains("venue", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
