using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>The coordinator changes a community that runs: sees what it comes to, says why, and it is done in one step.</summary>
public sealed class AdaptTests : BeforeASession
{
    private const string Do = "Change it";
    private const string Move = "what=move&starts=2027-06-01T18:00";

    private Browser Desk => Coordinator.Browser;

    [Fact]
    public async Task Looking_changes_nothing_and_says_for_whom_what_changes()
    {
        await InviteAndReply();
        var before = (await Snapshot()).Facts.Count();
        await Look(Move);
        Desk.Status.ShouldBe(HttpStatusCode.OK);
        Desk.Text.ShouldContain("the session moves to Tue 1 Jun, 6:00 pm.");
        var eve = Desk.Page.QuerySelectorAll("tr").Single(row => row.TextContent.Contains("Eve Stone", StringComparison.Ordinal)).TextContent;
        eve.ShouldContain("Gets a mail: the session's new date");
        eve.ShouldContain("Calendar: the session on Tue 1 Jun, 6:00 pm, not Tue 25 May, 6:00 pm");
        Desk.Text.ShouldContain("Attendance: Mon 17 May, 5:00 pm, not Mon 10 May, 5:00 pm");
        Desk.Text.ShouldContain("Your seat stays yours.");
        (await Snapshot()).Facts.Count().ShouldBe(before);
    }

    [Fact]
    public async Task With_a_reason_it_is_done_and_told_and_stands_in_the_timeline_and_can_be_taken_back()
    {
        await InviteAndReply();
        await Make(Move, "The hall is taken");
        Desk.Path.ShouldBe(Coordinator.Cycle);
        Desk.Text.ShouldContain("Changed: the session moves to Tue 1 Jun, 6:00 pm.");
        Desk.Text.ShouldContain("the session moves to Tue 1 Jun, 6:00 pm (changed by Robin Marsh: “The hall is taken”)");
        await Host.StepTo(At(new LocalDateTime(2027, 3, 9, 13, 0)));
        var mail = await Coordinator.MailTo("Eve Stone", "the session moves to Tue 1 Jun");
        mail.ShouldContain("The session has a new date: Tuesday 1 June 2027, 6:00 to 8:00 pm Pacific Time (UTC-7), not Tue 25 May.");
        (await Coordinator.MailTo("Ada Wong", "the session moves to Tue 1 Jun")).ShouldContain("not Tue 25 May");

        await Desk.Open($"{Coordinator.Cycle}/adapt");
        var takesBack = Desk.Page.QuerySelectorAll("a").Single(link => link.TextContent.StartsWith("Take it back", StringComparison.Ordinal));
        takesBack.PreviousElementSibling.ShouldNotBeNull("the link would run into the words before it").LocalName.ShouldBe("br");
        await Desk.Open(takesBack.GetAttribute("href")!);
        await Desk.Press(Do, ("reason", ["The hall is free after all"]));
        (await Snapshot()).Session()!.LocalStart.ShouldBe(Session);
    }

    [Theory]
    [InlineData("", "Say why in a few words")]
    [InlineData("long", "Say why in at most 500 characters.")]
    public async Task Without_a_reason_that_can_be_kept_nothing_is_done(string reason, string complaint)
    {
        await InviteAndReply();
        await Make(Move, reason == "long" ? new string('x', 501) : reason);
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Desk.Text.ShouldContain(complaint);
        (await Snapshot()).Session()!.LocalStart.ShouldBe(Session);
    }

    [Fact]
    public async Task What_comes_to_something_else_by_now_is_shown_beside_what_was_seen_and_done_only_then()
    {
        await InviteAndReply();
        await Look(Move);
        using (var flo = await As("Flo Mercier", ReplyForm.Page))
        {
            await flo.Press("Yes, I will come");
        }

        await Desk.Press(Do, ("reason", ["The hall is taken"]));
        Desk.Status.ShouldBe(HttpStatusCode.Conflict);
        Desk.Text.ShouldContain("Something has happened since you looked");
        Desk.Page.QuerySelectorAll("ul")[0].TextContent.ShouldNotContain("Flo Mercier: Calendar");
        Desk.Page.QuerySelectorAll("tr").ShouldContain(row => row.TextContent.Contains("Flo Mercier", StringComparison.Ordinal) && row.TextContent.Contains("Calendar: the session on Tue 1 Jun", StringComparison.Ordinal));
        (await Snapshot()).Session()!.LocalStart.ShouldBe(Session);
        Desk.Page.QuerySelector("[name=reason]")!.GetAttribute("value").ShouldBe("The hall is taken");
        await Desk.Press(Do);
        (await Snapshot()).Session()!.LocalStart.ShouldBe(Session.PlusDays(7));
    }

    [Fact]
    public async Task Pressed_twice_it_is_done_once()
    {
        await InviteAndReply();
        await Look(Move);
        var page = Desk.Page;
        await Desk.Press(Do, ("reason", ["The hall is taken"]));
        await Desk.PressOn(page, Do, ("reason", ["The hall is taken"]));
        Desk.Text.ShouldContain("Changed: the session moves");
        (await Snapshot()).Adaptations().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("what=move&starts=2027-05-25T18:00", "The session is at that time already")]
    [InlineData("what=move&starts=2020-05-25T18:00", "Choose a day and hour that are still to come")]
    [InlineData("what=move&starts=tomorrow", "Fill in the date or value")]
    [InlineData("what=deadline&stage=wrap-up&at=2027-06-01T17:00", "This cannot be done")]
    [InlineData("what=case-study&case-study=none-such", "This cannot be done")]
    [InlineData("what=capacity&seats=-3", "Fill in the date or value")]
    [InlineData("what=capacity&seats=0", "This cannot be done")]
    [InlineData("what=remove&person=nobody", "This cannot be done")]
    [InlineData("what=remove&person=NOBODY", "Fill in the date or value")]
    [InlineData("what=nonsense", "Fill in the date or value")]
    [InlineData("what=move&starts=9999-12-31T23:59", "Fill in the date or value")]
    [InlineData("what=move&starts=2099-05-25T18:00", "in about a year at the latest")]
    [InlineData("what=deadline&stage=attendance&at=9999-12-31T23:59", "Fill in the date or value")]
    [InlineData("what=add-facilitator&joins=nobody", "Fill in the date or value")]
    public async Task What_cannot_be_done_says_so(string what, string complaint)
    {
        await InviteAndReply();
        await Look(what);
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Desk.Text.ShouldContain(complaint);
        Desk.Page.QuerySelectorAll("[type=datetime-local]").ShouldAllBe(field => field.GetAttribute("value") == null || field.GetAttribute("value")!.StartsWith("20", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("attendance.minimum", "many", "This value does not fit")]
    [InlineData("attendance.minimum", "-1", "Use 0 to 2000.")]
    [InlineData("attendance.mailsBeforeSession", "21", "Use 3 to 20.")]
    [InlineData("caseStudySelection.asks.reminder-2", "10", "Every mail goes out before day 10, the close.")]
    [InlineData("scheduling.sessionMinutes", "90", "This cannot be done")]
    [InlineData("keptMonths", "2", "Use 3 to 240.")]
    [InlineData("nothing", "6", "Fill in the date or value")]
    public async Task A_number_that_the_programme_may_not_have_is_refused_beside_the_field_in_the_rules_words(string path, string value, string complaint)
    {
        await InviteAndReply();
        await Look($"what=policy&path={path}&value={value}");
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var choice = Desk.Page.QuerySelector("details[open]")!;
        choice.QuerySelector(".problem")!.TextContent.ShouldContain(complaint);
        choice.QuerySelector("[name=value]")!.GetAttribute("value").ShouldBe(value);
    }

    [Fact]
    public async Task A_number_of_the_programme_changes_for_this_community_and_back()
    {
        await InviteAndReply();
        await Make("what=policy&path=attendance.minimum&value=1", "They are few");
        Desk.Text.ShouldContain("Changed: attendance: fewest for which it goes ahead unasked: 1.");
        (await Snapshot()).Policy.Attendance.Minimum.ShouldBe(1);
        await Desk.Open($"{Coordinator.Cycle}/adapt");
        await Desk.Open(Desk.Page.QuerySelectorAll("a").Single(link => link.TextContent.StartsWith("Take it back", StringComparison.Ordinal)).GetAttribute("href")!);
        await Desk.Press(Do, ("reason", ["More came"]));
        (await Snapshot()).Policy.Attendance.Minimum.ShouldBe((await Snapshot()).KickOff.Policy.Attendance.Minimum);
    }

    [Fact]
    public async Task Of_two_who_were_taken_off_each_can_be_taken_back()
    {
        await InviteAndReply();
        foreach (var person in (await Snapshot()).Members(Role.Participant).Take(2))
        {
            await Make($"what=remove&person={person}", "Moved away");
        }

        await Host.StepTo(Host.Now + Duration.FromMinutes(1));
        await Desk.Open($"{Coordinator.Cycle}/adapt");
        Desk.Page.QuerySelectorAll("a").Count(link => link.TextContent.StartsWith("Take it back", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_move_to_a_holiday_says_so()
    {
        await InviteAndReply();
        (await Look("what=move&starts=2027-07-01T18:00")).Text.ShouldContain("Thursday 1 July 2027 is a statutory holiday.");
    }

    [Fact]
    public async Task Who_is_taken_off_the_list_reads_why_their_calendar_is_empty_and_can_be_put_on_it_again()
    {
        await InviteAndReply();
        var cycle = await Snapshot();
        var eve = cycle.All<Seat>().Single().Person;
        await Make($"what=remove&person={eve}", "Moved away");
        await Host.StepTo(At(new LocalDateTime(2027, 3, 10, 12, 0)));
        (await Coordinator.MailTo("Eve Stone", "you are not on the list for Tue 25 May")).ShouldContain("please call 250 555 0100");
        (await Snapshot()).Members(Role.Participant).ShouldNotContain(eve);
        await Make($"what=invite-again&person={eve}", "Back again");
        await Host.StepTo(At(new LocalDateTime(2027, 3, 11, 12, 0)));
        (await Coordinator.MailsTo("Eve Stone")).Count(mail => mail.Subject.Contains("please reply", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_postponed_session_is_told_without_saying_that_too_few_came()
    {
        await InviteAndReply();
        await Make("what=postpone", "Snow");
        await Host.StepTo(At(new LocalDateTime(2027, 3, 10, 12, 0)));
        (await Coordinator.MailTo("Eve Stone", "the session on Tue 25 May is postponed")).ShouldContain("The session on Tue 25 May does not take place then.");
        (await Coordinator.MailTo("Ada Wong", "the session on Tue 25 May is off")).ShouldContain("The session does not take place at this time");
        (await Coordinator.MailTo("Robin Marsh", "propose")).ShouldContain("The session on Tue 25 May is postponed.");
    }

    [Fact]
    public async Task A_community_that_is_stopped_says_so_everywhere_and_sends_nothing_more()
    {
        await InviteAndReply();
        using var flo = await As("Flo Mercier", ReplyForm.Page);
        await Look("what=end");
        Desk.Text.ShouldContain("This cannot be taken back.");
        await Desk.Press("Stop the community", ("reason", ["The Division has no money"]));
        await Host.StepTo(At(new LocalDateTime(2027, 3, 10, 12, 0)));
        var eve = await Coordinator.MailTo("Eve Stone", "no session on Tue 25 May");
        eve.ShouldContain("This mail takes it out of your calendar.");
        (await Coordinator.MailTo("Flo Mercier", "no session on Tue 25 May")).ShouldNotContain("calendar");
        await Desk.Open(Coordinator.Cycle);
        Desk.Text.ShouldContain("by Robin Marsh: “The Division has no money”. Nothing more goes out.");
        Desk.Page.QuerySelectorAll("form").ShouldNotContain(form => form.GetAttribute("action")!.StartsWith(Coordinator.Cycle, StringComparison.Ordinal));
        await Desk.Open($"{Coordinator.Cycle}/next");
        Desk.Status.ShouldBe(HttpStatusCode.OK);
        await flo.Press("Yes, I will come");
        flo.Status.ShouldBe(HttpStatusCode.Gone);
        flo.Text.ShouldContain("The learning session in Cedar Inlet does not take place.");
        await Desk.Open($"{Coordinator.Cycle}/adapt");
        Desk.Text.ShouldContain("Nothing of this community can be changed any more.");
        var sent = (await Coordinator.MailsTo("Eve Stone")).Count;
        await Host.StepTo(At(new LocalDateTime(2027, 6, 10, 12, 0)));
        (await Coordinator.MailsTo("Eve Stone")).Count.ShouldBe(sent);
    }

    [Fact]
    public async Task A_community_is_paused_only_without_a_session_to_come_and_says_so_until_it_goes_on()
    {
        await InviteAndReply();
        await Look("what=pause");
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Desk.Page.QuerySelector("details[open]")!.TextContent.ShouldContain("Postpone it first");
        await Make("what=postpone", "Snow");
        await Host.StepTo(At(new LocalDateTime(2027, 3, 10, 12, 0)));
        await Make("what=pause", "The hall burnt down");
        await Host.StepTo(At(new LocalDateTime(2027, 4, 10, 12, 0)));
        await Desk.Open("/");
        Desk.Text.ShouldContain("since Wed 10 Mar, 12:00 pm, by Robin Marsh: “The hall burnt down”");
        await Desk.Open("/cycles");
        Desk.Text.ShouldContain("paused since Wed 10 Mar");
        await Desk.Open(Coordinator.Cycle);
        Desk.Text.ShouldContain("Paused since Wed 10 Mar, 12:00 pm by Robin Marsh: “The hall burnt down”. No mail goes out, and nothing closes.");
        Desk.Page.QuerySelectorAll(".decision").ShouldBeEmpty();
        await Look(Move);
        Desk.Text.ShouldContain("While the community is paused, nothing else can be changed.");
        await Look("what=resume");
        Desk.Text.ShouldContain("Reminders and deadlines are later by 31 days.");
        await Desk.Press(Do, ("reason", ["There is another hall"]));
        await Host.StepTo(At(new LocalDateTime(2027, 4, 12, 12, 0)));
        await Desk.Open(Coordinator.Cycle);
        Desk.Text.ShouldNotContain("Paused since");
        Desk.Page.QuerySelectorAll(".decision").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Somebody_else_takes_the_coachs_place_and_the_old_links_lead_nowhere()
    {
        await InviteAndReply();
        using var old = await As("Kim Coach", AskPages.Own, Role.Coach);
        await Desk.Open($"{Coordinator.Cycle}/adapt");
        var coach = (await Snapshot()).Members(Role.Coach).Single();
        await Desk.Press("Name them, and see what changes", ("leaves", [$"coach.{coach}"]), ("joins-name", [" "]), ("joins-address", ["sam@psp.example"]));
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Desk.Page.QuerySelector("details[open] .problem").ShouldNotBeNull();
        await Desk.Press("Name them, and see what changes", ("leaves", [$"coach.{coach}"]), ("joins-name", ["Sam Rivers"]), ("joins-address", ["sam@psp.example"]));
        Desk.Text.ShouldContain("Sam Rivers takes the place of Kim Coach as coach.");
        await Desk.Press(Do, ("reason", ["Kim is on leave"]));
        await Host.StepTo(At(new LocalDateTime(2027, 3, 10, 12, 0)));
        (await Coordinator.MailTo("Kim Coach", "another takes your place on Tue 25 May")).ShouldContain("nothing more is asked of you");
        (await Coordinator.MailTo("Sam Rivers", "Tue 25 May")).ShouldNotBeNull();
        await Desk.Open(Coordinator.Cycle);
        Desk.Page.QuerySelectorAll("td").ShouldNotContain(cell => cell.TextContent.Trim() == "Kim Coach");
        await old.Open(old.Path);
        old.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>Eve Stone has a seat.</summary>
    private async Task InviteAndReply()
    {
        await Invite();
        using var eve = await As("Eve Stone", ReplyForm.Page);
        await eve.Press("Yes, I will come");
        await Host.StepTo(At(new LocalDateTime(2027, 3, 9, 12, 30)));
    }

    private Task<Browser> Look(string what) => Desk.Open($"{Coordinator.Cycle}/adapt?{what}");

    private async Task Make(string what, string reason)
    {
        await Look(what);
        await Desk.Press(Do, ("reason", [reason]));
    }
}
