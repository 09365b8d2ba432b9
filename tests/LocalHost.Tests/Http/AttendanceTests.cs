using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Testing.Stories;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>The pages of a session with two seats, on 25 May.</summary>
public sealed class AttendanceTests : BeforeASession
{
    [Fact]
    public async Task A_yes_says_at_once_what_stands_and_keeps_what_the_person_needs()
    {
        await Invite(seats: 2);
        using var eve = await As("Eve Stone", ReplyForm.Page);
        await eve.Press("Yes, I will come", ("need", ["vegan"]), ("note", ["ʔəy̓ — no nuts, please 🥜"]));
        eve.Text.ShouldContain("You have a seat.");
        eve.Page.QuerySelector("input[value=vegan]")!.HasAttribute("checked").ShouldBeTrue();
        eve.Page.QuerySelector("input[name=note]")!.GetAttribute("value").ShouldBe("ʔəy̓ — no nuts, please 🥜");

        await Yes("Flo Mercier", "You have a seat.");
        await Yes("Gus xʷməθkʷəy̓əm", "You are number 1 on the wait-list");
        await Host.StepTo(Host.Now + Duration.FromMinutes(1));
        await Yes("Hana O'Neil", "You are number 2 on the wait-list");
        await eve.Press("Not this time");
        using var gus = await As("Gus xʷməθkʷəy̓əm", ReplyForm.Page);
        gus.Text.ShouldContain("You have a seat.");
    }

    [Theory]
    [InlineData("yes", "Yes, I will come")]
    [InlineData("not-this-time", "Not this time")]
    [InlineData("something-else", "Yes, I will come")]
    public async Task The_answer_that_the_mails_button_means_stands_first_and_is_not_given_yet(string intends, string first)
    {
        await Invite(seats: 2);
        using var eve = await As("Eve Stone", ReplyForm.Page);
        var before = await Everything();
        await eve.Open($"{eve.Path}?intends={intends}");
        eve.Text.ShouldContain("You have not replied yet.");
        eve.Page.QuerySelectorAll("button[name=answer]").Select(button => button.TextContent).ShouldBe(
            first == "Not this time" ? ["Not this time", "Yes, I will come"] : ["Yes, I will come", "Not this time"]);
        (await Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task The_page_says_what_the_session_offers_and_who_has_a_seat_finds_the_module_there()
    {
        await Invite(seats: 2);
        using var eve = await As("Eve Stone", ReplyForm.Page);
        eve.Text.ShouldContain("local colleagues.");
        eve.Text.ShouldContain("Dinner is served.");
        eve.Text.ShouldNotContain("I have done it");
        await eve.Press("Yes, I will come");
        await eve.Press("I have done it");
        eve.Text.ShouldContain("You said that you have done it.");
        await eve.Press("I have not done it yet");
        eve.Text.ShouldContain("You have not told us yet that you have done it.");
    }

    [Fact]
    public async Task Somebody_at_the_office_answers_for_a_physician_and_the_page_says_so()
    {
        await Invite(seats: 2);
        using var eve = await As("Eve Stone", ReplyForm.Page);
        await eve.Press("Yes, I will come", ("office", ["Jo at the desk"]));
        eve.Text.ShouldContain("Jo at the desk answered for Eve Stone.");
        await eve.Press("Yes, I will come", ("office", [""]));
        eve.Text.ShouldNotContain("answered for");
    }

    [Fact]
    public async Task A_note_that_is_too_long_is_refused_and_stays_as_typed()
    {
        await Invite(seats: 2);
        using var eve = await As("Eve Stone", ReplyForm.Page);
        await eve.Press("Yes, I will come", ("need", ["halal"]), ("note", [new string('x', 201)]));
        eve.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        eve.Page.QuerySelector("input[name=note]")!.GetAttribute("value").ShouldBe(new string('x', 201));
        eve.Page.QuerySelector("input[value=halal]")!.HasAttribute("checked").ShouldBeTrue();
        eve.Text.ShouldContain("You have not replied yet.");
    }

    [Fact]
    public async Task Shortly_before_the_session_a_free_seat_is_offered_and_taken()
    {
        await Invite(seats: 2);
        foreach (var name in new[] { "Eve Stone", "Flo Mercier", "Gus xʷməθkʷəy̓əm" })
        {
            await Yes(name, "");
        }

        await Host.StepTo(At(new LocalDateTime(2027, 5, 23, 12, 0)));
        using var eve = await As("Eve Stone", ReplyForm.Page);
        await eve.Press("I cannot come");
        using var gus = await As("Gus xʷməθkʷəy̓əm", ReplyForm.Page);
        gus.Text.ShouldContain("It is yours if you take it by Mon 24 May, 5:00 pm");
        await gus.Press("Yes, I take the seat");
        gus.Text.ShouldContain("You have a seat.");
    }

    [Fact]
    public async Task The_lead_invites_more_and_is_told_of_a_bad_line()
    {
        await Invite(seats: 2);
        await Host.StepTo(At(new LocalDateTime(2027, 5, 11, 12, 0)));
        using var lead = await Coordinator.AsPerson("Lee Larsen", "go ahead?");
        lead.Page.QuerySelector("summary")!.TextContent.ShouldBe("4 people are invited already");
        lead.Page.QuerySelector("details p")!.TextContent.ShouldBe("Flo Mercier, Hana O'Neil, Eve Stone and Gus xʷməθkʷəy̓əm");
        lead.Text.ShouldContain("Replies will be open again until Tue 18 May, 5:00 pm.");
        await lead.Press("Invite more people", ("people", ["Ivo Novák, ivo@clinic.example\nnobody"]));
        lead.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        lead.Text.ShouldContain("Line 2:");
        await lead.Press("Invite more people", ("people", ["Ivo Novák, ivo@clinic.example"]));
        lead.Text.ShouldContain("Replies are open again.");
        await Host.StepTo(At(new LocalDateTime(2027, 5, 12, 12, 0)));
        using var ivo = await Coordinator.AsPerson("Ivo Novák", "please reply");
        (await ivo.Press("Yes, I will come")).Text.ShouldContain("You have a seat.");
    }

    [Fact]
    public async Task On_the_day_people_check_in_and_walk_in_and_the_list_can_be_corrected()
    {
        await Invite(seats: 2);
        await Yes("Eve Stone", "");
        await Yes("Flo Mercier", "");
        await Host.StepTo(At(Session.PlusMinutes(-61)));
        using var eve = await As("Eve Stone", CheckInForm.Page);
        eve.Text.ShouldContain("Check-in opens on Tue 25 May, 5:00 pm");
        await Host.StepTo(At(Session.PlusMinutes(-60)));
        await eve.Open(eve.Path);
        (await eve.Press("Yes, I am here")).Text.ShouldContain("You are checked in.");
        eve.Page.QuerySelector("a[href^='/survey/']").ShouldBeNull();

        using var ada = await As("Ada Wong", ListForm.Page, Role.Facilitator);
        await ada.Press("Add to the list", ("name", ["Jo Núñez"]), ("address", ["jo@"]));
        ada.Page.QuerySelector("input[name=name]")!.GetAttribute("value").ShouldBe("Jo Núñez");
        (await ada.Press("Add to the list", ("name", ["Jo Núñez"]), ("address", ["jo@clinic.example"]))).Text.ShouldContain("Jo Núñez is on the list.");

        await Host.StepTo(At(Session.PlusMinutes(110)));
        await eve.Open(eve.Path);
        await eve.Open(eve.Page.QuerySelector("a[href^='/survey/']")!.GetAttribute("href")!);
        await eve.Press("Review my answers", ("objectives", ["yes"]));
        (await eve.Press("Send my answers")).Text.ShouldContain("Your answers are recorded.");
        await eve.Open(eve.Page.QuerySelector("a[href^='/coach/']")!.GetAttribute("href")!);
        await eve.Press("Yes, please ask the coach to call me");
        (await Snapshot()).All<CoachRequested>().Single().Wanted.ShouldBeTrue();

        await Host.StepTo(At(Session.PlusHours(3)));
        await ada.Open(ada.Path);
        ada.Page.QuerySelectorAll("input[checked]").Length.ShouldBe(3);
        (await ada.Press("Confirm the list")).Text.ShouldContain("The list is confirmed: 3 were at the session.");
        await Host.StepTo(At(Session.PlusDays(10)));
        await ada.Open(ada.Path);
        var before = ada.Page;
        var flo = before.QuerySelectorAll("label.choice").Single(row => row.TextContent.Contains("Flo", StringComparison.Ordinal)).QuerySelector("input")!.GetAttribute("value")!;
        var others = before.QuerySelectorAll("input[checked]").Select(box => box.GetAttribute("value")!).Where(id => id != flo).ToArray();
        (await ada.Press("Save the corrected list", ("attended", others))).Text.ShouldContain("The list is confirmed: 2 were at the session.");
        (await Snapshot()).Attendees().Count().ShouldBe(2);

        await Host.StepTo(At(Session.PlusDays(31)));
        await ada.Open(ada.Path);
        ada.Page.QuerySelectorAll("button").ShouldBeEmpty();
        (await ada.PressOn(before, "Save the corrected list", ("attended", [flo]))).Text.ShouldContain("2 were at the session.");
    }

    [Fact]
    public async Task Who_is_added_to_the_list_takes_no_tick_away_that_was_changed_before()
    {
        await Invite(seats: 2);
        await Yes("Eve Stone", "");
        await Yes("Flo Mercier", "");
        await Host.StepTo(At(Session.PlusHours(3)));
        using var ada = await As("Ada Wong", ListForm.Page, Role.Facilitator);
        string[] ticked = [Row("Eve Stone"), Row("Hana O'Neil")];

        await ada.Press("Add to the list", ("name", ["Jo Núñez"]), ("address", ["jo@"]), ("attended", ticked));
        ada.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Ticked().ShouldBe(["Eve Stone", "Hana O'Neil"]);
        await ada.Press("Add to the list", ("address", ["jo@clinic.example"]));
        ada.Text.ShouldContain("Jo Núñez is on the list.");
        Ticked().ShouldBe(["Eve Stone", "Hana O'Neil", "Jo Núñez"]);

        await ada.Press("Confirm the list", ("name", ["Kai Berg"]));
        ada.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ada.Text.ShouldContain("Kai Berg is not on the list yet. Press “Add to the list”, or empty the name.");
        Ticked().ShouldBe(["Eve Stone", "Hana O'Neil", "Jo Núñez"]);
        (await ada.Press("Confirm the list", ("name", [""]))).Text.ShouldContain("The list is confirmed: 3 were at the session.");
        Ticked().ShouldBe(["Eve Stone", "Hana O'Neil", "Jo Núñez"]);

        string Row(string name) => Rows().Single(row => row.TextContent.Contains(name, StringComparison.Ordinal)).QuerySelector("input")!.GetAttribute("value")!;
        string[] Ticked() => [.. Rows().Where(row => row.QuerySelector("input[checked]") is not null).Select(row => row.QuerySelector("span")!.FirstChild!.TextContent.Trim()).Order()];
        IEnumerable<AngleSharp.Dom.IElement> Rows() => ada.Page.QuerySelectorAll("label.choice");
    }

    [Fact]
    public async Task The_coordinator_s_list_keeps_its_ticks_too_and_an_older_page_without_any_unticks_nobody()
    {
        await Invite(seats: 2);
        await Yes("Eve Stone", "");
        await Host.StepTo(At(Session.PlusMinutes(30)));
        var desk = await Coordinator.Browser.Open($"{Coordinator.Cycle}/list");
        var before = desk.Page;
        await Host.StepTo(At(Session.PlusHours(3)));
        await desk.PressOn(before, "Add to the list", ("name", ["Jo Núñez"]), ("address", ["jo@clinic.example"]));
        desk.Page.QuerySelectorAll("input[checked]").Length.ShouldBe(2);
        await desk.Press("Add to the list", ("name", ["Kai Berg"]), ("address", ["kai@clinic.example"]), ("attended", []));
        desk.Page.QuerySelectorAll("input[checked]").Length.ShouldBe(1);
    }

    private async Task Yes(string name, string said)
    {
        using var page = await As(name, ReplyForm.Page);
        (await page.Press("Yes, I will come")).Text.ShouldContain(said);
    }
}
