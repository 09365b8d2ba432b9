using System.Collections.Immutable;
using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>Facilitators come and go after the training, and a stage is gone back to: on the page on which a community is changed.</summary>
public sealed class FacilitatorsTests : BeforeASession
{
    private const string Name = "Name them, and see what changes";
    private const string Do = "Change it";

    private Browser Desk => Coordinator.Browser;

    [Fact]
    public async Task Who_is_added_after_the_training_is_asked_on_a_page_that_takes_their_answer_and_it_can_be_taken_back()
    {
        await InviteTrained();
        await Desk.Press(Name, Joins("add-facilitator"));
        Desk.Text.ShouldContain("Nia Bell is asked to lead too.");
        Desk.Text.ShouldContain("Gets a mail: lead and train");
        await Desk.Press(Do, ("reason", ["Many will come"]));
        await Host.StepTo(At(new LocalDateTime(2027, 3, 10, 12, 0)));
        var mail = await Coordinator.MailTo("Nia Bell", "will you lead the session?");
        mail.ShouldContain("Please answer by Tue 30 Mar.");
        mail.ShouldNotContain("another colleague is asked");
        using (var nia = await As("Nia Bell", FacilitatorTrainingForm.Page, Role.Facilitator))
        {
            await nia.Press("I will lead it");
            await nia.Press("I have done the module");
            await nia.Press("I have nothing to disclose");
        }

        await Host.StepTo(At(new LocalDateTime(2027, 3, 11, 12, 0)));
        (await Snapshot()).OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)!.Facilitators.Count.ShouldBe(3);
        await Desk.Open($"{Coordinator.Cycle}/adapt");
        await Desk.Open(Desk.Page.QuerySelectorAll("a").Single(link => link.TextContent.StartsWith("Take it back", StringComparison.Ordinal)).GetAttribute("href")!);
        Desk.Text.ShouldContain("Calendar: the session is taken out");
        await Desk.Press(Do, ("reason", ["Few will come"]));
        await Host.StepTo(At(new LocalDateTime(2027, 3, 12, 12, 0)));
        (await Coordinator.MailTo("Nia Bell", "you do not lead on Tue 25 May")).ShouldContain("It is taken out of your calendar");
        (await Snapshot()).OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)!.Facilitators.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_without_whom_there_would_be_too_few_is_not_taken_off()
    {
        await InviteTrained();
        await Desk.Open($"{Coordinator.Cycle}/adapt?what=remove-facilitator&person={await IdOf("Ada Wong")}");
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Desk.Page.QuerySelector("details[open] .problem")!.TextContent.ShouldContain("The session needs 2 facilitators, and without this one there would be too few.");
    }

    [Fact]
    public async Task Who_falls_ill_is_replaced_by_one_who_has_trained_elsewhere_and_has_the_session_in_their_calendar()
    {
        await InviteTrained();
        await Desk.Press(Name, [.. Joins("replace"), ("leaves", [$"facilitator.{await IdOf("Ada Wong")}"]), ("trained", ["yes"])]);
        Desk.Text.ShouldContain("Nia Bell takes the place of Ada Wong as facilitator, and has trained elsewhere.");
        Desk.Text.ShouldContain("Fewer than 2 facilitators have trained then.");
        Desk.Page.QuerySelectorAll("tr").ShouldContain(row => row.TextContent.Contains("Nia Bell", StringComparison.Ordinal) && row.TextContent.Contains("Calendar: the session on Tue 25 May", StringComparison.Ordinal));
        await Desk.Press(Do, ("reason", ["Ada is ill"]));
        await Host.StepTo(At(new LocalDateTime(2027, 3, 10, 12, 0)));
        (await Coordinator.MailTo("Ada Wong", "another takes your place on Tue 25 May")).ShouldNotBeNull();
        using (var nia = await As("Nia Bell", FacilitatorTrainingForm.Page, Role.Facilitator))
        {
            nia.Text.ShouldNotContain("I have done the module");
            await nia.Press("I have nothing to disclose");
        }

        await Host.StepTo(At(new LocalDateTime(2027, 3, 11, 12, 0)));
        (await Snapshot()).OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)!.Facilitators.Count.ShouldBe(2);
        await Desk.Open(Coordinator.Cycle);
        Desk.Text.ShouldContain("Nia Bell takes the place of Ada Wong as facilitator, and has trained elsewhere (changed by Robin Marsh: “Ada is ill”)");
    }

    [Fact]
    public async Task What_comes_to_something_else_by_now_is_shown_on_both_sides_and_nothing_is_done()
    {
        await InviteTrained();
        await Desk.Press(Name, Joins("add-facilitator"));
        await Host.StepTo(At(new LocalDateTime(2027, 3, 11, 12, 0)));
        await Desk.Press(Do, ("reason", ["Many will come"]));
        Desk.Status.ShouldBe(HttpStatusCode.Conflict);
        Desk.Page.QuerySelectorAll("ul")[0].TextContent.ShouldContain("Nia Bell: ");
        Desk.Page.QuerySelectorAll("tr").ShouldContain(row => row.TextContent.Contains("Nia Bell", StringComparison.Ordinal));
        (await Snapshot()).Adaptations().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("case-study-selection", "People were invited to a session on this case.")]
    [InlineData("facilitator-training", "Enough have trained, so it would close at once.")]
    [InlineData("scheduling", "This cannot be done")]
    public async Task A_stage_that_cannot_be_gone_back_to_says_why(string stage, string complaint)
    {
        await InviteTrained();
        await Desk.Open($"{Coordinator.Cycle}/adapt?what=back&stage={stage}");
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Desk.Page.QuerySelector("details[open] .problem")!.TextContent.ShouldContain(complaint);
    }

    [Fact]
    public async Task Where_more_are_needed_the_training_is_gone_back_to()
    {
        await InviteTrained();
        await Desk.Open($"{Coordinator.Cycle}/adapt?what=policy&path=facilitatorTraining.enough&value=3");
        await Desk.Press(Do, ("reason", ["Many will come"]));
        await Desk.Open($"{Coordinator.Cycle}/adapt?what=back&stage=facilitator-training");
        Desk.Text.ShouldContain("Gets a mail: lead and train");
        Desk.Text.ShouldContain("The date and the invitations stand.");
        await Desk.Press(Do, ("reason", ["Many will come"]));
        Desk.Text.ShouldContain("Changed: back to: Facilitator training.");
        (await Snapshot()).OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining).ShouldBeNull();
    }

    [Fact]
    public async Task While_the_case_is_open_again_it_says_so_and_taken_back_the_case_stays()
    {
        await Start();
        await FirstMorning();
        using (var ada = await As("Ada Wong", CaseStudySelectionForm.Page, Role.Facilitator))
        {
            await ada.Press("Choose this case", ("case-study", ["alcohol-and-low-mood"]));
        }

        await Host.StepTo(At(new LocalDateTime(2027, 3, 12, 12, 0)));
        await Desk.Open($"{Coordinator.Cycle}/adapt?what=back&stage=case-study-selection");
        await Desk.Press(Do, ("reason", ["The lead was away"]));
        await Desk.Open(Coordinator.Cycle);
        Desk.Text.ShouldContain("so far, but it is open again; 1 of 4 has chosen.");
        await Host.StepTo(At(new LocalDateTime(2027, 3, 13, 12, 0)));
        (await Coordinator.MailTo("Bo Li", "choose the case for your session")).ShouldContain("people are invited once the case is fixed");
        await Desk.Open($"{Coordinator.Cycle}/adapt");
        await Desk.Open(Desk.Page.QuerySelectorAll("a").Single(link => link.TextContent.StartsWith("Take it back", StringComparison.Ordinal)).GetAttribute("href")!);
        Desk.Text.ShouldContain("the case study stays “Low mood and alcohol”, and is not chosen again.");
    }

    private static (string, string[])[] Joins(string what) => [("what", [what]), ("joins-name", ["Nia Bell"]), ("joins-address", ["nia@clinic.example"])];

    /// <summary>All lead, Ada Wong and one more have trained, and the page of changes is open.</summary>
    private async Task InviteTrained()
    {
        await Invite();
        var cycle = await Snapshot();
        var ada = await IdOf("Ada Wong");
        ImmutableList<PersonId> trained = [ada, cycle.Members(Role.Facilitator).First(one => one != ada)];
        await Host.Services.GetRequiredService<CycleRecords>().Record(
            cycle.Cycle,
            [
                .. trained.SelectMany<PersonId, Fact>(one => [new ModuleDone(1, one, one, Host.Now), new Disclosed(1, one, "", one, Host.Now)]),
                cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)! with { Facilitators = trained },
            ],
            Host.Now);
        await Host.StepTo(At(new LocalDateTime(2027, 3, 9, 12, 30)));
        await Desk.Open($"{Coordinator.Cycle}/adapt");
    }

    private async Task<PersonId> IdOf(string name)
    {
        var everybody = (await Snapshot()).Members(Role.Facilitator);
        return (await Host.Services.GetRequiredService<People>().GetAll(everybody)).Single(person => person.Name == name).Id;
    }
}
