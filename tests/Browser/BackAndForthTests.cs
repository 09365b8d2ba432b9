using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.BrowserTests;

public sealed class BackAndForthTests(Chromium chromium) : BackAndForth(chromium, script: true);

public sealed class BackAndForthWithoutScriptTests(Chromium chromium) : BackAndForth(chromium, script: false);

/// <summary>
/// What people do with a browser beside filling in forms: they go back, press twice, have a page open twice, come late, or with half a
/// link. Each is thanked once and counted once, and reads a sentence that says how things stand.
/// </summary>
public abstract class BackAndForth(Chromium chromium, bool script) : InChromium(chromium, script, looks: false)
{
    [Fact]
    public async Task Two_presses_start_one_community_and_two_tabs_start_two()
    {
        await Desk.Open("/cycles/new");
        using var another = await Desk.AnotherTab();

        await Desk.PressTwice("Start", Form("Cedar Inlet"));
        Desk.Text.ShouldContain("This is its page: it shows how far it has come, and what needs you.");
        await another.Press("Start", Form("Elk Pass"));
        another.Page.QuerySelector("h1")!.TextContent.ShouldBe("Elk Pass");

        await FirstMorning();
        await Desk.Open("/cycles");
        Desk.Page.QuerySelectorAll("td a").Select(link => link.TextContent).ShouldBe(["Cedar Inlet", "Elk Pass"], ignoreOrder: true);
        (await Mails("Ada Wong")).ShouldBe(1);
    }

    [Fact]
    public async Task A_reply_is_thanked_once_and_going_back_or_reloading_shows_what_stands_and_sends_nothing()
    {
        await Invite([]);
        using var gus = (ChromiumBrowser)await As(Gus, ReplyForm.Page);
        await gus.Open($"{gus.Path}?intends=yes");

        (await gus.PressTwice("Yes, I will come")).Text.ShouldContain("You have a seat.");
        await gus.Reload();
        Stands(gus, "You have a seat.");
        await gus.GoBack();
        Stands(gus, "You have a seat.");

        await Days(1);
        (await Mails(Gus)).ShouldBe(2, "the invitation, and that there is a seat");
    }

    [Fact]
    public async Task Of_two_tabs_the_last_reply_stands_and_both_say_so()
    {
        await Invite([]);
        using var gus = (ChromiumBrowser)await As(Gus, ReplyForm.Page);
        using var another = await gus.AnotherTab();

        await gus.Press("Yes, I will come");
        (await another.Press("Not this time")).Text.ShouldContain("You said: not this time.");
        await gus.Reload();
        Stands(gus, "You said: not this time.");
    }

    [Fact]
    public async Task Two_presses_register_once()
    {
        (string, string[])[] staffed = [("staff-name", ["Sam Staff"]), ("staff-address", ["sam@division.example"])];
        await Invite([("registration", ["open"]), ("participants", [""]), .. staffed]);
        using var staff = await As("Sam Staff", ForwardForm.Page, Role.DivisionStaff);
        using var ivo = (ChromiumBrowser)SitDown();
        await ivo.Open(new Uri(LinkOn(staff, "The link")).AbsolutePath);

        await ivo.PressTwice("Register", ("name", ["Ivo Novák"]), ("address", ["ivo@clinic.example"]));
        ivo.Text.ShouldContain("You have a seat; a confirmation is on its way to ivo@clinic.example.");

        await Days(1);
        (await Snapshot()).Members(Role.Participant).Count.ShouldBe(1);
        (await Mails("Ivo Novák")).ShouldBe(1);
    }

    [Fact]
    public async Task A_survey_is_sent_once_however_often_and_in_however_many_tabs_it_is_pressed()
    {
        await HoldTheSession();
        using var gus = (ChromiumBrowser)await As(Gus, SurveyForm.Page);
        await gus.Press("Review my answers", ("objectives", ["yes"]), ("topic", ["Sleep"]));
        await gus.GoBack();
        gus.Page.QuerySelector("textarea[name=topic]")!.TextContent.ShouldBe("Sleep");
        await gus.Press("Review my answers");
        using var another = await gus.AnotherTab();
        await another.Press("Review my answers", ("objectives", ["no"]));

        (await gus.PressTwice("Send my answers")).Text.ShouldContain("You have answered. We will not ask again.");
        await another.Press("Send my answers");
        Stands(another, "You have answered. We will not ask again.");
        await gus.GoBack();
        Stands(gus, "You have answered. We will not ask again.");

        (await Sealed()).ShouldBe(1);
    }

    [Fact]
    public async Task Two_presses_take_one_name_for_the_list_and_two_tabs_confirm_it_once()
    {
        await Invite([], new LocalDateTime(2027, 5, 4, 18, 0));
        await StepTo("2027-05-04T17:30");
        using var ada = (ChromiumBrowser)await As("Ada Wong", ListForm.Page, Role.Facilitator);

        await ada.PressTwice("Add to the list", ("name", ["Jo Núñez"]), ("address", ["jo@clinic.example"]));
        ada.Page.QuerySelectorAll("td").Count(row => row.TextContent.Contains("Jo Núñez", StringComparison.Ordinal)).ShouldBe(1);
        await StepTo("2027-05-04T20:30");
        await ada.Reload();
        using var another = await ada.AnotherTab();
        await ada.PressTwice("Confirm the list");
        await another.Press("Confirm the list");
        Stands(another, "The list is confirmed: 1");
        (await Snapshot()).All<AttendanceListed>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task However_often_one_place_is_pressed_to_postpone_nothing_is_decided_and_then_it_is_once()
    {
        await Invite([], new LocalDateTime(2027, 5, 25, 18, 0));
        await StepTo("2027-05-11T12:00");
        using var lead = (ChromiumBrowser)await As("Lee Larsen", GoForm.Page, Role.DivisionLead);
        var place = (await lead.Button("Postpone it").BoundingBoxAsync())!;

        (await lead.PressTwice("Postpone it")).Text.ShouldContain("This cannot be undone.");
        await lead.Tab.Mouse.ClickAsync(place.X + place.Width / 2, place.Y + place.Height / 2);
        (await Snapshot()).All<GoDecided>().ShouldBeEmpty();
        await lead.GoBack();
        Stands(lead, "have a seat; the session was planned for at least");

        await lead.Press("Postpone it");
        (await lead.PressTwice("Yes, postpone it")).Text.ShouldContain("It was decided to postpone the session.");
        await lead.GoBack();
        Stands(lead, "It was decided to postpone the session.");
        (await Snapshot()).All<GoDecided>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_form_whose_cookie_is_gone_says_what_to_do_and_that_works()
    {
        await Invite([]);
        using var gus = (ChromiumBrowser)await As(Gus, ReplyForm.Page);
        await gus.Tab.Context.ClearCookiesAsync();

        await gus.Press("Yes, I will come");
        gus.Status.ShouldBe(HttpStatusCode.BadRequest);
        gus.Text.ShouldContain("Go back, reload the page, and send it again. Nothing was changed.");
        await gus.GoBack();
        await gus.Reload();
        (await gus.Press("Yes, I will come")).Text.ShouldContain("Thank you. Your reply is recorded.");
    }

    [Fact]
    public async Task A_link_that_is_late_or_not_whole_says_what_to_do()
    {
        await Invite([]);
        var link = await PathOf(Gus, ReplyForm.Page);
        using var gus = SitDown();
        string[] broken = [link[..^1], link[..(link.Length / 2)], link + ".", $"{link}>", link.ToLowerInvariant()];
        foreach (var path in broken)
        {
            await gus.Open(path);
            gus.Status.ShouldBe(HttpStatusCode.NotFound);
            gus.Text.ShouldContain("Open the link in your newest mail again, or copy it whole.");
        }

        await Days(401);
        await gus.Open(link);
        gus.Status.ShouldBe(HttpStatusCode.Gone);
        gus.Text.ShouldContain("The link in your mail has expired. Use the link in your newest mail, or call the number in it.");
    }

    [Fact]
    public async Task A_link_to_sign_in_that_is_late_leads_to_a_new_one()
    {
        await Desk.Press("Sign out");
        await Desk.Press("Send me the link", ("address", ["robin@division.example"]));
        var link = await Host.WayIn();
        await Host.StepTo(Host.Now + Duration.FromHours(1));

        await Desk.Open(link);
        Desk.Status.ShouldBe(HttpStatusCode.Gone);
        Desk.Text.ShouldContain("This link has expired or was replaced. Ask for a new one here.");
        await Desk.Press("Send me the link", ("address", ["robin@division.example"]));
        await Desk.Open(await Host.WayIn());
        await Desk.PressTwice("Sign in");
        Desk.Page.QuerySelector("h1")!.TextContent.ShouldBe("Today");
    }

    private const string Gus = "Gus xʷməθkʷəy̓əm";

    private ChromiumBrowser Desk => (ChromiumBrowser)Coordinator.Browser;

    private static (string Field, string[] Values)[] Form(string community) =>
    [
        .. CedarInlet.Form.ExceptBy(["community", "participants", "shared"], one => one.Field),
        ("community", [community]), ("participants", ["Eve Stone, eve@clinic.example"]),
    ];

    /// <summary>It is said, and nobody is thanked again.</summary>
    private static void Stands(Browser browser, string text)
    {
        browser.Status.ShouldBe(HttpStatusCode.OK);
        browser.Text.ShouldContain(text);
        browser.Page.QuerySelector(".notice").ShouldBeNull();
    }

    private async Task<int> Mails(string name) =>
        await Host.Services.GetRequiredService<MailViewer>().All().CountAsync(mail => mail.Mail.Name == name);

    /// <summary>How many answers are kept.</summary>
    private async Task<int> Sealed() =>
        await Records.All(RowRange.StartingWith(Rows.CyclePartition((await Snapshot()).Cycle), Rows.SealedAnswers)).CountAsync();
}
