using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>The proposal of a community's next session.</summary>
public sealed class NextCycleTests : AfterASession
{
    private Browser Browser => Coordinator.Browser;

    [Fact]
    public async Task The_next_one_is_filled_in_from_the_last_and_its_page_is_one_press_away()
    {
        await End();
        var last = Coordinator.Cycle;
        await Browser.Open(await LinkOfResults());
        Field("community").ShouldBe("Cedar Inlet");
        Field("lead-name").ShouldBe("Lee Larsen");
        Field("coach-phone").ShouldBe("250 555 0199");
        Field("partner-data-brief-address").ShouldBe("dana@data.example");
        Browser.Page.QuerySelector("textarea[name=facilitators]")!.TextContent.Split('\n').Length.ShouldBe(2);
        Browser.Page.QuerySelector("textarea[name=participants]")!.TextContent.ShouldContain("Gus xʷməθkʷəy̓əm; gus@clinic.example");

        await Coordinator.Start(("authority", ["yes"]), ("community", ["Cedar Inlet II"]));
        Coordinator.Cycle.ShouldNotBe(last);
        await Browser.Open(last);
        Browser.Text.ShouldContain("The next one has started.");
        Browser.Page.QuerySelector($"a[href='{Coordinator.Cycle}']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Opening_the_form_changes_nothing_and_not_now_is_recorded_shown_and_taken_back()
    {
        await End();
        var before = await Everything();
        await Browser.Open(Coordinator.Cycle + "/next");
        (await Everything()).ShouldBe(before);

        await Browser.Open(Coordinator.Cycle);
        await Browser.Press("Not now");
        Browser.Text.ShouldContain("You said “not now”");
        await Browser.Press("Take that back");
        Browser.Text.ShouldNotContain("You said “not now”");
        (await Snapshot()).All<NextDecided>().Single().Decision.ShouldBe(NextCycle.Open);
    }

    [Fact]
    public async Task Who_may_start_no_community_is_not_asked_to()
    {
        await End();
        using var staff = await LetIn("division-staff", "Sam Staff");
        await staff.Open(Coordinator.Cycle);
        staff.Page.QuerySelectorAll($"[action='{Coordinator.Cycle}/next'], [href='{Coordinator.Cycle}/next']").ShouldBeEmpty();
    }

    [Fact]
    public async Task Before_the_end_there_is_no_proposal()
    {
        await HoldTheSession();
        await Browser.Open(Coordinator.Cycle + "/next");
        Browser.Path.ShouldBe(Coordinator.Cycle);
        Browser.Text.ShouldNotContain("Start the next one");
    }

    [Fact]
    public async Task A_community_that_is_complete_says_when_it_was()
    {
        await End();
        await Browser.Open("/cycles?stage=complete");
        Browser.Page.QuerySelectorAll("tbody td")[1].TextContent.ShouldBe("complete, Sunday 13 June 2027");
    }

    [Fact]
    public async Task A_partner_gets_the_results_with_their_own_part()
    {
        await End();
        await Browser.Open("/mail");
        var row = Browser.Page.QuerySelectorAll("tbody tr").First(mail => mail.TextContent.Contains("Dana Data", StringComparison.Ordinal) && mail.TextContent.Contains("what your session achieved", StringComparison.Ordinal));
        var text = await Browser.Download(row.QuerySelector("small a")!.GetAttribute("href")!);
        text.ShouldContain("Your part, Health Data Coalition: the community's data brief.");
    }

    /// <summary>Nobody says a thing after the session: day 104 ends it.</summary>
    private async Task End()
    {
        await HoldTheSession(("partner-data-brief-name", ["Dana Data"]), ("partner-data-brief-address", ["dana@data.example"]), ("coach-phone", ["250 555 0199"]));
        var cycle = await Snapshot();
        var partner = cycle.Members(Role.Partner)[0];
        await Host.Services.GetRequiredService<CycleRecords>().Record(
            cycle.Cycle, [new PreparationTold(1, partner, "data-brief", PreparationState.Done, "", partner, Host.Now)], Host.Now);
        await Days(105);
        (await Snapshot()).HasEnded.ShouldBeTrue();
    }

    private string? Field(string name) => Browser.Page.QuerySelector($"input[name={name}]")!.GetAttribute("value");

    private async Task<string> LinkOfResults() => await Coordinator.LinkOf(Testing.Stories.Coordinator.Name, "what your session achieved") + "/next";
}
