using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Testing.Stories;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>To postpone a session cannot be undone, so it takes two presses; the first records nothing.</summary>
public sealed class PostponeTwiceTests : BeforeASession
{
    private const string Means = "2 people who said yes are told now that the session is postponed.";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_press_says_what_it_means_and_records_nothing_and_the_second_postpones(bool isLead)
    {
        var page = await Ask(isLead);
        page.Text.ShouldNotContain(Means);
        var before = await Everything();
        await page.Press("Postpone it");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain(Means);
        page.Text.ShouldContain("a new date is looked for");
        page.Page.QuerySelectorAll("form button").Select(button => button.TextContent).Where(label => label != "Sign out").ShouldBe(["Yes, postpone it", "Back"]);
        (await Everything()).ShouldBe(before);

        await page.Press("Back");
        page.Text.ShouldNotContain(Means);
        page.Text.ShouldContain("It goes ahead");
        (await Everything()).ShouldBe(before);

        await page.Press("Postpone it");
        (await page.Press("Yes, postpone it")).Text.ShouldContain("It was decided to postpone the session.");
        (await Snapshot()).All<GoDecided>().Single().Decision.ShouldBe(GoDecision.Postpone);
    }

    [Fact]
    public async Task A_page_that_was_left_open_changes_nothing_once_it_is_decided()
    {
        using var lead = await Ask(isLead: true);
        await lead.Press("Postpone it");
        var (left, address) = (lead.Page, lead.Path);
        await lead.Press("Back");
        await lead.Press("It goes ahead");
        (await lead.PressOn(left, "Yes, postpone it")).Text.ShouldContain("It was decided that the session goes ahead.");
        (await lead.Open(address + "?step=postpone")).Text.ShouldContain("It was decided that the session goes ahead.");
        (await Snapshot()).All<GoDecided>().Single().Decision.ShouldBe(GoDecision.Go);
    }

    [Fact]
    public async Task Where_nobody_said_yes_nobody_is_said_to_be_told()
    {
        await Invite();
        await Host.StepTo(At(Session) - Duration.FromDays(13));
        using var lead = await As("Lee Larsen", GoForm.Page, Role.DivisionLead);
        (await lead.Press("Postpone it")).Text.ShouldContain("Nobody has said yes so far.");
    }

    /// <summary>One has a seat, one waits for one.</summary>
    private async Task<Browser> Ask(bool isLead)
    {
        await Invite(1);
        foreach (var name in (string[])["Eve Stone", "Flo Mercier"])
        {
            using var page = await As(name, ReplyForm.Page);
            await page.Press("Yes, I will come");
        }

        await Host.StepTo(At(Session) - Duration.FromDays(13));
        return isLead ? await As("Lee Larsen", GoForm.Page, Role.DivisionLead) : await Coordinator.Browser.Open($"{Coordinator.Cycle}/go");
    }
}
