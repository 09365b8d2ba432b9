using AngleSharp.Dom;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>Every page that is opened from a community's page, or from somebody's own, leads back there.</summary>
public sealed class WayBackTests : BeforeASession
{
    private const string Back = "Back to Cedar Inlet";

    private static readonly (string, string[])[] WithStaff = [("staff-name", ["Sam Staff"]), ("staff-address", ["sam@division.example"])];

    [Fact]
    public async Task What_the_coordinator_opens_on_the_community_s_page_leads_back_to_it()
    {
        await Invite(seats: null, WithStaff);
        await Host.StepTo(At(new LocalDateTime(2027, 5, 11, 12, 0)));
        var desk = Coordinator.Browser;
        var links = Links(await desk.Open(Coordinator.Cycle));
        links.ShouldContain(path => path.EndsWith("/go", StringComparison.Ordinal));
        foreach (var path in links.Append(Coordinator.Cycle + "/list"))
        {
            WayBackOn(await desk.Open(path)).ShouldBe(Coordinator.Cycle, path);
        }
    }

    [Fact]
    public async Task What_the_staff_open_on_their_page_leads_back_to_it_also_when_they_have_recorded_something()
    {
        await Invite(seats: null, WithStaff);
        using var staff = await As("Sam Staff", AskPages.Own, Role.DivisionStaff);
        var own = staff.Path;
        WayBackOn(staff).ShouldBeNull();
        var links = Links(staff);
        links.Count.ShouldBeGreaterThan(5);
        foreach (var path in links)
        {
            WayBackOn(await staff.Open(path)).ShouldBe(own, path);
        }

        await staff.Open(links.First(path => path.StartsWith("/venue/", StringComparison.Ordinal)));
        await staff.Press("Save the place", ("place", ["The hall"]));
        WayBackOn(staff).ShouldBe(own);
    }

    [Fact]
    public async Task A_link_to_record_for_somebody_leads_nobody_else_to_the_page_of_who_made_it()
    {
        await Invite(seats: null, WithStaff);
        using var staff = await As("Sam Staff", AskPages.Own, Role.DivisionStaff);
        using var other = await As("Ada Wong", AskPages.Own, Role.Facilitator);
        foreach (var path in Links(staff).Where(path => path.StartsWith("/reply/", StringComparison.Ordinal)))
        {
            WayBackOn(await other.Open(path)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task The_form_for_the_next_session_leads_back_to_the_last_one()
    {
        await Invite();
        await Host.StepTo(At(new LocalDateTime(2027, 5, 26, 12, 0)));
        await Coordinator.Browser.Open(Coordinator.Cycle + "/list");
        await Coordinator.Browser.Press("Nobody was there");
        await Host.StepTo(At(new LocalDateTime(2027, 12, 1, 12, 0)));
        var form = await Coordinator.Browser.Open(Coordinator.Cycle + "/next");
        form.Page.QuerySelectorAll("a").Single(link => link.TextContent == "Back to the last session").GetAttribute("href").ShouldBe(Coordinator.Cycle);
    }

    /// <summary>To all pages that the page leads to, each once.</summary>
    private static List<string> Links(Browser browser) =>
    [
        .. browser.Page.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")!).Where(path => path.StartsWith('/')).Distinct(),
    ];

    private static string? WayBackOn(Browser browser) =>
        browser.Page.QuerySelectorAll("main a").SingleOrDefault(link => link.TextContent == Back)?.GetAttribute("href");
}
