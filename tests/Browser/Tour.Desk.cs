using Cohesion.Workflows.Testing.Stories;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>The tour of what a coordinator does before a community starts.</summary>
public abstract partial class Tour
{
    private async Task SignIn()
    {
        await Desk.Press("Sign out");
        await Desk.Press("Send me the link", ("address", ["robin@division.example"]));
        await Desk.Open(await Host.WayIn());
        await Desk.Press("Sign in");
        await Desk.Open("/accounts");
        await Desk.Press("Sign out everywhere");
        await Desk.Open(await Host.WayIn());
        await Desk.Press("Sign in");
        await Desk.Open("/sign-in/nonsense");
        await Desk.Open("/nowhere");
    }

    private async Task KickOff()
    {
        await Desk.Open("/");
        await Desk.Open("/cycles");
        await Start(
            ("community", [Unreadable]),
            ("phone", [Unreadable]),
            ("lead-name", [Unreadable]),
            ("coach-address", [NoAddress]),
            ("staff-address", [NoAddress]),
            ("partner-data-brief-name", ["Dana Data"]),
            ("facilitators", ["Ada Wong"]),
            ("reserves", ["ada@clinic.example"]),
            ("participants", ["Eve Stone <eve@clinic.example>\nEve Stone, eve@clinic.example\nPia B pia@clinic.example"]),
            ("blackouts", ["soon"]));
        await Start(("phone", ["call us"]), ("coach-phone", ["call us"]));
        await SeeWhatWillHappen();
        await BeSignedOutWhileTyping();
    }

    private async Task SeeWhatWillHappen()
    {
        await Desk.Open("/cycles/new");
        await Desk.Press("See what will happen", [.. CedarInlet.Form.Where(one => one.Field != "participants"), ("participants", [Participants])]);
        await Desk.Press("not at all");
        await Desk.Press("Change something");
    }

    private async Task BeSignedOutWhileTyping()
    {
        await Desk.Open("/cycles/new");
        var another = await ((ChromiumBrowser)Desk).AnotherTab();
        await another.Press("Sign out");
        await Desk.Press("Start", CedarInlet.Form);
        await another.Open(await Host.WayIn());
        await another.Press("Sign in");
        await Desk.Press("Start");
        await another.Tab.CloseAsync();
    }

    private async Task Coordinators()
    {
        await Desk.Open("/accounts");
        await Desk.Press("Invite", ("name", [Unreadable]), ("address", ["dana@division.example"]), ("role", ["deputy"]));
        await Desk.Press("Invite", ("name", ["Dana Deputy"]));
        await Desk.Press("Save", ("from", ["2027-03-12"]), ("to", ["2027-03-10"]));
        await Desk.Press("Save", ("from", ["2027-03-10"]), ("to", ["2027-03-12"]));
        await Desk.Press("I am back");
        await Desk.Open(Desk.Page.QuerySelector("td a")!.GetAttribute("href")!);
        await Desk.Press("Save", ("communities", [Unreadable]));
        await Desk.Press("Save", ("communities", ["Cedar Inlet"]));
        await Desk.Press("Send it to me");
        await Desk.Press("Send it no more");
        await Desk.Open("/audit?who=robin");
        await Desk.Open("/audit?month=2027-02");
    }

    private async Task Programmes()
    {
        const string Adult = "/programmes/adult-mental-health";
        const string Save = "Save as a new version";
        await Desk.Open("/programmes");
        await Desk.Press("Add", ("name", ["Adult Mental Health"]));
        await Desk.Press("Add", ("name", ["Perinatal Mental Health"]));
        await Desk.Open(Adult);
        await Desk.Press(Save, ("policy.attendance.minimum", ["9999"]), ("policy.caseStudySelection.asks[1].day", ["30"]), ("reason", [Unreadable]));
        var another = await ((ChromiumBrowser)Desk).AnotherTab();
        await another.Open(Adult);
        await another.Press(Save, ("policy.attendance.minimum", ["5"]), ("reason", ["Five are enough"]));
        await Desk.Press(Save, ("policy.attendance.minimum", ["8"]), ("policy.caseStudySelection.asks[1].day", ["5"]), ("reason", ["Eight fill a room"]));
        await Desk.Press("Go back", ("reason", [Unreadable]));
        await Desk.Press("Go back", ("version", ["0"]), ("reason", ["It was too many"]));
        await another.Tab.CloseAsync();
        await Letters(Adult + "/texts/attendance", Save);
    }

    private async Task Letters(string path, string save)
    {
        await Desk.Open(path);
        await Desk.Press(save, ("own.attendance.LastReminderSubject", ["reply by {1}"]), ("reason", ["We say it so"]));
        await Desk.Press(save, ("own.attendance.LastReminderSubject", ["{0}: reply by {1}"]), ("reason", [Unreadable]));
        await Desk.Press(save, ("reason", ["We say it so"]));
        await Desk.Press(save, ("own.attendance.LastReminderSubject", [""]), ("reason", ["We said it better before"]));
    }
}
