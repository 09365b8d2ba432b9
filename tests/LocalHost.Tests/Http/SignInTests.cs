using System.Net;
using Cohesion.Workflows.Testing.Stories;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

public sealed class SignInTests : OnAHost
{
    [Fact]
    public async Task A_coordinator_signs_in_by_a_mailed_link()
    {
        using var browser = await AskForLink("robin@division.example");
        await browser.Open(await Coordinator.LinkOf("Robin Marsh", "Your link to sign in"));
        (await browser.Open("/")).Path.ShouldBe("/sign-in");

        await browser.Open(await Coordinator.LinkOf("Robin Marsh", "Your link to sign in"));
        await browser.Press("Sign in");

        browser.Path.ShouldBe("/");
    }

    /// <summary>The second press of a double click comes after the first has signed in, with the form of nobody.</summary>
    [Fact]
    public async Task To_press_sign_in_twice_leads_to_the_same_page()
    {
        using var browser = await AskForLink("robin@division.example");
        var page = (await browser.Open(await Coordinator.LinkOf("Robin Marsh", "Your link to sign in"))).Page;
        await browser.PressOn(page, "Sign in");

        await browser.PressOn(page, "Sign in");

        browser.Path.ShouldBe("/");
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-in/cut")]
    public async Task Where_mail_is_not_sent_the_page_says_how_to_get_in(string path)
    {
        using var browser = await new Browser(Host.Address).Open(path);
        browser.Text.ShouldContain("the link is printed where the program runs");
        browser.Text.ShouldNotContain("is sent to it");
    }

    [Fact]
    public async Task An_unknown_address_gets_the_same_answer_and_no_mail()
    {
        using var browser = await AskForLink("stranger@clinic.example");
        browser.Text.ShouldContain("a link to sign in is on its way");
        await Coordinator.Browser.Open("/mail");
        Coordinator.Browser.Text.ShouldContain("No mail has been sent yet.");
    }

    [Fact]
    public async Task A_link_to_sign_in_is_valid_for_an_hour()
    {
        using var browser = await AskForLink("robin@division.example");
        var link = await Coordinator.LinkOf("Robin Marsh", "Your link to sign in");
        await Host.StepTo(Host.Now + Duration.FromMinutes(61));
        (await browser.Open(link)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Asking_again_within_a_minute_sends_no_second_mail()
    {
        using var first = await AskForLink("robin@division.example");
        using var second = await AskForLink("ROBIN@division.example");
        await Coordinator.Browser.Open("/mail");
        Coordinator.Browser.Page.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Before_set_up_the_front_page_says_where_to_begin_and_gives_no_link_to_it()
    {
        var data = Directory.CreateTempSubdirectory("cohesion-").FullName;
        await using (var host = await Stepped.SteppedHost.Start(data, CedarInletStory.Start))
        {
            using var browser = await new Browser(host.Address).Open("/");
            browser.Text.ShouldContain("the first coordinator is set up first");
            browser.Page.DocumentElement.OuterHtml.ShouldNotContain("/set-up/");
            (await browser.Open("/set-up/cut")).Status.ShouldBe(HttpStatusCode.Gone);
            browser.Text.ShouldContain("is not whole, or too old");
        }

        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Only_one_person_can_set_up()
    {
        using var browser = new Browser(Host.Address);
        (await browser.Open(Host.SetUpPath)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task After_signing_out_the_pages_are_closed()
    {
        await Coordinator.Browser.Open("/");
        await Coordinator.Browser.Press("Sign out");
        (await Coordinator.Browser.Open("/mail")).Path.ShouldBe("/sign-in");
    }

    private async Task<Browser> AskForLink(string address)
    {
        var browser = new Browser(Host.Address);
        await browser.Open("/sign-in");
        await browser.Press("Send me the link", ("address", [address]));
        await Host.StepTo(Host.Now);
        return browser;
    }
}
