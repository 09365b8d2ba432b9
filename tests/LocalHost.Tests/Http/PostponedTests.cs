using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>The session was postponed, and has no date until there are new ones.</summary>
public sealed class PostponedTests : BeforeASession
{
    private const string IsPostponed = "The session was postponed; a new date is being looked for.";

    [Fact]
    public async Task On_their_own_pages_all_see_that_it_is_postponed_and_nobody_comes()
    {
        await Postpone();
        foreach (var (name, role) in new[] { ("Lee Larsen", Role.DivisionLead), ("Ada Wong", Role.Facilitator), ("Kim Coach", Role.Coach) })
        {
            using var page = await As(name, AskPages.Own, role);
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Text.ShouldContain(IsPostponed);
            page.Text.ShouldNotContain("will come");
            page.Page.QuerySelector(".qr").ShouldBeNull();
        }
    }

    [Fact]
    public async Task On_the_community_s_page_nobody_comes_and_attendance_is_not_done()
    {
        await Postpone();
        var desk = await Coordinator.Browser.Open(Coordinator.Cycle);
        desk.Text.ShouldContain(IsPostponed);
        desk.Text.ShouldNotContain("1 will come");
        var attendance = desk.Page.QuerySelectorAll("tr").Single(row => row.Children[0].TextContent == "Attendance");
        attendance.Children[1].TextContent.ShouldBe("postponed, Tue 11 May, 12:00 pm");
    }

    [Fact]
    public async Task Who_said_yes_reads_on_their_page_that_they_will_hear_and_whom_to_call()
    {
        await Postpone();
        using var gus = await As("Gus Park", ReplyForm.Page);
        gus.Text.ShouldContain(IsPostponed);
        gus.Text.ShouldContain("An invitation follows as soon as there is one. Questions: 250 555 0100.");
        gus.Page.QuerySelectorAll("button").ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_opens_the_link_that_was_forwarded_reads_it_too()
    {
        await Postpone();
        using var anybody = await new Browser(Host.Address).Open(Link());
        anybody.Text.ShouldContain(IsPostponed);
        anybody.Text.ShouldNotContain("Replies are closed");
    }

    [Fact]
    public async Task The_sheet_and_the_page_of_the_place_say_that_there_is_no_date()
    {
        await Postpone();
        using var ada = await As("Ada Wong", ListForm.Page, Role.Facilitator);
        ada.Text.ShouldContain(IsPostponed);
        ada.Text.ShouldNotContain("Gus Park");
        using var lead = await As("Lee Larsen", VenueForm.Page, Role.DivisionLead);
        lead.Text.ShouldContain("There is no date at the moment");
        lead.Text.ShouldNotContain("Invitations say");
    }

    [Fact]
    public async Task On_a_person_s_page_the_seat_that_is_no_more_does_not_stand()
    {
        await Postpone();
        var gus = await IdOfGus();
        (await Coordinator.Browser.Open($"{Coordinator.Cycle}/people/{gus}")).Text.ShouldNotContain("Comes, and has a seat.");
    }

    /// <summary>Open registration, two seats, one taken: too few, and the lead postpones.</summary>
    private async Task Postpone()
    {
        await Invite(2, ("registration", ["open"]), ("participants", [""]));
        using var gus = await new Browser(Host.Address).Open(Link());
        await gus.Press("Register", ("name", ["Gus Park"]), ("address", ["gus@clinic.example"]));
        await Host.StepTo(At(new LocalDateTime(2027, 5, 11, 12, 0)));
        using var lead = await As("Lee Larsen", GoForm.Page, Role.DivisionLead);
        await lead.Press("Postpone it");
        (await lead.Press("Yes, postpone it")).Text.ShouldContain("It was decided to postpone the session.");
        await Host.StepTo(Host.Now + Duration.FromMinutes(1));
        (await Snapshot()).Session().ShouldBeNull();
    }

    private string Link() =>
        Host.Services.GetRequiredService<Links>().ToRegistration(CycleId.From(Coordinator.Cycle.Split('/')[^1]), Host.Now).AbsolutePath;

    private async Task<PersonId> IdOfGus() => (await Snapshot()).Members(Role.Participant).Single();
}
