using AngleSharp.Dom;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>A tour of every page in every state that the story does not come by: above all those that refuse what was typed.</summary>
public abstract partial class Tour(Chromium chromium, bool script) : InChromium(chromium, script, looks: script)
{
    /// <summary>A browser takes it for text, and for an address; nobody can read or reach it.</summary>
    private const string Unreadable = "—";
    private const string NoAddress = "lee@division";

    private const string Participants = """
        Eve Stone, eve@clinic.example
        Flo Mercier, flo@clinic.example
        Gus xʷməθkʷəy̓əm, gus@clinic.example
        Hana O'Neil, hana@clinic.example
        """;

    private static readonly (string Field, string[] Values)[] Everybody =
    [
        ("staff-name", ["Sam Staff"]), ("staff-address", ["sam@division.example"]), ("coach-phone", ["250 555 0177"]),
        ("partner-data-brief-name", ["Dana Data"]), ("partner-data-brief-address", ["dana@data.example"]),
        ("participants", [Participants]),
        ("partner-accreditation-name", ["Uma Accreditor"]), ("partner-accreditation-address", ["uma@cpd.example"]),
    ];

    private Browser Desk => Coordinator.Browser;

    /// <summary>What each page says on the way was read by eye once.</summary>
    protected async Task Go()
    {
        await SignIn();
        await KickOff();
        await Coordinators();
        await Programmes();
        await Prepare();
        await LookAfterAPerson();
        await ChooseForThem();
        await Train();
        await Date();
        await Reply();
        await LookAtAll();
        await ReadMail();
        await Register();
        await Meet();
        await Postpone();
        await Afterwards();
        await Coach();
        await ReadTheResults();
        await Next();
        await Park();
        Approved.Matches("tour", Check.Told);
    }

    private async Task Prepare()
    {
        await Start(Everybody);
        await KeepMailWaiting();
        using var partner = await As("Uma Accreditor", PreparationForm.Page, Role.Partner);
        await partner.Press("This is done", ("note", [Unreadable]));
        await partner.Press("This is done", ("note", ["https://cpd.example/cedar-inlet"]), ("session-id", ["4711-A"]));
        using var other = await As("Dana Data", PreparationForm.Page, Role.Partner);
        await other.Press("Not needed this time");
        using var staff = await As("Sam Staff", AskPages.Own, Role.DivisionStaff);
        using var ada = await As("Ada Wong", AskPages.Own, Role.Facilitator);
    }

    /// <summary>The first mails are due while the mail server is busy.</summary>
    private async Task KeepMailWaiting()
    {
        var busy = MailAnswer.Busy("452 4.3.1 Out of space", Duration.FromHours(4));
        await Host.Services.GetRequiredService<Pacing>().Settle("x", busy, Host.Now);
        await FirstMorning();
        await Host.StepTo(Host.Now + Duration.FromMinutes(5));
        await Desk.Open("/");
        await Host.StepTo(Host.Now + Duration.FromHours(4));
    }

    private async Task LookAfterAPerson()
    {
        await Desk.Open(Coordinator.Cycle);
        await Desk.Open(LinkOn(Desk, "Lee Larsen"));
        await Desk.Press("Save the name", ("name", [Unreadable]));
        await Desk.Press("Save the name", ("name", ["Lee Larsén"]));
        await Desk.Press("Save the name", ("name", ["Lee Larsen"]));
        await Desk.Press("Save, and send what is open", ("address", [NoAddress]));
        await Desk.Press("The mail came back");
        await Desk.Open(Coordinator.Cycle);
        await Desk.Open(LinkOn(Desk, "Uma Accreditor"));
    }

    /// <summary>Nobody chooses a case: the coordinator is asked to.</summary>
    private async Task ChooseForThem()
    {
        await Days(5);
        using var eve = await As("Eve Stone", CaseStudySelectionForm.Page);
        using var ada = await As("Ada Wong", CaseStudySelectionForm.Page, Role.Facilitator);
        await ada.Press("Choose this case", ("case-study", ["alcohol-and-low-mood"]), ("other", ["alcohol-and-low-mood"]));
        await Days(11);
        await Desk.Open(Coordinator.Cycle);
        await Desk.Open("/");
        await Desk.Press("Choose this case", ("case-study", ["alcohol-and-low-mood"]));
        await ada.Open(ada.Path);
    }

    private async Task Train()
    {
        await Days(1);
        using var chosen = await As("Ada Wong", CaseStudySelectionForm.Page, Role.Facilitator);
        await Desk.Open(Coordinator.Cycle);
        var bosRow = Desk.Page.QuerySelectorAll("tr").First(row => row.TextContent.Contains("Bo Li", StringComparison.Ordinal));
        await Desk.Open(bosRow.QuerySelectorAll("a")[1].GetAttribute("href")!);
        await Desk.Press("Not this time");
        using var bo = await As("Bo Li", FacilitatorTrainingForm.Page, Role.Facilitator);
        using var ada = await As("Ada Wong", FacilitatorTrainingForm.Page, Role.Facilitator);
        await ada.Press("I will lead it");
        await ada.Press("I trained before", ("month", ["2099-01"]));
        await ada.Press("I trained before", ("month", ["2025-05"]));
        await ada.Press("Save my disclosure", ("what", [Unreadable]));
        await Days(22);
        await Desk.Open(Coordinator.Cycle);
        await Desk.Press("Name this facilitator", ("name", [Unreadable]), ("address", ["dov@clinic.example"]));
        await Desk.Press("Name this facilitator", ("name", ["Dov Katz"]));
    }

    private async Task Date()
    {
        await Start([.. Everybody, ("blackouts", ["2027-08-16 to 2027-08-20"])]);
        var (cycle, now) = (await Snapshot(), Host.Now);
        await Record(
        [
            new StageOpened(StageIds.FacilitatorTraining, 1, now),
            .. cycle.Members(Role.Facilitator).Select(one => new LeadingAnswered(1, one, Leads: true, one, now)),
            new StageOpened(StageIds.Scheduling, 1, now),
        ]);
        await Desk.Open(Coordinator.Cycle);
        using var none = await As("Ada Wong", SchedulingForm.Page, Role.Facilitator);
        await Desk.Press("Propose these dates", ("slot", ["2027-07-01T18:00"]));
        await Desk.Press("Propose these dates", ("slot", ["2027-06-24T18:00", "2027-06-25T18:00"]));
        using var ada = await As("Ada Wong", SchedulingForm.Page, Role.Facilitator);
        await ada.Press("Save my dates");
        await ada.Press("I can make none of these");
        await ChangeTheDates(ada);
    }

    private async Task ChangeTheDates(Browser ada)
    {
        await Desk.Open(Coordinator.Cycle);
        await Desk.Press("Change the dates", ("slot", ["2027-06-24T18:00", "2027-07-01T18:00"]));
        await Desk.Press("Change the dates", ("slot", ["2027-06-24T18:00", "2027-06-29T18:00"]));
        await ada.Press("I can make none of these");
        await ada.Open(ada.Path);
        await Desk.Open(LinkOn(Desk, "dates: Ada Wong"));
        await Desk.Press("Save these dates", ("slot", ["2027-06-29T18:00"]));
        await Desk.Open(Coordinator.Cycle);
        await Desk.Open(LinkOn(Desk, "Ada Wong"));
    }

    /// <summary>Two seats, and four who are invited.</summary>
    private async Task Reply()
    {
        await Invite(Everybody);
        using var ada = await As("Ada Wong", SchedulingForm.Page, Role.Facilitator);
        await ada.Open(await PathOf("Ada Wong", FacilitatorTrainingForm.Page, Role.Facilitator));
        using var staff = await As("Sam Staff", VenueForm.Page, Role.DivisionStaff);
        await staff.Press("Save the place", ("place", [Unreadable]));
        await staff.Press("Save the place", ("place", ["Cedar Inlet Hall, 12 Wharf St"]));
        using var eve = await As("Eve Stone", ReplyForm.Page);
        await eve.Open($"{eve.Path}?intends=not-this-time");
        await eve.Press("Yes, I will come", ("note", [Unreadable]));
        await eve.Press("Yes, I will come", ("need", ["vegan"]), ("note", ["No nuts, please"]), ("office", ["Jo at the desk"]));
        await eve.Press("I have done it");
        foreach (var name in (string[])["Flo Mercier", "Gus xʷməθkʷəy̓əm"])
        {
            using var other = await As(name, ReplyForm.Page);
            await other.Press("Yes, I will come");
        }

        using var hana = await As("Hana O'Neil", InvitationStop.Page);
        await hana.Press("Not this time");
        await hana.Open(await PathOf("Hana O'Neil", ReplyForm.Page));
        await AddSomebody();
        await DecideOnIt();
        await StepTo("2027-08-23T12:00");
        await eve.Open(eve.Path);
        await eve.Press("I cannot come");
        using var gus = await As("Gus xʷməθkʷəy̓əm", ReplyForm.Page);
        await StepTo("2027-08-24T18:00");
        await gus.Open(gus.Path);
    }

    private async Task LookAtAll()
    {
        foreach (var page in (string[])["/cycles", "/cycles?stage=all", "/cycles?text=nowhere", "/cycles/calendar?month=2027-08", "/cycles/calendar?month=2031-02", "/cycles/lanes"])
        {
            await Desk.Open(page);
        }
    }

    private async Task AddSomebody()
    {
        await Desk.Open(Coordinator.Cycle);
        await Desk.Press("Add this person", ("person-name", ["Gus xʷməθkʷəy̓əm"]), ("person-address", ["gus@clinic.example"]));
        await Desk.Press("Add this person", ("person-name", ["Jo Park"]), ("person-address", ["gus@clinic.example"]));
        await Desk.Press("Add this person", ("else", ["yes"]));
        await Desk.Open($"{Coordinator.Cycle}/preview");
        await Desk.Open($"{Coordinator.Cycle}/preview?course=Silent");
        await Adapt();
    }

    /// <summary>Looks at what would change, and is refused: done, it would take states away that the tour comes to.</summary>
    private async Task Adapt()
    {
        await Desk.Open($"{Coordinator.Cycle}/adapt");
        await Desk.Open($"{Coordinator.Cycle}/adapt?what=move&starts=tomorrow");
        await Desk.Open($"{Coordinator.Cycle}/adapt?what=move&starts=2027-09-30T18:00");
        await Desk.Press("Change it", ("reason", [" "]));
        await Desk.Open($"{Coordinator.Cycle}/adapt?what=back&stage=case-study-selection");
    }

    private async Task DecideOnIt()
    {
        await StepTo("2027-08-11T12:00");
        using var lead = await As("Lee Larsen", GoForm.Page, Role.DivisionLead);
        await lead.Press("Invite more people", ("people", ["nobody"]));
        await Desk.Open(Coordinator.Cycle);
        await Desk.Open(LinkOn(Desk, "Invite more people"));
        await Desk.Press("It goes ahead");
        await lead.Open(lead.Path);
        await Desk.Open(Coordinator.Cycle);
        await Desk.Open(LinkOn(Desk, "reply: Hana O'Neil"));
    }

    private async Task Register()
    {
        var others = Everybody.Where(one => one.Field != "participants");
        await Invite([.. others, ("registration", ["open"]), ("participants", [""])], new LocalDateTime(2027, 10, 6, 18, 0));
        using var staff = await As("Sam Staff", AskPages.Own, Role.DivisionStaff);
        await staff.Open(await PathOf("Sam Staff", ForwardForm.Page, Role.DivisionStaff));
        await staff.Press("I have forwarded it");
        await staff.Press("Not forwarded after all");
        using var ivo = SitDown();
        await ivo.Open(new Uri(LinkOn(staff, "The link")).AbsolutePath);
        await ivo.Press("Register", ("name", [Unreadable]), ("address", ["ivo@clinic.example"]), ("need", ["vegan"]));
        await ivo.Press("Register", ("name", ["Ivo Novák"]));
        await staff.Open(staff.Path);
        using var lead = await As("Lee Larsen", GoForm.Page, Role.DivisionLead);
        await StepTo("2027-09-22T12:00");
        await lead.Open(lead.Path);
        await lead.Press("Invite more people", ("people", ["Jo Park, jo@clinic.example"]));
        await StepTo("2027-10-24T12:00");
        await ivo.Open(ivo.Path);
        await staff.Open(staff.Path);
    }

    private async Task Postpone()
    {
        await Invite([.. Everybody, ("registration", ["open"])], new LocalDateTime(2028, 1, 25, 18, 0));
        using var staff = await As("Sam Staff", ForwardForm.Page, Role.DivisionStaff);
        var register = new Uri(LinkOn(staff, "The link")).AbsolutePath;
        await StepTo("2028-01-11T12:00");
        using var lead = await As("Lee Larsen", GoForm.Page, Role.DivisionLead);
        await lead.Press("Postpone it");
        await lead.Press("Back");
        await lead.Press("Postpone it");
        await lead.Press("Yes, postpone it");
        await StepTo("2028-01-11T12:05");
        await lead.Open(lead.Path);
        await lead.Open(await PathOf("Lee Larsen", VenueForm.Page, Role.DivisionLead));
        await lead.Open(await PathOf("Lee Larsen", SchedulingForm.Page, Role.DivisionLead));
        await staff.Open(staff.Path);
        await staff.Open(await PathOf("Sam Staff", AskPages.Own, Role.DivisionStaff));
        using var eve = await As("Eve Stone", ReplyForm.Page);
        await eve.Open(await PathOf("Eve Stone", CheckInForm.Page));
        await eve.Open(register);
        using var ada = await As("Ada Wong", ListForm.Page, Role.Facilitator);
        await ada.Open(await PathOf("Ada Wong", AskPages.Own, Role.Facilitator));
        await Desk.Open(Coordinator.Cycle);
        await Desk.Open(Coordinator.Cycle + "/list");
        await Desk.Open(Coordinator.Cycle + "/go");
    }

    private async Task ReadMail()
    {
        await Desk.Open("/mail");
        var (mail, calendar) = (LinkOn(Desk, "session on Wed 25 Aug"), LinkOn(Desk, "With an entry for the calendar"));
        await Desk.Open(mail);
        await Desk.Open(mail + "/text");
        await Desk.Open(calendar);
    }
}
