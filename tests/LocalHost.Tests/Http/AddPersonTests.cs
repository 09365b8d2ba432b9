using System.Net;
using AngleSharp.Dom;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Testing.Stories;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>The coordinator adds somebody who was forgotten, or who calls: replies to the session of 25 May close on 10 May.</summary>
public sealed class AddPersonTests : BeforeASession
{
    private static readonly LocalDateTime Late = new(2027, 5, 12, 12, 0);

    [Fact]
    public async Task Who_was_forgotten_gets_the_invitation_as_everybody_did()
    {
        await Invite();
        (await Add("Ivo Novák", "ivo@clinic.example")).Text.ShouldContain("Ivo Novák is added and gets the invitation with the next mails.");
        Desk.Text.ShouldContain("Ivo Novák joined as participant (recorded by Robin Marsh)");
        await Host.StepTo(Host.Now + Duration.FromDays(1));
        using var ivo = await Coordinator.AsPerson("Ivo Novák", "please reply", ReplyForm.Page);
        (await ivo.Press("Yes, I will come")).Text.ShouldContain("You have a seat.");
    }

    [Fact]
    public async Task A_stranger_who_calls_when_registration_has_closed_is_added_and_their_reply_recorded()
    {
        await Invite(seats: null, ("registration", ["open"]), ("participants", [""]));
        await Host.StepTo(At(Late));
        (await Add("Ivo Novák", "ivo@clinic.example")).Text.ShouldContain("Replies are closed, so no invitation goes out: record beside their name what they told you.");
        await Desk.Open(Row("Ivo Novák").QuerySelectorAll("a").Single(link => link.TextContent.StartsWith("reply", StringComparison.Ordinal)).GetAttribute("href")!);
        (await Desk.Press("Ivo Novák will come")).Text.ShouldContain("Ivo Novák has a seat.");
        await Host.StepTo(Host.Now + Duration.FromMinutes(1));
        using var ivo = await Coordinator.AsPerson("Ivo Novák", "your seat");
        ivo.Text.ShouldContain("Robin Marsh recorded this for you");
    }

    [Fact]
    public async Task Who_is_added_when_the_session_is_over_stands_on_the_list_as_somebody_who_came()
    {
        await Invite();
        await Host.StepTo(At(Session) + Duration.FromHours(4));
        (await Add("Ivo Novák", "ivo@clinic.example")).Text.ShouldContain("Ivo Novák is on the list.");
        await Desk.Press("Confirm the list");
        Desk.Text.ShouldContain("1 was there.");
        await Host.StepTo(Host.Now + Duration.FromMinutes(1));
        (await Add("Jo Park", "jo@clinic.example")).Text.ShouldContain("Jo Park is on the list.");
        (await Desk.Press("Save the corrected list")).Text.ShouldContain("2 were there.");
    }

    [Fact]
    public async Task When_the_list_can_be_corrected_no_more_nobody_can_be_added()
    {
        await Invite();
        await Host.StepTo(At(Session) + Duration.FromHours(4));
        await Add("Ivo Novák", "ivo@clinic.example");
        await Desk.Press("Confirm the list");
        await Desk.Open(Coordinator.Cycle);
        var before = Desk.Page;
        await Host.StepTo(Host.Now + Duration.FromDays(31));
        (await Desk.Open(Coordinator.Cycle)).Text.ShouldNotContain("Add somebody");
        (await Desk.PressOn(before, "Add this person", Typed("Jo Park", "jo@clinic.example"))).Text.ShouldContain("Nobody can be added any more");
        (await Snapshot()).Members(Role.Participant).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Who_is_invited_already_stays_one_person()
    {
        await Invite();
        await Add("gus  xʷməθkʷəy̓əm", "Gus@clinic.example");
        Desk.Status.ShouldBe(HttpStatusCode.OK);
        Desk.Text.ShouldContain("Gus xʷməθkʷəy̓əm with the address gus@clinic.example is invited here already.");
        (await Snapshot()).Members(Role.Participant).Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(false, "Ivo Novák is added and gets the invitation with the next mails.")]
    [InlineData(true, "Ivo Novák is on the list.")]
    public async Task Pressed_twice_it_is_one_person_and_the_page_says_what_it_said_the_first_time(bool isOver, string said)
    {
        await Invite();
        await Host.StepTo(isOver ? At(Session) + Duration.FromHours(4) : Host.Now);
        await Desk.Open(Coordinator.Cycle);
        var form = Desk.Page;
        await Desk.PressOn(form, "Add this person", Typed("Ivo Novák", "ivo@clinic.example"));
        (await Desk.PressOn(form, "Add this person", Typed("ivo novák", "Ivo@clinic.example"))).Status.ShouldBe(HttpStatusCode.OK);
        Desk.Text.ShouldContain(said, Case.Insensitive);
        var cycle = await Snapshot();
        cycle.Members(Role.Participant).Count.ShouldBe(5);
        cycle.All<CheckedIn>().Count().ShouldBe(isOver ? 1 : 0);
    }

    [Theory]
    [InlineData("Gustav X", "gus@clinic.example", "gus@clinic.example is the address of Gus xʷməθkʷəy̓əm here. If Gustav X is somebody else, tick the box")]
    [InlineData("Gus xʷməθkʷəy̓əm", "gus@other.example", "Gus xʷməθkʷəy̓əm is here already, with the address gus@clinic.example. If this is somebody else of that name, tick the box")]
    public async Task One_name_or_one_address_of_two_is_confirmed_as_two(string name, string address, string doubt)
    {
        await Invite();
        await Add(name, address);
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        BesideItsField().ShouldContain(doubt);
        Desk.Page.QuerySelector("input[name=person-name]")!.GetAttribute("value").ShouldBe(name);
        (await Desk.Press("Add this person", ("else", ["yes"]))).Text.ShouldContain($"{name} is added");
        (await Snapshot()).Members(Role.Participant).Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_bad_address_is_refused_and_stays_as_typed_and_before_the_date_is_fixed_nobody_is_added()
    {
        await Start();
        (await Desk.Open(Coordinator.Cycle)).Text.ShouldNotContain("Add somebody");
        await Invite();
        await Add("Ivo Novák", "ivo@clinic");
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Desk.Page.QuerySelector("input[name=person-address]")!.GetAttribute("value").ShouldBe("ivo@clinic");
        BesideItsField().ShouldContain("ivo@clinic");
        Desk.Text.ShouldNotContain("This is somebody else");
        (await Snapshot()).Members(Role.Participant).Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(false, "Eve Stone is added and gets the invitation with the next mails.")]
    [InlineData(true, "Eve Stone is on the list.")]
    public async Task Who_was_taken_off_the_list_can_be_added_again(bool isOver, string said)
    {
        await Invite();
        await Desk.Open($"{Coordinator.Cycle}/adapt");
        var eve = Desk.Page.QuerySelectorAll("[name=person] option").First(option => option.TextContent.Contains("Eve Stone", StringComparison.Ordinal)).GetAttribute("value");
        await Desk.Open($"{Coordinator.Cycle}/adapt?what=remove&person={eve}");
        await Desk.Press("Change it", ("reason", ["A mistake"]));
        await Host.StepTo(isOver ? At(Session) + Duration.FromHours(4) : Host.Now + Duration.FromMinutes(1));
        (await Add("Eve Stone", "office@clinic.example")).Text.ShouldContain(said);
        (await Snapshot()).Members(Role.Participant).Count.ShouldBe(4);
    }

    private string BesideItsField() => Desk.Page.QuerySelectorAll("label + div.problem").Single().TextContent;

    private Browser Desk => Coordinator.Browser;

    private async Task<Browser> Add(string name, string address)
    {
        await Desk.Open(Coordinator.Cycle);
        return await Desk.Press("Add this person", Typed(name, address));
    }

    private static (string, string[])[] Typed(string name, string address) => [("person-name", [name]), ("person-address", [address])];

    private IElement Row(string name) => Desk.Page.QuerySelectorAll("tr").Single(row => row.FirstElementChild!.TextContent == name);
}
