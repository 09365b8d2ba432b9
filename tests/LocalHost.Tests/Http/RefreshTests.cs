using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

public sealed class RefreshTests : AfterASession
{
    [Fact]
    public async Task Who_says_that_they_trained_before_does_the_refresh_and_can_take_that_back()
    {
        using var ada = await AdaLeads();
        ada.Text.ShouldContain("the train-the-trainer module (about 2 hours, paid)");
        ada.Text.ShouldContain("For the rate, call 250 555 0100.");
        ada.Text.ShouldContain("Have you trained before?");
        ada.Text.ShouldContain("Nobody else has said yet that they lead.");
        await ada.Press("I trained before", ("month", ["2027-1"]));
        ada.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ada.Page.QuerySelector("input[name=month]")!.GetAttribute("value").ShouldBe("2027-1");

        await ada.Press("I trained before", ("month", ["2025-05"]));
        ada.Text.ShouldContain("You trained in May 2025, so the short refresh is enough.");
        ada.Text.ShouldContain("(about 30 minutes, paid)");
        ada.Text.ShouldNotContain("Have you trained before?");
        await ada.Press("I have done the refresh");
        ada.Text.ShouldContain("You lead the session and have trained.");

        await ada.Press("Take that back");
        ada.Text.ShouldContain("The module is still to do.");
        (await Snapshot()).HasDoneModule((await Snapshot()).Leading().Single()).ShouldBeFalse();
    }

    [Fact]
    public async Task The_page_and_the_mail_open_the_module_and_the_refresh()
    {
        using var ada = await AdaLeads();
        LinkOn(ada, "Open the module").ShouldBe("https://learning.example/adult/train-the-trainer");
        await Days(8);
        (await Coordinator.MailTo("Ada Wong", "your preparation is still open")).ShouldContain("Open the module:\nhttps://learning.example/adult/train-the-trainer");

        await ada.Open(ada.Path);
        await ada.Press("I trained before", ("month", ["2025-05"]));
        LinkOn(ada, "Open the refresh").ShouldBe("https://learning.example/adult/train-the-trainer/refresh");
    }

    [Theory]
    [InlineData("The library lends it.", "The library lends it.")]
    [InlineData(null, "To get it, call 250 555 0100.")]
    public async Task Where_the_module_has_no_address_they_read_how_to_get_it(string? how, string said)
    {
        using var ada = await AdaLeads();
        var cycle = await Snapshot();
        var training = cycle.Policy.FacilitatorTraining with { ModuleAddress = null, HowToGetIt = how };
        await Host.Services.GetRequiredService<CycleRecords>().Record(
            cycle.Cycle, [cycle.KickOff with { Policy = cycle.Policy with { FacilitatorTraining = training } }], Host.Now);
        await ada.Open(ada.Path);
        ada.Text.ShouldContain(said);
        ada.Text.ShouldNotContain("Open the module");
        await Days(8);
        (await Coordinator.MailTo("Ada Wong", "your preparation is still open")).ShouldContain(said);
    }

    [Fact]
    public async Task A_training_that_another_community_recorded_is_known_here()
    {
        using var ada = await AdaLeads();
        var cycle = await Snapshot();
        await Trainings.Write(Records, cycle.Leading().Single(), new Training(CycleId.From("elsewhere"), cycle.KickOff.Programme, Instant.FromUtc(2026, 2, 10, 20, 0)), default);
        await ada.Open(ada.Path);
        ada.Text.ShouldContain("You trained in February 2026, so the short refresh is enough.");
    }

    [Fact]
    public async Task Who_has_trained_here_is_known_elsewhere()
    {
        using var ada = await AdaLeads();
        var cycle = await Snapshot();
        await Host.Services.GetRequiredService<CycleRecords>().Record(
            cycle.Cycle,
            [
                .. cycle.Members(Role.Facilitator).SelectMany<PersonId, Fact>(one =>
                    [new LeadingAnswered(1, one, Leads: true, one, Host.Now), new ModuleDone(1, one, one, Host.Now), new Disclosed(1, one, "", one, Host.Now)]),
            ],
            Host.Now);
        await Days(1);
        var known = await Trainings.Newest(Records, CycleId.From("elsewhere"), cycle.KickOff.Programme, cycle.Members(Role.Facilitator), default);
        known.Keys.ShouldBe(cycle.Members(Role.Facilitator), ignoreOrder: true);
    }

    [Fact]
    public async Task What_a_facilitator_has_given_is_asked_no_more_on_their_page_and_the_community_s()
    {
        const string Disclose = "say whether there are interests to disclose";
        using var ada = await AdaLeads();
        await FirstMorning();
        await Asks($"do the train-the-trainer module, and {Disclose}");
        await ada.Press("I have done the module");
        await Asks(Disclose);
        await ada.Press("I have not done it yet");
        await ada.Press("I have nothing to disclose");
        await Asks("do the train-the-trainer module");
    }

    private async Task Asks(string what)
    {
        using var own = await As("Ada Wong", AskPages.Own, Role.Facilitator);
        own.Page.QuerySelectorAll("ul.open a").Select(link => link.TextContent.Split(", by ")[0]).ShouldContain(what);
        var desk = await Coordinator.Browser.Open(Coordinator.Cycle);
        desk.Page.QuerySelectorAll(".asked").Select(line => line.TextContent).ShouldContain($"{what}, by Mon 22 Mar, 5:00 pm: Ada Wong");
    }

    private static string LinkOn(Browser page, string label) => page.Page.QuerySelectorAll("a").Single(link => link.TextContent == label).GetAttribute("href")!;

    /// <summary>The case is chosen and Ada leads; her page.</summary>
    private async Task<Browser> AdaLeads()
    {
        await Start();
        var cycle = await Snapshot();
        var ada = (await Host.Services.GetRequiredService<People>().At("ada@clinic.example")).Single().Id;
        await Host.Services.GetRequiredService<CycleRecords>().Record(
            cycle.Cycle,
            [
                new StageOpened(StageIds.CaseStudySelection, 1, Host.Now),
                new CaseStudyChosen(StageIds.CaseStudySelection, 1, Host.Now, cycle.KickOff.CaseStudies[0].Id),
                new StageOpened(StageIds.FacilitatorTraining, 1, Host.Now),
                new LeadingAnswered(1, ada, Leads: true, ada, Host.Now),
            ],
            Host.Now);
        return await As("Ada Wong", FacilitatorTrainingForm.Page, Role.Facilitator);
    }
}
