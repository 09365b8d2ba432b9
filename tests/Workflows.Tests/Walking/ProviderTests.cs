using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Walking;

/// <summary>A mail provider whose replies are lost, that gets nothing, that is away.</summary>
public sealed class ProviderTests
{
    [Theory]
    [InlineData(Mishap.ReplyLost)]
    [InlineData(Mishap.NeverArrived)]
    public async Task A_mishap_at_any_send_changes_nothing_that_people_see(Mishap mishap)
    {
        var sends = 0;
        var expected = await Runs.ToTheEnd(new WorldSettings(Runs.Small), look: world => sends = world.Mail.Sends);
        await Runs.ForEach(Runs.EveryThird(Enumerable.Range(1, sends)), async send =>
        {
            var settings = new WorldSettings(Runs.Small) { Mishaps = now => now == send ? mishap : Mishap.None };
            var what = $"{mishap} at send {send}";
            (await Runs.ToTheEnd(settings, what)).ShouldBe(expected, what);
        });
    }

    /// <summary>What people do may be late then, and other things come of it; but every law holds.</summary>
    [Fact]
    public async Task A_provider_that_is_away_for_two_days_loses_and_doubles_nothing() =>
        await Runs.ForEach(Runs.EveryThird(Enumerable.Range(0, 60)), async n =>
        {
            var from = World.Start + Duration.FromHours(15 * n);
            var settings = new WorldSettings(Runs.Small) { ProviderIsAway = now => from <= now && now < from + Duration.FromDays(2) };
            await Runs.ToTheEnd(settings, $"the provider away from {from}");
        });
}
