using System.Net;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

public sealed class LinkTests : OnAHost
{
    [Fact]
    public async Task Opening_a_link_changes_nothing()
    {
        await Start();
        await FirstMorning();
        using var person = await Coordinator.AsPerson("Ada Wong", "choose the case");
        var before = await Everything();

        await person.Open(person.Path);
        await person.Head(person.Path);
        await Coordinator.Browser.Open(Coordinator.Cycle);
        await Coordinator.Browser.Open("/");

        (await Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_changes_nothing()
    {
        await Start();
        await FirstMorning();
        using var person = await Coordinator.AsPerson("Ada Wong", "choose the case");
        var before = await Everything();

        await person.Post(person.Path, ("case-study", "alcohol-and-low-mood"));

        person.Status.ShouldBe(HttpStatusCode.BadRequest);
        person.Text.ShouldContain("Nothing was changed.");
        (await Everything()).ShouldBe(before);
    }

    [Theory]
    [InlineData("/case-study/", 404)]
    [InlineData("/case-study/x.y", 404)]
    [InlineData("/survey/%20%E2%82%AC", 404)]
    [InlineData("/sign-in/nonsense", 410)]
    public async Task A_link_that_is_not_ours_says_what_to_do(string path, int status)
    {
        using var browser = new Browser(Host.Address);
        await browser.Open(path);
        ((int)browser.Status).ShouldBe(status);
        browser.Page.QuerySelector("h1").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_link_opens_only_the_page_that_it_was_made_for()
    {
        await Start();
        await FirstMorning();
        using var person = await Coordinator.AsPerson("Ada Wong", "choose the case");
        var token = person.Path.Split('/')[^1];

        foreach (var page in (string[])["training", "dates", "reply", "list", "survey", "coach", "tasks", "sign-in", "set-up"])
        {
            await person.Open($"/{page}/{token}");
            ((int)person.Status).ShouldBeOneOf(404, 410);
        }
    }

    [Fact]
    public async Task A_link_expires()
    {
        await Start();
        await FirstMorning();
        using var person = await Coordinator.AsPerson("Ada Wong", "choose the case");

        await Host.StepTo(Host.Now + Duration.FromDays(401));
        await person.Open(person.Path);

        person.Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task A_link_of_an_earlier_generation_is_void()
    {
        await Start();
        var people = Host.Services.GetRequiredService<People>();
        var ada = (await people.At("ada@clinic.example")).Single();
        var cycle = Cycles.CycleId.From(Coordinator.Cycle.Split('/')[^1]);
        var link = Host.Services.GetRequiredService<Links>().AskPath("case-study", ada with { Generation = 7 }, cycle, Cycles.Role.Facilitator, Host.Now);

        using var browser = new Browser(Host.Address);
        (await browser.Open(link)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/cycles/new")]
    [InlineData("/cycles/abc")]
    [InlineData("/cycles/abc/list")]
    [InlineData("/mail")]
    [InlineData("/mail/00000000-0000-0000-0000-000000000000")]
    public async Task A_coordinators_page_needs_signing_in(string path)
    {
        using var browser = new Browser(Host.Address);
        (await browser.Open(path)).Path.ShouldBe("/sign-in");
    }
}
