using System.Net;
using AngleSharp.Dom;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>What the Division does: its own page, the place, the link that it forwards, what it records for others.</summary>
public sealed class DivisionTests : OnAHost
{
    private static readonly (string, string[])[] WithStaff =
        [("staff-name", ["Sam Staff"]), ("staff-address", ["sam@division.example"]), ("registration", ["open"]), ("participants", [""])];

    [Fact]
    public async Task The_staff_record_for_a_facilitator_what_they_said_by_phone()
    {
        await Start(WithStaff);
        await FirstMorning();
        using var staff = await Coordinator.AsPerson("Sam Staff", "being prepared");
        await staff.Open(LinkIn(staff, "Ada Wong", "case"));
        await staff.Press("Choose this case", ("case-study", ["alcohol-and-low-mood"]));
        await Coordinator.Browser.Open(Coordinator.Cycle);
        Coordinator.Browser.Text.ShouldContain("Ada Wong chose a case (recorded by Sam Staff)");
    }

    [Fact]
    public async Task A_facilitator_s_own_page_has_what_is_open_for_them_and_nothing_of_others()
    {
        await Start(WithStaff);
        await FirstMorning();
        using var ada = await OwnPage("Ada Wong", Role.Facilitator);
        ada.Page.QuerySelectorAll("main li a").Select(link => link.TextContent).ShouldBe(["case"]);
        ada.Text.ShouldNotContain("What others tell you");
    }

    [Fact]
    public async Task The_place_is_told_shown_and_taken_back()
    {
        await Start(WithStaff);
        await Invite();
        // They had a mail this morning, so this is in the next one.
        await Host.StepTo(Host.Now + Duration.FromDays(1));
        using var staff = await Coordinator.AsPerson("Sam Staff", "where will the session");
        (await staff.Press("Save the place", ("place", ["  "]))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await staff.Press("Save the place", ("place", ["Cedar Inlet Hall, 12 Wharf St"]))).Text.ShouldContain("The place is: Cedar Inlet Hall, 12 Wharf St");
        (await Coordinator.Browser.Open(Coordinator.Cycle)).Text.ShouldContain("Place: Cedar Inlet Hall");
        (await staff.Press("The place follows")).Text.ShouldContain("The place is not known yet.");
    }

    [Fact]
    public async Task Anybody_with_the_link_registers_once_and_is_confirmed()
    {
        await Start(WithStaff);
        await Invite();
        using var staff = await OwnPage("Sam Staff", Role.DivisionStaff);
        staff.Page.QuerySelector(".qr svg").ShouldNotBeNull();
        using var gus = await new Browser(Host.Address).Open(new Uri(staff.Page.QuerySelectorAll("a").Single(link => link.TextContent == "The link").GetAttribute("href")!).AbsolutePath);
        (await gus.Press("Register", ("name", ["Gus xʷməθkʷəy̓əm"]), ("address", ["gus@"]))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        gus.Page.QuerySelector("input[name=name]")!.GetAttribute("value").ShouldBe("Gus xʷməθkʷəy̓əm");
        var form = gus.Page;
        (await gus.Press("Register", ("address", ["gus@clinic.example"]), ("need", ["vegan"]))).Text.ShouldContain("You have a seat; a confirmation is on its way to gus@clinic.example");
        await gus.PressOn(form, "Register", ("address", ["gus@clinic.example"]));
        (await Snapshot()).Members(Role.Participant).Count.ShouldBe(1);
        await Host.StepTo(Host.Now + Duration.FromMinutes(1));
        (await Coordinator.AsPerson("Gus xʷməθkʷəy̓əm", "your seat")).Text.ShouldContain("You have a seat.");
    }

    [Fact]
    public async Task A_link_of_another_purpose_opens_no_registration()
    {
        await Start(WithStaff);
        await Invite();
        using var staff = await OwnPage("Sam Staff", Role.DivisionStaff);
        using var other = await new Browser(Host.Address).Open(staff.Path.Replace("/mine/", "/register/", StringComparison.Ordinal));
        other.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string LinkIn(Browser page, string name, string label) =>
        page.Page.QuerySelectorAll("tr").Single(row => row.Children[0].TextContent == name).QuerySelectorAll("a").Single(link => link.TextContent == label).GetAttribute("href")!;

    private async Task<Browser> OwnPage(string name, Role role)
    {
        var (cycle, people) = (await Snapshot(), Host.Services.GetRequiredService<People>());
        foreach (var member in cycle.Members(role))
        {
            if (await people.Get(member) is { } person && person.Name == name)
            {
                return await new Browser(Host.Address).Open(Host.Services.GetRequiredService<Links>().AskPath(AskPages.Own, person, cycle.Cycle, role, Host.Now));
            }
        }

        throw new InvalidOperationException($"No {name}.");
    }

    /// <summary>The date is fixed, and the text to forward is out.</summary>
    private async Task Invite()
    {
        var cycle = await Snapshot();
        var (now, facilitators) = (Host.Now, cycle.Members(Role.Facilitator));
        await Host.Services.GetRequiredService<CycleRecords>().Record(
            cycle.Cycle,
            [
                new StageOpened(StageIds.FacilitatorTraining, 1, now),
                .. facilitators.Select(one => new LeadingAnswered(1, one, Leads: true, one, now)),
                new FacilitatorsTrained(StageIds.FacilitatorTraining, 1, now, facilitators),
                new StageOpened(StageIds.Scheduling, 1, now),
                new SessionDated(StageIds.Scheduling, 1, now, new LocalDateTime(2027, 5, 25, 18, 0), "America/Vancouver"),
            ],
            now);
        await FirstMorning();
    }

    private async Task<Snapshot> Snapshot() =>
        (await Host.Services.GetRequiredService<CycleRecords>().Read(CycleId.From(Coordinator.Cycle.Split('/')[^1])))!.Snapshot;
}
