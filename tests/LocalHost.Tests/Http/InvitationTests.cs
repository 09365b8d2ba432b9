using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>What participants read of a session before it.</summary>
public sealed class InvitationTests : BeforeASession
{
    [Fact]
    public async Task The_invitation_names_the_case_that_the_session_works_through()
    {
        await Invite();
        var title = (await Snapshot()).KickOff.CaseStudies[0].Title;
        (await Coordinator.MailTo("Eve Stone", "please reply")).ShouldContain($"on the case “{title}”");
    }

    [Fact]
    public async Task A_place_that_is_a_link_can_be_pressed_and_hours_and_the_number_to_call_stay_on_one_line()
    {
        await Invite();
        using var lead = await As("Lee Larsen", VenueForm.Page, Role.DivisionLead);
        await lead.Press("Save the place", ("place", ["https://meet.example/cedar-inlet"]));
        using var eve = await As("Eve Stone", ReplyForm.Page);
        eve.Page.QuerySelector("main a[href='https://meet.example/cedar-inlet']").ShouldNotBeNull();
        eve.Page.QuerySelectorAll("main .whole").Select(part => part.TextContent).ShouldBe(["6:00 to 8:00 pm", "(UTC-7)", "5:00 pm", "250 555 0100"]);
        await Coordinator.Browser.Open("/mail");
        await Coordinator.Browser.Open(Coordinator.Browser.Page.QuerySelectorAll("tbody a").First(link => link.TextContent.Contains("please reply", StringComparison.Ordinal)).GetAttribute("href")!);
        Coordinator.Browser.Page.QuerySelectorAll("span").Select(part => part.TextContent).ShouldBe(["6:00 to 8:00 pm", "(UTC-7)", "5:00 pm", "250 555 0100"]);
    }

    [Fact]
    public async Task So_does_the_text_that_the_Division_forwards()
    {
        await Invite(otherwise: [("registration", ["open"]), ("participants", [""])]);
        var title = (await Snapshot()).KickOff.CaseStudies[0].Title;
        (await Coordinator.MailTo("Lee Larsen", "a text to forward")).ShouldContain($"works through the case “{title}”");
    }

    [Fact]
    public async Task One_who_leads_is_one_colleague()
    {
        await Invite();
        (await Coordinator.MailTo("Eve Stone", "please reply")).ShouldContain("Led by your local colleagues ");
        var cycle = await Snapshot();
        var others = cycle.Members(Role.Facilitator).Skip(1).Select(one => new LeadingAnswered(1, one, Leads: false, one, Host.Now));
        await Host.Services.GetRequiredService<CycleRecords>().Record(cycle.Cycle, [.. others], Host.Now);
        using var eve = await As("Eve Stone", ReplyForm.Page);
        eve.Text.ShouldContain(", a local colleague.");
        await Host.StepTo(At(Session) - Duration.FromDays(27));
        (await Coordinator.MailTo("Eve Stone", "a place is open")).ShouldContain("led by your local colleague ");
    }

    [Fact]
    public async Task The_last_reminder_says_by_when_in_its_subject_and_a_place_says_whether_it_is_new()
    {
        await Invite();
        await Yes("Flo Mercier");
        await Host.StepTo(At(Session) - Duration.FromDays(17));
        (await Coordinator.MailTo("Eve Stone", "session on Tue 25 May, reply by Mon 10 May")).ShouldContain("This is the last reminder.");
        using var lead = await As("Lee Larsen", VenueForm.Page, Role.DivisionLead);
        await lead.Press("Save the place", ("place", ["The hall"]));
        await Host.StepTo(At(Session) - Duration.FromDays(14));
        (await Coordinator.MailTo("Flo Mercier", "where we meet on Tue 25 May")).ShouldContain("has a place now");
        await lead.Press("Save the place", ("place", ["The school"]));
        await Host.StepTo(At(Session) - Duration.FromDays(12));
        (await Coordinator.MailTo("Flo Mercier", "another place on Tue 25 May")).ShouldContain("It was to be here: The hall.");
    }

    [Fact]
    public async Task The_invitation_says_from_when_to_when()
    {
        await Invite();
        (await Coordinator.MailTo("Eve Stone", "please reply")).ShouldContain("Tuesday 25 May 2027, 6:00 to 8:00 pm Pacific Time (UTC-7)");
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public async Task Who_comes_reads_how_many_others_come_where_they_are_five_or_more(int coming, bool isSaid)
    {
        await Invite(otherwise: [("participants", [string.Join('\n', Enumerable.Range(1, 6).Select(number => $"Provider {number}, p{number}@clinic.example"))])]);
        foreach (var number in Enumerable.Range(1, coming))
        {
            using var page = await As($"Provider {number}", ReplyForm.Page);
            await page.Press("Yes, I will come");
        }

        await Host.StepTo(At(Session) - Duration.FromDays(6));
        (await Coordinator.MailTo("Provider 1", "we see you")).Contains("5 colleagues are coming.", StringComparison.Ordinal).ShouldBe(isSaid);
    }

    [Fact]
    public async Task Who_needs_two_things_is_one_person_in_the_headcount_and_both_are_said()
    {
        await Invite();
        await Yes("Eve Stone", "vegetarian", "step-free");
        await Yes("Flo Mercier", "vegetarian");
        await Yes("Gus xʷməθkʷəy̓əm", "vegetarian");
        await Yes("Hana O'Neil");
        await Host.StepTo(At(Session) - Duration.FromDays(12));
        (await Coordinator.MailTo("Robin Marsh", "no place yet"))
            .ShouldContain("3 people have a need: 2 × Vegetarian meal; 1 × Vegetarian meal + Step-free access.");
    }

    private async Task Yes(string name, params string[] needs)
    {
        using var page = await As(name, ReplyForm.Page);
        await page.Press("Yes, I will come", ("need", needs));
    }
}
