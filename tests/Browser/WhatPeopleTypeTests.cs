using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>
/// What is typed into a form, or pasted, is read back as it was typed: on every page, narrow too, and in mail. Nothing of it is taken for
/// markup, a script or a formula: the console says nothing, no dialog opens, and no page is wider than its window.
/// </summary>
public sealed class WhatPeopleTypeTests(Chromium chromium) : InChromium(chromium, script: true, looks: true)
{
    private const string Community = "xʷməθkʷəy̓əm & O’Neil’s “Bay” <b>🏔️</b>";
    private const string Lead = "D'Arcy Šimůnková-Núñez";
    private const string Coach = "👩🏽‍⚕️ Kim O'Connor, RN";
    private const string Script = "<script>alert('Eve')</script>";
    private const string Formula = "=cmd|' /C calc'!A0";
    private const string Note = "No nuts – “really”; 花生 <img src=x onerror=alert(1)> & {0} 🥜";
    private const string Place = "T̓uy̓t̓tanat Hall, 12½ Wharf St. <https://maps.example/?a=1&b=2>";
    private const string Plan = "=HYPERLINK(\"https://x.example\",\"Ask\") & <i>listen</i>";

    /// <summary>As long as a name may be, and without a place to break it.</summary>
    private static readonly string Long = "Wolfeschlegelstein".PadRight(300, 'x');

    /// <summary>Copied out of a spreadsheet: a header, tabs between, an empty line, and two people in one cell's width.</summary>
    private static readonly string Table = string.Join("\r\n",
        "Clinic\tFull name\tE-mail",
        $"North\t{Script}\teve@clinic.example",
        $"North\t{Formula}\tflo@clinic.example",
        "\t\t",
        $"South\t{Long}\tgus@clinic.example",
        "South\t  René‐Noël   d’Août  \thana@clinic.example");

    private static readonly string[] Names = [Script, Formula, Long, "René‐Noël   d’Août", Lead, Coach];

    private static readonly (string Field, string[] Values)[] Typed =
    [
        ("community", [Community]), ("lead-name", [Lead]), ("coach-name", [Coach]), ("participants", [Table]),
        ("staff-name", ["Sam Staff"]), ("staff-address", ["sam@division.example"]),
    ];

    private Browser Desk => Coordinator.Browser;

    [Fact]
    public async Task What_is_typed_is_read_back_as_it_was_typed()
    {
        await Invite(Typed, new LocalDateTime(2027, 5, 4, 18, 0));
        await ReadNames();
        await Reply();
        await ReadMail();
        await Meet();
        await Coaching();
    }

    private async Task ReadNames()
    {
        await Desk.Open(Coordinator.Cycle);
        Heading(Desk).ShouldBe(Community);
        Names.Except(Desk.Page.QuerySelectorAll("td").Select(cell => cell.TextContent)).ShouldBeEmpty();
        await Desk.Open("/cycles");
        Desk.Page.QuerySelectorAll("td a").Single().TextContent.ShouldBe(Community);
        await Desk.Open("/mail");
        Desk.Text.ShouldContain(Long);
    }

    private async Task Reply()
    {
        using var staff = await As("Sam Staff", VenueForm.Page, Role.DivisionStaff);
        (await staff.Press("Save the place", ("place", [Place]))).Text.ShouldContain($"The place is: {Place}");
        foreach (var name in (string[])[Script, Long])
        {
            using var person = await As(name, ReplyForm.Page);
            await person.Press("Yes, I will come", ("note", [Note]), ("office", ["Jo <jo@desk.example>"]));
            person.Page.QuerySelector("[name=note]")!.GetAttribute("value").ShouldBe(Note);
            person.Text.ShouldContain(Place);
        }

        await Days(1);
    }

    private async Task ReadMail()
    {
        foreach (var name in (string[])[Script, Formula, Long])
        {
            var mail = await Host.Services.GetRequiredService<MailViewer>().All().LastAsync(one => one.Mail.Name == name);
            await Desk.Open($"/mail/{mail.Id}");
            Desk.Text.ShouldContain($"Hello {name}");
            Desk.Page.QuerySelector("script, img, b").ShouldBeNull();
            await Desk.Open($"/mail/{mail.Id}/text");
            Desk.Text.ShouldContain($"Hello {name}");
        }
    }

    private async Task Meet()
    {
        await StepTo("2027-05-04T17:30");
        using var ada = await As("Ada Wong", ListForm.Page, Role.Facilitator);
        await ada.Press("Add to the list", ("name", ["@SUM(1+1)*cmd|' /C calc'!A0"]), ("address", ["jo@clinic.example"]));
        ada.Text.ShouldContain("@SUM(1+1)*cmd|' /C calc'!A0 is on the list.");
        ada.Text.ShouldContain(Script);
        await StepTo("2027-05-04T20:30");
        await ada.Open(ada.Path);
        await ada.Press("Confirm the list");
        await Days(1);
    }

    private async Task Coaching()
    {
        using var person = await As(Script, CoachRequestForm.Page);
        await person.Press("Yes, please ask the coach to call me");
        await person.Press("Yes, send it to me", ("commitment", [$"{Plan}\nand 睡眠"]));
        person.Text.ShouldContain($"{Plan} and 睡眠");
        using var coach = await As(Coach, CoachTasksForm.Page, Role.Coach);
        await coach.Press("Save the plan", ("plan", [Plan]));
        coach.Text.ShouldContain($"What will change: {Plan}");
    }

    private static string Heading(Browser browser) => browser.Page.QuerySelector("h1")!.TextContent;
}
