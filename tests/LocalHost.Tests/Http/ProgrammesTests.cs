using System.Net;
using AngleSharp.Dom;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>Programmes are edited in the browser: each save is a version, and a community keeps the one it started with.</summary>
public sealed class ProgrammesTests : OnAHost
{
    private const string Adult = "/programmes/adult-mental-health";
    private const string Save = "Save as a new version";
    private const string Minimum = "policy.attendance.minimum";

    private Browser Desk => Coordinator.Browser;

    [Fact]
    public async Task A_change_is_a_version_that_says_what_changed_who_changed_it_and_why()
    {
        await Desk.Open(Adult);
        Desk.Text.ShouldContain("As delivered");
        await Change(Minimum, "8");
        Desk.Status.ShouldBe(HttpStatusCode.OK);
        Desk.Text.ShouldContain("Saved as version 1.");
        Desk.Text.ShouldContain("by Robin Marsh: “Eight fill a room”");
        Desk.Text.ShouldContain("Attendance: Fewest for a session: 6 → 8");
        Desk.Page.QuerySelector($"[name='{Minimum}']")!.GetAttribute("value").ShouldBe("8");
    }

    [Fact]
    public async Task A_community_keeps_the_version_it_started_with()
    {
        await Start();
        var before = await Cycle();
        await Change(Minimum, "8");
        await Start(("community", ["Second Bay"]));
        var after = await Cycle();
        (before.ProgrammeVersion, before.Policy.Attendance.Minimum).ShouldBe((0, 6));
        (after.ProgrammeVersion, after.Policy.Attendance.Minimum).ShouldBe((1, 8));
        await Desk.Open("/programmes");
        Row("Adult Mental Health").ShouldContain("1 on version 1, 1 as delivered");
        await Desk.Open(Adult);
        Desk.Text.ShouldContain("1 open community runs on it.");
    }

    [Fact]
    public async Task A_community_that_runs_moves_to_a_newer_version_after_what_changes_was_shown_and_back()
    {
        await Start();
        await FirstMorning();
        await Change(Minimum, "8");
        await Change("policy.caseStudySelection.closesDay", "12");
        await Desk.Open($"{Coordinator.Cycle}/adapt?what=adopt&version=2");
        Desk.Text.ShouldContain("the community runs on version 2 of the programme.");
        Desk.Text.ShouldContain("Attendance: Fewest for a session: 6 → 8");
        Desk.Text.ShouldContain("Case-study selection: Vote closes on day: 10 → 12");
        Desk.Text.ShouldContain("Case-study selection: Sat 13 Mar, 5:00 pm, not Thu 11 Mar, 5:00 pm");
        await Desk.Press("Change it", ("reason", ["They asked for time"]));
        Desk.Text.ShouldContain("Changed: the community runs on version 2 of the programme.");
        (await Cycle()).ProgrammeVersion.ShouldBe(2);
        await Host.StepTo(Host.Now + NodaTime.Duration.FromMinutes(1));
        await Desk.Open("/programmes");
        Row("Adult Mental Health").ShouldContain("1 on version 2");

        await Desk.Open($"{Coordinator.Cycle}/adapt");
        await Desk.Open(Desk.Page.QuerySelectorAll("a").Single(link => link.TextContent.StartsWith("Take it back", StringComparison.Ordinal)).GetAttribute("href")!);
        await Desk.Press("Change it", ("reason", ["They did not"]));
        ((await Cycle()).ProgrammeVersion, (await Cycle()).Policy.Attendance.Minimum).ShouldBe((0, 6));
    }

    [Theory]
    [InlineData("9")]
    [InlineData("newest")]
    public async Task A_version_that_is_none_cannot_be_moved_to(string version)
    {
        await Start();
        await Desk.Open($"{Coordinator.Cycle}/adapt?what=adopt&version={version}");
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task What_is_wrong_is_told_beside_its_field_and_what_was_typed_stays()
    {
        await Change(Minimum, "9999");
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var field = Desk.Page.QuerySelector($"[name='{Minimum}']")!;
        field.GetAttribute("value").ShouldBe("9999");
        field.ParentElement!.NextElementSibling!.TextContent.Trim().ShouldBe("Use 0 to 2000.");
        Desk.Page.QuerySelector("[name=reason]")!.GetAttribute("value").ShouldBe("Eight fill a room");
        await Desk.Open(Adult);
        Desk.Text.ShouldContain("As delivered");
    }

    [Theory]
    [InlineData("", "Say why in a few words.")]
    [InlineData("long", "Say why in at most 200 characters.")]
    public async Task A_change_needs_a_reason(string reason, string complaint)
    {
        await Desk.Open(Adult);
        await Desk.Press(Save, (Minimum, ["8"]), ("reason", [reason == "long" ? new string('x', 201) : reason]));
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Desk.Text.ShouldContain(complaint);
        Desk.Page.QuerySelector($"[name='{Minimum}']")!.GetAttribute("value").ShouldBe("8");
    }

    [Fact]
    public async Task Nothing_changed_is_no_version()
    {
        await Desk.Open(Adult);
        await Desk.Press(Save, ("reason", ["Just so"]));
        Desk.Text.ShouldContain("Nothing was changed");
    }

    [Fact]
    public async Task Who_saved_meanwhile_is_told_with_what_they_changed_and_what_was_typed_stays()
    {
        await Desk.Open(Adult);
        var mine = Desk.Page;
        await Change(Minimum, "8");
        await Desk.PressOn(mine, Save, ("policy.keptMonths", ["36"]), ("reason", ["We keep longer"]));
        Desk.Status.ShouldBe(HttpStatusCode.Conflict);
        Desk.Text.ShouldContain("Robin Marsh saved version 1 while you typed.");
        Desk.Text.ShouldContain("Attendance: Fewest for a session: 6 → 8");
        Desk.Page.QuerySelector("[name='policy.keptMonths']")!.GetAttribute("value").ShouldBe("36");
        await Desk.Press(Save, (Minimum, ["8"]));
        Desk.Text.ShouldContain("Saved as version 2.");
    }

    [Fact]
    public async Task An_earlier_version_comes_back_as_a_new_one()
    {
        await Change(Minimum, "8");
        await Desk.Press("Go back", ("version", ["0"]), ("reason", ["It was too many"]));
        Desk.Text.ShouldContain("Saved as version 2, as delivered.");
        Desk.Page.QuerySelector($"[name='{Minimum}']")!.GetAttribute("value").ShouldBe("6");
        await Desk.Press("Go back", ("version", ["1"]), ("reason", [""]));
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await Desk.Press("Go back", ("version", ["1"]), ("reason", ["It was not"]));
        Desk.Page.QuerySelector($"[name='{Minimum}']")!.GetAttribute("value").ShouldBe("8");
    }

    [Fact]
    public async Task Who_goes_back_is_told_what_was_saved_meanwhile()
    {
        await Change(Minimum, "8");
        var mine = Desk.Page;
        await Change("policy.keptMonths", "36");
        await Desk.PressOn(mine, "Go back", ("version", ["0"]), ("reason", ["It was too many"]));
        Desk.Status.ShouldBe(HttpStatusCode.Conflict);
        Desk.Text.ShouldContain("Robin Marsh saved version 2 while you typed.");
        Desk.Page.QuerySelectorAll("[name=reason]")[1].GetAttribute("value").ShouldBe("It was too many");
        await Desk.Press("Go back", ("version", ["0"]));
        Desk.Text.ShouldContain("Saved as version 3, as delivered.");
    }

    [Theory]
    [InlineData(Adult)]
    [InlineData(Adult + "/texts/attendance")]
    public async Task A_form_of_a_version_that_is_not_there_is_given_back(string path)
    {
        await Desk.Open(path);
        var field = path == Adult ? (Minimum, new[] { "8" }) : ("own.attendance.SeatChange", ["Your seat"]);
        await Desk.Press(Save, field, ("number", ["5"]), ("reason", ["Eight fill a room"]));
        Desk.Status.ShouldBe(HttpStatusCode.Conflict);
        Desk.Text.ShouldContain("The version that you saw is not there any more.");
        await Desk.Press(Save);
        Desk.Text.ShouldContain("Saved as version 1.");
    }

    [Fact]
    public async Task A_new_programme_begins_as_a_copy_and_communities_start_with_it()
    {
        await Copy("Perinatal Mental Health");
        Desk.Path.ShouldBe("/programmes/perinatal-mental-health");
        await Desk.Open("/programmes");
        await Copy("Perinatal mental health");
        Desk.Text.ShouldContain("There is a programme by such a name.");
        await Copy("");
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await Start(("programme", ["perinatal-mental-health"]));
        (await Cycle()).KickOff.Programme.ShouldBe("perinatal-mental-health");
    }

    [Fact]
    public async Task A_community_that_has_ended_runs_on_no_version()
    {
        await Start();
        await Desk.Open("/programmes");
        Row("Adult Mental Health").ShouldContain("1 as delivered");
        await End();
        await Desk.Open("/programmes");
        Row("Adult Mental Health").ShouldNotContain("1 as delivered");
    }

    [Fact]
    public async Task A_programme_that_is_none_is_not_found()
    {
        await Desk.Open("/programmes/no-such");
        Desk.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task Copy(string name)
    {
        await Desk.Open("/programmes");
        await Desk.Press("Add", ("copy", ["adult-mental-health"]), ("name", [name]));
    }

    private async Task Change(string field, string value)
    {
        await Desk.Open(Adult);
        await Desk.Press(Save, (field, [value]), ("reason", ["Eight fill a room"]));
    }

    private async Task<Snapshot> Cycle() =>
        (await Host.Services.GetRequiredService<CycleRecords>().Read(CycleId.From(Coordinator.Cycle.Split('/')[^1])))!.Snapshot;

    private string Row(string name) => Desk.Page.QuerySelectorAll("tr").Single(row => row.TextContent.Contains(name, StringComparison.Ordinal)).TextContent;
}
