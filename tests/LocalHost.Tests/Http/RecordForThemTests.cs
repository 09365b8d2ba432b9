using System.Net;
using AngleSharp.Dom;
using Cohesion.Workflows.Testing.Stories;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>What people say by phone, the coordinator records for them.</summary>
public sealed class RecordForThemTests : OnAHost
{
    [Fact]
    public async Task What_was_said_by_phone_is_recorded_in_two_clicks_marked_and_can_be_taken_back()
    {
        await Start();
        await FirstMorning();
        var desk = await Open("Lee Larsen", "case");
        desk.Text.ShouldContain("You record this for Lee Larsen.");
        desk.Text.ShouldContain("Lee Larsen has not chosen yet.");
        desk.Page.QuerySelector("main")!.TextContent.ShouldNotContain("You have");
        await desk.Press("Choose this case", ("case-study", ["anxiety-and-the-full-inbox"]));
        desk.Status.ShouldBe(HttpStatusCode.OK);
        await desk.Open(Coordinator.Cycle);
        desk.Text.ShouldContain("Lee Larsen chose a case (recorded by Robin Marsh)");

        using var lead = await Coordinator.AsPerson("Lee Larsen", "choose the case");
        lead.Text.ShouldContain("Robin Marsh recorded this for you, Mon 1 Mar, 10:30 am");
        await lead.Press("Choose this case", ("case-study", ["alcohol-and-low-mood"]));
        lead.Text.ShouldNotContain("recorded this for you");
    }

    [Fact]
    public async Task A_page_to_record_on_is_open_for_a_day_s_work_and_tells_so_afterwards()
    {
        await Start();
        await FirstMorning();
        var path = (await Open("Ada Wong", "case")).Path;
        await Host.StepTo(Host.Now + Duration.FromHours(13));
        (await Coordinator.Browser.Open(path)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Nobody_can_answer_another_s_survey()
    {
        await Start();
        await Coordinator.Browser.Open(Coordinator.Cycle);
        Coordinator.Browser.Page.QuerySelectorAll("a[href^='/survey/']").ShouldBeEmpty();
    }

    private async Task<Browser> Open(string name, string asked)
    {
        await Coordinator.Browser.Open(Coordinator.Cycle);
        var row = Coordinator.Browser.Page.QuerySelectorAll("tr").Single(row => row.Children[0].TextContent == name);
        return await Coordinator.Browser.Open(row.QuerySelectorAll("a").Single(link => link.TextContent == $"{asked}: {name}").GetAttribute("href")!);
    }
}
