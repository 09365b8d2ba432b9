using AngleSharp.Dom;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>What a person's own page leads to when nothing is asked of them.</summary>
public sealed class OwnPageTests : BeforeASession
{
    private const string Sheet = "Sheet for the day";
    private const string Results = "What your session achieved";

    [Fact]
    public async Task Who_leads_has_the_sheet_of_the_day_from_the_invitations_to_the_end_of_the_session()
    {
        await Start();
        (await Labels("Ada Wong", Role.Facilitator)).ShouldNotContain(Sheet);
        await Invite();
        (await Labels("Lee Larsen", Role.DivisionLead)).ShouldNotContain(Sheet);
        using var lead = await As("Lee Larsen", AskPages.Own, Role.DivisionLead);
        lead.Page.QuerySelectorAll(".when .whole").Select(part => part.TextContent).ShouldContain("(UTC-7)");
        using var ada = await As("Ada Wong", AskPages.Own, Role.Facilitator);
        await ada.Open(ada.Page.QuerySelectorAll("a").Single(link => link.TextContent == Sheet).GetAttribute("href")!);
        ada.Page.QuerySelector("h1")!.TextContent.ShouldBe(Sheet);

        await Host.StepTo(At(Session.PlusHours(3)));
        (await Labels("Ada Wong", Role.Facilitator)).ShouldNotContain(Sheet);
    }

    [Fact]
    public async Task At_the_end_those_who_may_read_the_results_find_them_and_nobody_else()
    {
        await Invite();
        await Host.StepTo(At(Session.PlusDays(1)));
        await Coordinator.Browser.Open(Coordinator.Cycle + "/list");
        await Coordinator.Browser.Press("Nobody was there");
        (await Labels("Lee Larsen", Role.DivisionLead)).ShouldNotContain(Results);
        await Host.StepTo(At(Session.PlusDays(200)));
        foreach (var (name, role) in new[] { ("Lee Larsen", Role.DivisionLead), ("Ada Wong", Role.Facilitator), ("Kim Coach", Role.Coach) })
        {
            using var own = await As(name, AskPages.Own, role);
            await own.Open(own.Page.QuerySelectorAll("a").Single(link => link.TextContent == Results).GetAttribute("href")!);
            own.Page.QuerySelector("h1")!.TextContent.ShouldBe(Results);
        }

        (await Labels("Eve Stone", Role.Participant)).ShouldNotContain(Results);
    }

    private async Task<IEnumerable<string>> Labels(string name, Role role)
    {
        using var own = await As(name, AskPages.Own, role);
        return [.. own.Page.QuerySelectorAll("a").Select(link => link.TextContent)];
    }
}
