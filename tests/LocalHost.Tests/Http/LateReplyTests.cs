using AngleSharp.Dom;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>Replies to the session of 25 May close on 10 May; who calls after that is not turned away.</summary>
public sealed class LateReplyTests : BeforeASession
{
    private static readonly LocalDateTime Late = new(2027, 5, 12, 12, 0);

    [Fact]
    public async Task A_late_yes_is_recorded_by_the_coordinator_marked_and_can_be_taken_back()
    {
        await Invite();
        await Host.StepTo(At(Late));
        await Coordinator.Browser.Open(Coordinator.Cycle);
        var desk = await Coordinator.Browser.Open(LinkIn(Coordinator.Browser, "Eve Stone"));
        desk.Text.ShouldContain("What Eve Stone says can still be recorded until the session starts.");
        desk.Text.ShouldContain("The headcount was sent on Tue 11 May, 9:00 am.");
        await desk.Press("Eve Stone will come", ("need", ["vegan"]));
        desk.Text.ShouldContain("Eve Stone has a seat.");
        var page = desk.Path;

        await Host.StepTo(Host.Now + Duration.FromMinutes(1));
        using var eve = await Coordinator.AsPerson("Eve Stone", "your seat");
        eve.Text.ShouldContain("Robin Marsh recorded this for you, Wed 12 May, 12:00 pm");
        eve.Page.QuerySelectorAll("button[name=answer]").Select(button => button.TextContent).ShouldContain("I cannot come");

        await desk.Open(page);
        await desk.Press("Not this time");
        desk.Text.ShouldContain("Eve Stone said: not this time.");
    }

    [Fact]
    public async Task The_Division_s_staff_record_it_from_their_own_page()
    {
        await Invite(seats: null, ("staff-name", ["Sam Staff"]), ("staff-address", ["sam@division.example"]));
        await Host.StepTo(At(Late));
        using var staff = await As("Sam Staff", AskPages.Own, Role.DivisionStaff);
        await staff.Open(LinkIn(staff, "Eve Stone"));
        (await staff.Press("Eve Stone will come")).Text.ShouldContain("Eve Stone has a seat.");
    }

    [Fact]
    public async Task Whose_own_link_it_is_is_still_told_to_call_and_cannot_say_yes_by_an_old_page()
    {
        await Invite();
        using var eve = await As("Eve Stone", ReplyForm.Page);
        var early = eve.Page;
        await Host.StepTo(At(Late));
        await eve.PressOn(early, "Yes, I will come");
        eve.Text.ShouldContain("Replies are closed. To come all the same, or to change a reply, call 250 555 0100");
        eve.Text.ShouldNotContain("The headcount was sent");
        eve.Page.QuerySelectorAll("button").ShouldBeEmpty();
        (await Snapshot()).All<Replied>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_all_seats_are_taken_a_late_yes_waits_like_any_other()
    {
        await Invite(seats: 1);
        using var flo = await As("Flo Mercier", ReplyForm.Page);
        await flo.Press("Yes, I will come");
        await Host.StepTo(At(Late));
        await Coordinator.Browser.Open(Coordinator.Cycle);
        var desk = await Coordinator.Browser.Open(LinkIn(Coordinator.Browser, "Eve Stone"));
        (await desk.Press("Eve Stone will come")).Text.ShouldContain("Eve Stone is number 1 on the wait-list");
    }

    [Fact]
    public async Task Once_the_session_has_begun_the_list_says_who_is_there()
    {
        await Invite();
        await Host.StepTo(At(Session) - Duration.FromHours(1));
        await Coordinator.Browser.Open(Coordinator.Cycle);
        var page = LinkIn(Coordinator.Browser, "Eve Stone");
        await Host.StepTo(At(Session));
        (await Coordinator.Browser.Open(Coordinator.Cycle)).Page.QuerySelectorAll("a[href^='/reply/']").ShouldBeEmpty();
        var desk = await Coordinator.Browser.Open(page);
        desk.Page.QuerySelectorAll("button[value=yes]").ShouldBeEmpty();
        desk.Text.ShouldNotContain("You can still record");
    }

    [Fact]
    public async Task The_headcount_opens_where_the_numbers_stand_and_a_decision_says_that_it_stands()
    {
        await Invite();
        await Host.StepTo(At(Late));
        using var lead = await Coordinator.AsPerson("Lee Larsen", "go ahead?", GoForm.Page);
        await lead.Press("It goes ahead");
        lead.Text.ShouldContain("That stands; if something has changed, call 250 555 0100.");
        using var own = await Coordinator.AsPerson("Lee Larsen", "go ahead?", AskPages.Own);
        own.Text.ShouldContain("No reply yet: 4.");
        (await Coordinator.LinkOf("Robin Marsh", "no place yet")).ShouldBe(Coordinator.Cycle);
    }

    private static string LinkIn(Browser page, string name) => page.Page.QuerySelectorAll("tr")
        .Single(row => row.Children[0].TextContent == name)
        .QuerySelectorAll("a").Single(link => link.TextContent == $"reply: {name}").GetAttribute("href")!;
}
