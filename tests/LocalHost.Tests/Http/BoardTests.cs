using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>All communities as a list, a table for a spreadsheet, a month and lanes.</summary>
public sealed class BoardTests : BeforeASession
{
    private static readonly string[] Pages = ["/cycles", "/cycles.csv", "/cycles/calendar", "/cycles/lanes"];

    [Fact]
    public async Task Where_there_is_none_every_page_says_what_to_do()
    {
        foreach (var page in (string[])["/cycles", "/cycles/lanes"])
        {
            (await Open(page)).ShouldContain("No community has been started yet.");
        }

        (await Open("/cycles/calendar")).ShouldContain("No session and no deadline is in this month.");
    }

    [Fact]
    public async Task A_community_is_one_line_with_whom_it_waits_for_and_what_comes_next()
    {
        await Start();
        await FirstMorning();
        await Open("/");
        Coordinator.Browser.Page.QuerySelectorAll(".views a").Length.ShouldBe(3);
        await Open("/cycles");
        Line("Cedar Inlet").ShouldBe("Cedar Inlet | Case-study selection | 1 Division lead, 3 facilitators | Mon 1 Mar | Thu 11 Mar, 5:00 pm: case | ");
        (await Open("/cycles?text=nowhere")).ShouldContain("No community is like that.");
        (await Open("/cycles?stage=case-study-selection")).ShouldContain("Cedar Inlet");
        (await Open("/cycles?stage=scheduling")).ShouldNotContain("Cedar Inlet");
    }

    [Fact]
    public async Task The_spreadsheet_has_the_same_lines_as_the_list_and_runs_no_name_as_a_formula()
    {
        await Start(("community", ["=1+1 Bay"]));
        await Start(("community", ["Elk Pass"]));
        await FirstMorning();
        var text = await Coordinator.Browser.Download("/cycles.csv");
        text.ShouldContain("\"'=1+1 Bay\",");
        text.ShouldContain("Elk Pass,");
        (await Coordinator.Browser.Download("/cycles.csv?text=elk")).ShouldNotContain("Bay");
    }

    [Fact]
    public async Task The_month_has_the_session_and_until_when_people_reply_and_the_holidays()
    {
        await Invite();
        var may = await Open("/cycles/calendar?month=2027-05");
        may.ShouldContain("May 2027");
        Day("25").ShouldBe("25 Tue 25 May 6:00 pm Cedar Inlet: session");
        Day("10").ShouldBe("10 Mon 10 May 5:00 pm Cedar Inlet: reply");
        Day("24").ShouldBe("24 Mon 24 May holiday");
        Coordinator.Browser.Page.QuerySelector("[rel=next]")!.GetAttribute("href").ShouldBe("/cycles/calendar?month=2027-06");
    }

    [Fact]
    public async Task The_lanes_have_a_name_and_the_table_says_the_same()
    {
        await Invite();
        await Open("/cycles/lanes");
        var picture = Coordinator.Browser.Page.QuerySelector("figure > svg")!;
        picture.QuerySelector("title")!.TextContent.ShouldBe("How far each community is");
        picture.QuerySelectorAll(".session-mark").Length.ShouldBe(1);
        Line("Cedar Inlet").ShouldContain("Attendance since Mon 1 Mar | Tue 25 May, 6:00 pm");
    }

    [Fact]
    public async Task A_community_that_stopped_is_at_risk_until_it_goes_on()
    {
        await Start();
        var unreadable = Rows.Of(CycleId.From(Coordinator.Cycle.Split('/')[^1]), "f.unreadable");
        await Records.Commit([new RecordWrite.Put(Record.Of(unreadable, ("body", "{")))]);
        await Host.StepTo(Host.Now + Duration.FromDays(2));
        (await Open("/cycles?risk=Stopped")).ShouldContain("stopped: press “Try again”");
        await Records.Commit([new RecordWrite.Delete(unreadable, null)]);
        await Coordinator.Browser.Open(Coordinator.Cycle);
        await Coordinator.Browser.Press("Try again");
        await Host.StepTo(Host.Now + Duration.FromHours(1));
        (await Open("/cycles?risk=Stopped")).ShouldContain("No community is like that.");
    }

    [Fact]
    public async Task A_row_of_an_earlier_release_is_shown_with_what_it_has()
    {
        await Records.Commit([new RecordWrite.Put(Record.Of(
            new RecordKey("views-home", "old"), ("community", "Old Town"), ("stage", "scheduling"), ("revision", "3")))]);
        await Open("/cycles");
        Line("Old Town").ShouldBe("Old Town | Scheduling |  |  |  | ");
        (await Open("/cycles/calendar")).ShouldContain("March 2027");
        (await Open("/cycles/lanes")).ShouldContain("Old Town");
    }

    [Fact]
    public async Task To_look_at_them_changes_nothing_and_nobody_else_may()
    {
        await Invite();
        var before = await Everything();
        foreach (var page in Pages)
        {
            (await Coordinator.Browser.Download(page)).ShouldContain("Cedar Inlet", customMessage: page);
            using var stranger = SitDown();
            await stranger.Open(page);
            stranger.Path.ShouldBe("/sign-in", page);
        }

        (await Everything()).ShouldBe(before);
    }

    private async Task<string> Open(string path) => (await Coordinator.Browser.Open(path)).Text;

    /// <summary>"Cedar Inlet | Scheduling | …".</summary>
    private string Line(string community) => string.Join(" | ", Coordinator.Browser.Page.QuerySelectorAll("tbody tr")
        .First(row => row.TextContent.Contains(community, StringComparison.Ordinal)).QuerySelectorAll("td").Select(Words));

    private string Day(string number) => Words(Coordinator.Browser.Page.QuerySelectorAll(".month td")
        .First(day => day.ClassName != "other" && day.QuerySelector(".wide-only")!.TextContent == number));

    private static string Words(AngleSharp.Dom.IElement element) => string.Join(' ', element.ChildNodes
        .SelectMany(node => node is AngleSharp.Dom.IElement inner && inner.Children.Length > 0 ? inner.ChildNodes.ToArray() : [node])
        .Select(node => node.TextContent.Trim()).Where(text => text.Length > 0)).Replace(" :", ":", StringComparison.Ordinal);
}
