using System.Net;
using AngleSharp.Dom;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>The page on which a coordinator starts the day.</summary>
public sealed class TodayTests : BeforeASession
{
    private const string NothingNeeded = "Nothing needs you.";

    [Fact]
    public async Task Where_nothing_is_needed_each_part_says_so_and_no_community_is_listed()
    {
        await Start();
        await FirstMorning();
        var page = await Today();
        page.Text.ShouldContain(NothingNeeded);
        page.Text.ShouldContain("No session is at risk.");
        page.Text.ShouldContain("No session, no deadline and no holiday in the next 7 days.");
        page.Text.ShouldNotContain("Cedar Inlet");
        await Host.StepTo(Host.Now + Duration.FromDays(4));
        Words((await Today()).Page.QuerySelector("dl.stands")!).ShouldBe("Thu 11 Mar 5:00 pm Cedar Inlet: the lead and the facilitators choose the case");
    }

    [Fact]
    public async Task A_decision_is_made_on_the_page_which_then_says_what_was_recorded_where()
    {
        await NeedsDates("Cedar Inlet");
        (await Today()).Text.ShouldContain("Needs you (1)");
        await Coordinator.Browser.Press("Propose these dates", ("slot", ["2027-05-27T18:00"]));
        Coordinator.Browser.Path.ShouldBe("/");
        Coordinator.Browser.Text.ShouldContain("Cedar Inlet: the dates are proposed.");
        Coordinator.Browser.Text.ShouldContain(NothingNeeded);
        (await Snapshot()).Proposed()!.Slots.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_refused_stays_as_typed_in_its_own_form_with_the_reason_above_it()
    {
        await NeedsDates("Cedar Inlet");
        await NeedsDates("Elk Pass");
        var page = await Today();
        await page.Press("Propose these dates", ("slot", ["2027-05-24T18:00"]));
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Page.QuerySelectorAll("[role=alert]").ShouldHaveSingleItem().PreviousElementSibling!.TextContent.ShouldBe("Cedar Inlet");
        page.Text.ShouldContain("Monday 24 May 2027 is a statutory holiday");
        page.Page.QuerySelectorAll("[name=slot]").Select(field => field.GetAttribute("value") ?? "").ShouldBe(["2027-05-24T18:00", "", "", "", "", ""]);

        await page.Press("Propose these dates", ("slot", ["2027-05-27T18:00"]));
        page.Text.ShouldContain("Cedar Inlet: the dates are proposed.");
        page.Page.QuerySelectorAll("h3").Select(title => title.TextContent).ShouldBe(["Elk Pass"]);
    }

    [Fact]
    public async Task What_was_decided_meanwhile_is_said_on_top()
    {
        await NeedsDates("Cedar Inlet");
        var page = await Today();
        var form = page.Page;
        await page.Press("Propose these dates", ("slot", ["2027-05-27T18:00"]));
        await page.PressOn(form, "Propose these dates", ("slot", ["2027-05-28T18:00"]));
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Page.QuerySelector("[role=alert]")!.TextContent.ShouldStartWith("Cedar Inlet: Dates are proposed already");
    }

    [Fact]
    public async Task A_case_and_a_facilitator_are_decided_there_too()
    {
        await Start();
        await FirstMorning();
        await Host.StepTo(Host.Now + Duration.FromDays(12));
        var page = await Today();
        await page.Press("Choose this case", ("case-study", ["alcohol-and-low-mood"]));
        page.Text.ShouldContain("Cedar Inlet: the case is “");
        await Host.StepTo(Host.Now + Duration.FromDays(30));
        (await Today()).Text.ShouldContain("training late: 2 of 2 missing");
        await page.Press("Name this facilitator", ("name", ["Zed"]), ("address", ["zed"]));
        page.Page.QuerySelector("[name=address]")!.GetAttribute("value").ShouldBe("zed");
        await page.Press("Name this facilitator", ("address", ["zed@clinic.example"]));
        page.Text.ShouldContain("Cedar Inlet: Zed is asked to lead.");
    }

    [Fact]
    public async Task Whether_a_session_goes_ahead_is_decided_in_place_and_the_missing_place_is_recorded_for_who_knows_it()
    {
        await Invite();
        await Host.StepTo(At(Session) - Duration.FromDays(6));
        var page = await Today();
        Words(page.Page.QuerySelector("ul.lines")!).ShouldBe("Cedar Inlet (session Tue 25 May): few expected: 0 of 6; no place yet");
        page.Text.ShouldContain("find out where the session is");
        Words(page.Page.QuerySelector("dl.stands")!).ShouldBe("Mon 24 May, holiday Tue 25 May 6:00 pm Cedar Inlet: session");
        await page.Press("It goes ahead");
        page.Text.ShouldContain("Cedar Inlet: the session goes ahead.");
        page.Text.ShouldNotContain("Does the session go ahead?");
        (await Snapshot()).All<GoDecided>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_community_that_stopped_goes_on_from_there()
    {
        await Start();
        var unreadable = Rows.Of(CycleId.From(Coordinator.Cycle.Split('/')[^1]), "f.unreadable");
        await Records.Commit([new RecordWrite.Put(Record.Of(unreadable, ("body", "{")))]);
        await Host.StepTo(Host.Now + Duration.FromDays(2));
        var page = await Today();
        page.Text.ShouldContain("No session is at risk.");
        await Records.Commit([new RecordWrite.Delete(unreadable, null)]);
        await page.Press("Try again");
        page.Path.ShouldBe("/");
        page.Text.ShouldContain("Cedar Inlet: it is tried again.");
        page.Text.ShouldContain(NothingNeeded);
    }

    [Fact]
    public async Task Who_wants_it_gets_the_page_as_a_mail_once_each_working_morning_on_which_something_needs_them()
    {
        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Press("Send it to me");
        Coordinator.Browser.Text.ShouldContain("Saved. It comes at 8:00");
        await Host.StepTo(Host.Now + Duration.FromDays(2));
        (await Mornings()).ShouldBeEmpty();

        // The mails of Thursday, Friday and, after the weekend, Monday and Tuesday. A host that runs looks every 5 minutes.
        await NeedsDates("Cedar Inlet");
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await Host.StepTo(Host.Now + Duration.FromDays(1));
            await Host.StepTo(Host.Now + Duration.FromMinutes(2));
        }

        (await Mornings()).Count.ShouldBe(4);
        (await Mornings()).ShouldAllBe(mail => mail.Contains("Cedar Inlet needs you (", StringComparison.Ordinal));

        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Press("Send it no more");
        await Host.StepTo(Host.Now + Duration.FromDays(1));
        await Host.StepTo(Host.Now + Duration.FromMinutes(2));
        (await Mornings()).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Who_asks_for_it_later_in_the_day_gets_that_of_the_next_which_has_four_communities_at_the_most()
    {
        foreach (var community in (string[])["Ash Bay", "Birch Bay", "Cedar Inlet", "Elk Pass", "Fir Creek"])
        {
            await Start(("community", [community]));
            await Host.Services.GetRequiredService<CycleRecords>().Record((await Snapshot()).Cycle, [new StageOpened(StageIds.Scheduling, 1, Host.Now)], Host.Now);
        }

        await Host.StepTo(Host.Now + Duration.FromDays(1) + Duration.FromHours(3));
        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Press("Send it to me");
        await Host.StepTo(Host.Now + Duration.FromMinutes(20));
        (await Mornings()).ShouldBeEmpty();
        await Host.StepTo(Host.Now + Duration.FromHours(21));
        await Host.StepTo(Host.Now + Duration.FromMinutes(10));
        var mail = (await Mornings()).ShouldHaveSingleItem();
        mail.Split("needs you (").Length.ShouldBe(1 + 4);
        mail.ShouldContain("1 more");
    }

    [Fact]
    public async Task It_names_what_is_at_risk_too()
    {
        await Invite();
        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Press("Send it to me");
        await Host.StepTo(At(Session) - Duration.FromDays(6) - Duration.FromHours(10) + Duration.FromMinutes(10));
        await Host.StepTo(Host.Now + Duration.FromMinutes(10));
        (await Mornings())[0].ShouldContain("Cedar Inlet is at risk: few expected: 0 of 6; no place yet.");
        (await Mornings())[0].ShouldContain("because you asked for it");
    }

    [Fact]
    public async Task Another_coordinator_reads_whose_it_is_and_decides_it_when_they_stand_in()
    {
        await NeedsDates("Cedar Inlet");
        using var dana = await LetIn("deputy", "Dana Deputy");
        dana.Text.ShouldContain(NothingNeeded);
        Words(dana.Page.QuerySelector("main ul")!).ShouldBe("Cedar Inlet: Robin Marsh");

        await Coordinator.Browser.Press("Save", ("from", ["2027-03-01"]), ("to", ["2027-03-12"]));
        await dana.Open("/");
        await dana.Press("Propose these dates", ("slot", ["2027-05-27T18:00"]));
        dana.Text.ShouldContain("Cedar Inlet: the dates are proposed.");
        (await dana.Open(Coordinator.Cycle)).Text.ShouldContain("Robin Marsh proposed dates (recorded by Dana Deputy)");
    }

    [Fact]
    public async Task To_look_at_it_changes_nothing()
    {
        await NeedsDates("Cedar Inlet");
        var before = await Everything();
        await Today();
        await Coordinator.Browser.Head("/");
        (await Everything()).ShouldBe(before);
    }

    /// <summary>The list says it once the community has taken a turn.</summary>
    private async Task NeedsDates(string community)
    {
        await Start(("community", [community]));
        await Host.Services.GetRequiredService<CycleRecords>().Record((await Snapshot()).Cycle, [new StageOpened(StageIds.Scheduling, 1, Host.Now)], Host.Now);
        await Host.StepTo(Host.Now + Duration.FromDays(1));
    }

    private Task<Browser> Today() => Coordinator.Browser.Open("/");

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    private async Task<List<string>> Mornings() =>
        [.. (await Coordinator.MailsTo("Robin Marsh")).Where(mail => mail.Text.Contains("This is what needs you today", StringComparison.Ordinal)).Select(mail => mail.Text)];
}
