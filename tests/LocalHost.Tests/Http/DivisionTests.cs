using System.Net;
using AngleSharp.Dom;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
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
        Stands(staff, "Ada Wong").ShouldBe("no answer yet");
        var own = staff.Path;
        await staff.Open(LinkIn(staff, "Ada Wong", "case"));
        await staff.Press("Choose this case", ("case-study", ["alcohol-and-low-mood"]));
        Stands(await staff.Open(own), "Ada Wong").ShouldBe("nothing open");
        await Coordinator.Browser.Open(Coordinator.Cycle);
        Coordinator.Browser.Text.ShouldContain("Ada Wong chose a case (recorded by Sam Staff)");
    }

    [Fact]
    public async Task A_facilitator_s_own_page_has_what_is_open_for_them_and_nothing_of_others()
    {
        await Start(WithStaff);
        await FirstMorning();
        using var ada = await OwnPage("Ada Wong", Role.Facilitator);
        ada.Page.QuerySelectorAll("main li a").Select(link => link.TextContent).ShouldBe(["choose the case that your practices need most, by Thu 11 Mar, 5:00 pm"]);
        ada.Text.ShouldNotContain("What others tell you");
    }

    [Fact]
    public async Task What_is_told_is_open_no_more_and_can_still_be_changed()
    {
        await Start(WithStaff);
        await Invite();
        using var staff = await OwnPage("Sam Staff", Role.DivisionStaff);
        Open(staff).ShouldBe(["say where the session is, by Mon 22 Mar, 9:00 am", Forwarding]);
        await staff.Open(staff.Page.QuerySelector("ul.open a")!.GetAttribute("href")!);
        await staff.Press("Save the place", ("place", ["Cedar Inlet Hall, 12 Wharf St"]));
        await staff.Open(await PathTo("Sam Staff", ForwardForm.Page, Role.DivisionStaff));
        await staff.Press("I have forwarded it");
        using var after = await OwnPage("Sam Staff", Role.DivisionStaff);
        Open(after).ShouldBe(["place", "forwarding"]);
        after.Text.ShouldContain("Nothing at the moment.");
        after.Text.ShouldContain("What you can still change");
    }

    [Fact]
    public async Task Only_what_can_be_told_now_is_offered_to_be_recorded()
    {
        await Start(WithStaff);
        await Record(new StageOpened(StageIds.FacilitatorTraining, 1, Host.Now), new StageOpened(StageIds.Scheduling, 1, Host.Now));
        (await Labels("Ada Wong")).ShouldBe(["case: Ada Wong", "leading and training: Ada Wong"]);
        var (cycle, ada) = (await Snapshot(), await IdOf("Ada Wong", Role.Facilitator));
        await Record(new LeadingAnswered(1, ada, Leads: true, ada, Host.Now), new SlotsProposed(1, cycle.Coordinator, [new LocalDateTime(2027, 5, 27, 18, 0)], cycle.Coordinator, Host.Now));
        (await Labels("Ada Wong")).ShouldContain("dates: Ada Wong");
        (await Labels("Bo Li")).ShouldNotContain("dates: Bo Li");
    }

    [Fact]
    public async Task Before_the_session_replies_are_counted_and_after_it_those_who_were_there()
    {
        await Start([.. WithStaff.Where(one => one.Item1 is "staff-name" or "staff-address")]);
        await Invite();
        var cycle = await Snapshot();
        var (eve, flo, gus) = (await IdOf("Eve Stone", Role.Participant), await IdOf("Flo Mercier", Role.Participant), await IdOf("Gus xʷməθkʷəy̓əm", Role.Participant));
        await Record(new Replied(1, eve, Comes: true, eve, Host.Now), new Replied(1, flo, Comes: false, flo, Host.Now), new Seat(1, eve, 1, Host.Now, SeatState.Granted, Host.Now));
        const string Counts = "1 will come. Not this time: 1. No reply yet: 2.";
        using var staff = await OwnPage("Sam Staff", Role.DivisionStaff);
        staff.Text.ShouldContain(Counts);
        (await Coordinator.Browser.Open(Coordinator.Cycle)).Text.ShouldContain(Counts);

        await Record(new Attended(1, eve, Was: true, eve, Host.Now), new Attended(1, gus, Was: true, gus, Host.Now), new AttendanceListed(1, cycle.Coordinator, cycle.Coordinator, Host.Now));
        using var after = await OwnPage("Sam Staff", Role.DivisionStaff);
        after.Text.ShouldContain("At the session: 2.");
        after.Text.ShouldNotContain("No reply yet");
    }

    private static IEnumerable<string> Open(Browser page) => page.Page.QuerySelectorAll("ul.open a").Select(link => link.TextContent);

    /// <summary>What the staff can record for somebody.</summary>
    private async Task<IEnumerable<string>> Labels(string name)
    {
        using var staff = await OwnPage("Sam Staff", Role.DivisionStaff);
        return [.. staff.Page.QuerySelectorAll("tr").Single(row => row.Children[0].TextContent == name).QuerySelectorAll("a").Select(link => link.TextContent)];
    }

    private async Task Record(params Fact[] facts) =>
        await Host.Services.GetRequiredService<CycleRecords>().Record((await Snapshot()).Cycle, facts, Host.Now);

    [Fact]
    public async Task The_place_is_told_shown_and_taken_back()
    {
        await Start(WithStaff);
        await Invite();
        // They had a mail this morning, so this is in the next one, behind the text to forward.
        await Host.StepTo(Host.Now + Duration.FromDays(1));
        using var staff = await Coordinator.AsPerson("Sam Staff", "a text to forward", "venue");
        (await staff.Press("Save the place", ("place", ["  "]))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await staff.Press("Save the place", ("place", ["Cedar Inlet Hall, 12 Wharf St"]))).Text.ShouldContain("The place is: Cedar Inlet Hall, 12 Wharf St");
        (await Coordinator.Browser.Open(Coordinator.Cycle)).Text.ShouldContain("Cedar Inlet Hall");
        (await staff.Press("The place follows")).Text.ShouldContain("The place follows; invitations say so.");
        staff.Text.ShouldContain("Thank you. Invitations say that the place follows. Please say it here as soon as it is known.");
    }

    [Fact]
    public async Task That_the_place_follows_is_an_answer_until_a_week_before_replies_close()
    {
        await Start(WithStaff);
        await Invite();
        using var staff = await OwnPage("Sam Staff", Role.DivisionStaff);
        await staff.Open(staff.Page.QuerySelector("ul.open a")!.GetAttribute("href")!);
        await staff.Press("The place follows");
        await ShowsThePlace("place");

        await Host.StepTo(Host.Now + Duration.FromDays(64));
        await ShowsThePlace("say where the session is, by Tue 11 May, 9:00 am");
        await staff.Press("The place follows");
        await ShowsThePlace("place");
    }

    private async Task ShowsThePlace(string how)
    {
        using var staff = await OwnPage("Sam Staff", Role.DivisionStaff);
        Open(staff).ShouldContain(how);
    }

    [Fact]
    public async Task Anybody_with_the_link_registers_once_and_is_confirmed()
    {
        await Start(WithStaff);
        await Invite();
        using var staff = await ForwardPage("Sam Staff", Role.DivisionStaff);
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
    public async Task The_lead_s_own_page_has_the_text_to_forward_with_its_deadline_and_one_press_closes_it()
    {
        await Start([.. WithStaff.Where(one => one.Item1 is not ("staff-name" or "staff-address"))]);
        await Invite();
        using var lead = await OwnPage("Lee Larsen", Role.DivisionLead);
        Open(lead).ShouldContain(Forwarding);
        (await Coordinator.Browser.Open(Coordinator.Cycle)).Text.ShouldContain("the Division forwards the registration text, by Mon 10 May, 5:00 pm: Lee Larsen");
        await lead.Open(lead.Page.QuerySelectorAll("ul.open a").Single(link => link.TextContent == Forwarding).GetAttribute("href")!);
        (await lead.Press("I have forwarded it")).Text.ShouldContain("Forwarded, as the Division said");
        using var after = await OwnPage("Lee Larsen", Role.DivisionLead);
        Open(after).ShouldContain("forwarding");
        (await Coordinator.Browser.Open(Coordinator.Cycle)).Text.ShouldNotContain("forwards the registration text");
        Coordinator.Browser.Text.ShouldContain("Lee Larsen told whether the registration text is forwarded");

        await lead.Press("Not forwarded after all");
        (await Coordinator.Browser.Open(Coordinator.Cycle)).Text.ShouldContain("the Division forwards the registration text");
    }

    [Fact]
    public async Task The_first_registration_by_the_link_says_that_it_is_forwarded()
    {
        await Start(WithStaff);
        await Invite();
        using var staff = await ForwardPage("Sam Staff", Role.DivisionStaff);
        using var gus = await new Browser(Host.Address).Open(new Uri(staff.Page.QuerySelectorAll("a").Single(link => link.TextContent == "The link").GetAttribute("href")!).AbsolutePath);
        await gus.Press("Register", ("name", ["Gus xʷməθkʷəy̓əm"]), ("address", ["gus@clinic.example"]));
        (await staff.Open(staff.Path)).Text.ShouldContain("Forwarded: somebody has registered by the link.");
        staff.Page.QuerySelectorAll("button").ShouldBeEmpty();
        using var own = await OwnPage("Sam Staff", Role.DivisionStaff);
        Open(own).ShouldContain("forwarding");
    }

    [Fact]
    public async Task The_coordinator_records_that_the_staff_have_forwarded_it()
    {
        await Start(WithStaff);
        await Invite();
        var desk = await Coordinator.Browser.Open(Coordinator.Cycle);
        await desk.Open(LinkIn(desk, "Sam Staff", "forwarding"));
        (await desk.Press("Sam Staff has forwarded it")).Text.ShouldContain("Forwarded, as the Division said");
        (await desk.Open(Coordinator.Cycle)).Text.ShouldContain("Sam Staff told whether the registration text is forwarded (recorded by Robin Marsh)");
    }

    private const string Forwarding = "forward the registration text, by Mon 10 May, 5:00 pm";

    [Fact]
    public async Task A_registration_link_that_has_expired_says_so_and_whom_to_call()
    {
        await Start(WithStaff);
        var old = Host.Services.GetRequiredService<Links>().ToRegistration((await Snapshot()).Cycle, Host.Now - Duration.FromDays(401));
        using var gus = await new Browser(Host.Address).Open(old.AbsolutePath);
        gus.Status.ShouldBe(HttpStatusCode.Gone);
        gus.Text.ShouldContain("Registration is closed");
        gus.Text.ShouldContain("call 250 555 0100");
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

    private static string Stands(Browser page, string name) =>
        page.Page.QuerySelectorAll("tbody tr").Single(row => row.Children[0].TextContent.Trim() == name).Children[1].TextContent.Trim();

    private static string LinkIn(Browser page, string name, string label) =>
        page.Page.QuerySelectorAll("tr").Single(row => row.Children[0].TextContent == name).QuerySelectorAll("a").Single(link => link.TextContent.StartsWith(label, StringComparison.Ordinal)).GetAttribute("href")!;

    private Task<Browser> OwnPage(string name, Role role) => On(AskPages.Own, name, role);

    private Task<Browser> ForwardPage(string name, Role role) => On(ForwardForm.Page, name, role);

    private async Task<Browser> On(string page, string name, Role role) => await new Browser(Host.Address).Open(await PathTo(name, page, role));

    private async Task<string> PathTo(string name, string page, Role role)
    {
        var person = await Host.Services.GetRequiredService<People>().Get(await IdOf(name, role));
        return Host.Services.GetRequiredService<Links>().AskPath(page, person, (await Snapshot()).Cycle, role, Host.Now);
    }

    private async Task<PersonId> IdOf(string name, Role role)
    {
        foreach (var member in (await Snapshot()).Members(role))
        {
            if ((await Host.Services.GetRequiredService<People>().Get(member)).Name == name)
            {
                return member;
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
                new StageOpened(StageIds.CaseStudySelection, 1, now),
                new CaseStudyChosen(StageIds.CaseStudySelection, 1, now, cycle.KickOff.CaseStudies[0].Id),
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
