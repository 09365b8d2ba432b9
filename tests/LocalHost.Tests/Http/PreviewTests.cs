using System.Net;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>What is to come, seen before a community starts and while it runs.</summary>
public sealed class PreviewTests : OnAHost
{
    private const string See = "See what will happen";

    [Fact]
    public async Task Before_the_start_everything_is_shown_and_nothing_is_written_and_the_form_behind_it_starts_the_community()
    {
        await Coordinator.Browser.Open("/cycles/new");
        var before = await Written();
        await Coordinator.Browser.Press(See, CedarInlet.Form);
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.OK);
        Coordinator.Browser.Text.ShouldContain("Nothing is started or sent yet.");
        Coordinator.Browser.Text.ShouldContain("choose the case for your session");
        Coordinator.Browser.Text.ShouldContain("The community is complete on");
        Coordinator.Browser.Page.QuerySelectorAll("h2").Single(title => title.TextContent == "In calendars").NextElementSibling!.Children
            .ShouldHaveSingleItem().TextContent.ShouldMatch("day [0-9]+ [A-Z][a-z]+ 2027, 6:00 .*: .*Ada Wong\\b");

        await Coordinator.Browser.Press("not at all");
        Coordinator.Browser.Text.ShouldContain("goes no further without an answer");
        (await Written()).ShouldBe(before);

        await Coordinator.Browser.Press("Start");
        Coordinator.Browser.Text.ShouldContain("Eve Stone");
        (await Written()).Count.ShouldBeGreaterThan(before.Count);
    }

    [Fact]
    public async Task What_is_wrong_is_said_before_there_is_a_preview()
    {
        await Coordinator.Browser.Open("/cycles/new");
        await Coordinator.Browser.Press(See, [.. CedarInlet.Form.Where(field => field.Field != "participants"), ("participants", ["no address"])]);
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Coordinator.Browser.Text.ShouldContain("Line 1: The e-mail address is missing.");
    }

    [Fact]
    public async Task The_form_comes_back_as_it_was_typed()
    {
        await Coordinator.Browser.Open("/cycles/new");
        await Coordinator.Browser.Press(See, CedarInlet.Form);
        await Coordinator.Browser.Press("Change something");
        Coordinator.Browser.Page.QuerySelector("[name=community]")!.GetAttribute("value").ShouldBe("Cedar Inlet");
        Coordinator.Browser.Page.QuerySelector("[name=participants]")!.TextContent.ShouldContain("Eve Stone");
    }

    [Fact]
    public async Task Of_a_community_that_runs_what_is_still_to_come_is_shown()
    {
        await Start();
        var path = Coordinator.Browser.Path;
        await Coordinator.Browser.Open($"{path}/preview");
        Coordinator.Browser.Text.ShouldContain("The community is complete on");
        await Coordinator.Browser.Open($"{path}/preview?course=Silent");
        Coordinator.Browser.Text.ShouldContain("goes no further without an answer");
        await Coordinator.Browser.Open($"{path}/preview?course=nonsense");
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Every partition that there is: of a community, of a person, of an address; but for the audit's, which notes that a form was sent.</summary>
    private async Task<IReadOnlyList<string>> Written() =>
        [.. (await ((SqliteRecordStore)Records).Partitions()).Where(name => !name.StartsWith("audit-", StringComparison.Ordinal))];
}
