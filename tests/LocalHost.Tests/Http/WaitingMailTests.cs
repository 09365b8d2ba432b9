using Cohesion.Workflows.Post;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>What the coordinator is told of mail that has to wait.</summary>
public sealed class WaitingMailTests : OnAHost
{
    [Fact]
    public async Task The_home_page_says_how_much_waits_since_when_and_why_and_nothing_where_nothing_does()
    {
        await Start();
        var busy = MailAnswer.Busy("452 4.3.1 Out of space", Duration.FromHours(4));
        await Host.Services.GetRequiredService<Pacing>().Settle("x", busy, Host.Now);
        await FirstMorning();
        await Host.StepTo(Host.Now + Duration.FromMinutes(5));
        await Coordinator.Browser.Open("/");
        Coordinator.Browser.Text.ShouldContain("The mail of 4 people waits to go out, since");
        Coordinator.Browser.Text.ShouldContain(": “452 4.3.1 Out of space” It is asked again from");

        await Host.StepTo(Host.Now + Duration.FromHours(3));
        (await Coordinator.Browser.Open("/")).Text.ShouldNotContain("waits to go out");
    }
}
