using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>The coordinator looks after somebody's address.</summary>
public sealed class PersonTests : OnAHost
{
    [Fact]
    public async Task An_address_is_said_to_be_wrong_and_corrected_and_the_ask_goes_there()
    {
        await Start();
        await FirstMorning();
        var before = await Coordinator.LinkOf("Lee Larsen", "choose the case");
        var page = await OpenPersonOf("Lee Larsen");
        page.Text.ShouldContain("Mail goes to lead@division.example.");
        (await page.Press("The mail came back")).Text.ShouldContain("Mail to Lee Larsen came back.");
        (await page.Open(Coordinator.Cycle)).Text.ShouldContain("Mail to Lee Larsen came back.");

        page = await OpenPersonOf("Lee Larsen");
        (await page.Press("Save, and send what is open", ("address", ["lee@division.example"]))).Text.ShouldContain("Saved. Mail goes to lee@division.example.");
        await Host.StepTo(Host.Now + Duration.FromDays(1));
        (await Coordinator.LinkOf("Lee Larsen", "choose the case")).ShouldNotBe(before);
        (await page.Open(before)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await page.Open(Coordinator.Cycle)).Text.ShouldNotContain("came back");
    }

    [Fact]
    public async Task Said_again_on_a_page_from_before_the_address_was_mended_it_is_nothing_about_newer_mail()
    {
        await Start();
        await FirstMorning();
        var page = await OpenPersonOf("Lee Larsen");
        var before = page.Page;
        await page.Press("The mail came back");
        await page.Press("Save, and send what is open");
        await Host.StepTo(Host.Now + Duration.FromDays(1));

        (await page.PressOn(before, "The mail came back")).Text.ShouldContain("Nothing was noted");
        page.Text.ShouldContain("Mail goes to lead@division.example.");
        (await page.Press("The mail came back")).Text.ShouldContain("Mail to Lee Larsen came back.");
    }

    [Fact]
    public async Task What_a_facilitator_told_and_disclosed_stands_there_but_not_how_they_voted_or_that_they_answered_the_survey()
    {
        await Start();
        var cycles = Host.Services.GetRequiredService<CycleRecords>();
        var cycle = (await cycles.Read(CycleId.From(Coordinator.Cycle.Split('/')[^1])))!.Snapshot;
        var (lead, now) = (cycle.Members(Role.DivisionLead)[0], Host.Now);
        await cycles.Record(
            cycle.Cycle,
            [
                new Voted(1, lead, "alcohol-and-low-mood", lead, now),
                new StageOpened(StageIds.FacilitatorTraining, 1, now),
                new LeadingAnswered(1, lead, Leads: true, cycle.Coordinator, now),
                new Disclosed(1, lead, "Shares of a company", lead, now),
                new StageOpened(StageIds.Scheduling, 1, now),
                new SlotsMarked(1, lead, [new LocalDateTime(2027, 5, 27, 18, 0)], lead, now),
                new SurveyAnswered(1, lead, lead, now),
            ],
            now);
        var page = await OpenPersonOf("Lee Larsen");
        page.Text.ShouldContain("Has chosen a case.");
        page.Text.ShouldContain("Leads the session.");
        page.Text.ShouldContain("recorded by Robin Marsh");
        page.Text.ShouldContain("Discloses: “Shares of a company”");
        page.Text.ShouldContain("Can come on: Thursday 27 May 2027");
        page.Text.ShouldNotContain("lcohol");
        page.Text.ShouldNotContain("survey");
    }

    [Fact]
    public async Task A_bad_address_is_refused_and_stays_as_typed()
    {
        await Start();
        var page = await OpenPersonOf("Lee Larsen");
        await page.Press("Save, and send what is open", ("address", ["lee@@division"]));
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Page.QuerySelector("input[name=address]")!.GetAttribute("value").ShouldBe("lee@@division");
        page.Text.ShouldContain("Mail goes to lead@division.example.");
    }

    [Fact]
    public async Task A_name_is_corrected_everywhere_and_the_links_of_before_stay_good()
    {
        await Start();
        await FirstMorning();
        var link = await Coordinator.LinkOf("Lee Larsen", "choose the case");
        var page = await OpenPersonOf("Lee Larsen");
        (await page.Press("Save the name", ("name", ["Léa Larsen"]))).Text.ShouldContain("Saved. The name is Léa Larsen everywhere.");
        (await page.Open(Coordinator.Cycle)).Text.ShouldContain("Léa Larsen: the name was corrected (recorded by Robin Marsh)");
        page.Text.ShouldNotContain("Lee Larsen");
        (await page.Open(link)).Status.ShouldBe(HttpStatusCode.OK);
        await Host.StepTo(Host.Now + Duration.FromDays(4));
        (await Coordinator.MailTo("Léa Larsen", "your choice of case is open")).ShouldContain("Hello Léa Larsen,");

        page = await OpenPersonOf("Léa Larsen");
        await page.Press("Save, and send what is open", ("address", ["lea@division.example"]));
        (await page.Open(Coordinator.Cycle)).Text.ShouldContain("Léa Larsen: the address was corrected (recorded by Robin Marsh)");
    }

    [Fact]
    public async Task A_name_that_somebody_else_has_at_that_address_or_that_cannot_be_read_is_refused_and_stays_as_typed()
    {
        await Start();
        var page = await OpenPersonOf("Eve Stone");
        await page.Press("Save the name", ("name", ["Flo Mercier"]));
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("Another person of this name is at that address.");
        await page.Press("Save the name", ("name", ["—"]));
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Page.QuerySelector("input[name=name]")!.GetAttribute("value").ShouldBe("—");
        page.Page.QuerySelector("h1")!.TextContent.ShouldBe("Eve Stone");
    }

    [Fact]
    public async Task What_a_person_was_sent_is_read_there_without_their_links()
    {
        await Start();
        (await OpenPersonOf("Lee Larsen")).Text.ShouldContain("Nothing has been sent in the last 30 days.");
        await FirstMorning();
        var page = await OpenPersonOf("Lee Larsen");
        page.Text.ShouldContain("choose the case for your session");
        page.Text.ShouldContain("Hello Lee Larsen,");
        page.Text.ShouldContain("[their link]");
        page.Page.DocumentElement.OuterHtml.ShouldNotContain("/case-study/");
        page.Page.DocumentElement.OuterHtml.ShouldNotContain((await Coordinator.LinkOf("Lee Larsen", "choose the case")).Split('/')[^1]);
    }

    [Fact]
    public async Task A_month_later_it_says_what_was_sent_when_and_that_its_text_is_no_longer_kept()
    {
        await Start();
        await FirstMorning();
        await Host.StepTo(Host.Now + Duration.FromDays(45));
        var page = await OpenPersonOf("Lee Larsen");
        page.Text.ShouldContain("Sent earlier; the text is no longer kept:");
        page.Text.ShouldContain("Mon 1 Mar, 9:00 am: choose the case");
        page.Page.DocumentElement.OuterHtml.ShouldNotContain("<details>");
    }

    [Fact]
    public async Task Looking_changes_nothing_and_a_person_of_another_community_is_not_found()
    {
        await Start();
        var page = await OpenPersonOf("Lee Larsen");
        var before = await Everything();
        await page.Head(page.Path);
        await page.Open(page.Path);
        (await Everything()).ShouldBe(before);
        var stranger = await Host.Services.GetRequiredService<People>().FindOrAdd("Stranger", "s@example.test", "America/Vancouver");
        (await page.Open($"{Coordinator.Cycle}/people/{stranger}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_refusal_stands_on_the_page_with_its_code_and_what_to_do()
    {
        await Start();
        await Host.Services.GetRequiredService<BouncedAddresses>().Add("ada@clinic.example", new Bounce("550 5.1.1", Host.Now));
        await FirstMorning();
        var page = await Coordinator.Browser.Open(Coordinator.Cycle);
        page.Text.ShouldContain("The address of Ada Wong was refused: 550 5.1.1. No mail goes there. Correct the address or ask them by phone.");
    }

    private async Task<Testing.Stories.Browser> OpenPersonOf(string name)
    {
        var page = await Coordinator.Browser.Open(Coordinator.Cycle);
        var link = page.Page.QuerySelectorAll("td a").First(one => one.TextContent == name);
        return await page.Open(link.GetAttribute("href")!);
    }
}
