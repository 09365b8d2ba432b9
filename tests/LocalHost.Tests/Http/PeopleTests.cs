using AngleSharp.Dom;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>The people of a community, on its page.</summary>
public sealed class PeopleTests : OnAHost
{
    [Fact]
    public async Task They_stand_by_role_and_by_family_name_with_those_in_reserve_behind_the_facilitators()
    {
        await Start(
            ("participants", ["Zoë Ames, zoe@clinic.example\nDr Ben Young, ben@clinic.example\nÉva Élan, eva@clinic.example\nAl Ames, MD; al@clinic.example"]),
            ("reserves", ["Rae Zed, rae@clinic.example\nAbe Yule, abe@clinic.example"]));
        (await People()).ShouldBe(
        [
            "Kim Coach: coach",
            "Robin Marsh: coordinator",
            "Lee Larsen: Division lead",
            "Bo Li: facilitator",
            "Chitra Rao: facilitator",
            "Ada Wong: facilitator",
            "Abe Yule: reserve facilitator",
            "Rae Zed: reserve facilitator",
            "Al Ames, MD: participant",
            "Zoë Ames: participant",
            "Éva Élan: participant",
            "Dr Ben Young: participant",
        ]);
    }

    [Fact]
    public async Task The_address_of_one_in_reserve_can_be_mended_before_they_are_asked()
    {
        await Start(("reserves", ["Rae Zed, rae@clinic.example"]));
        var desk = Coordinator.Browser;
        await desk.Open(desk.Page.QuerySelectorAll("a").Single(link => link.TextContent == "Rae Zed").GetAttribute("href")!);
        (await desk.Press("Save, and send what is open", ("address", ["rae.zed@clinic.example"]))).Text.ShouldContain("rae.zed@clinic.example");
    }

    [Fact]
    public async Task The_coordinator_has_no_page_and_no_link_to_one()
    {
        await Start();
        Coordinator.Browser.Page.QuerySelectorAll("main a").ShouldNotContain(link => link.TextContent == "Robin Marsh");
    }

    private async Task<IEnumerable<string>> People() => (await Coordinator.Browser.Open(Coordinator.Cycle)).Page
        .QuerySelectorAll("#people + table tbody tr")
        .Select(row => $"{row.Children[0].TextContent.Trim()}: {row.Children[1].TextContent}");
}
