using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Walking;

/// <summary>
/// A process dies at each of its steps: each transaction, each round key made or destroyed, each mail sent. In one world every deed, turn
/// and pass dies at its first step and is then done again; in the next world at its second; and so on.
/// </summary>
public sealed class SurvivalTests
{
    /// <summary>A few acts come so soon after the death of another that they count as its recovery, and live.</summary>
    private const double NearlyAll = 0.97;

    [Theory]
    [InlineData(Death.Before)]
    [InlineData(Death.After)]
    public async Task A_crash_at_any_step_changes_nothing_that_people_see(Death death)
    {
        var fate = Fate.Kind();
        var expected = await Runs.ToTheEnd(new WorldSettings(Runs.Small) { Fate = fate });
        await Runs.ForEach(Enumerable.Range(1, fate.ActsOf.Count), async step =>
        {
            var (what, crashes) = ($"a crash {death} step {step} of each act", 0);
            var settings = new WorldSettings(Runs.Small) { Fate = Fate.DiesInEveryActAt(step, death) };
            (await Runs.ToTheEnd(settings, what, world => crashes = world.Crashes)).ShouldBe(expected, what);
            crashes.ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(NearlyAll * fate.ActsOf[step - 1]), what);
        });
    }

    /// <summary>What the client of Table Storage does by itself where a reply is lost: the second time conflicts with the first.</summary>
    [Fact]
    public async Task Transactions_that_their_client_sends_twice_change_nothing_that_people_see() =>
        await Runs.ForEach(Enumerable.Range(0, 10), async seed =>
        {
            var expected = await Runs.ToTheEnd(new WorldSettings(seed));
            (await Runs.ToTheEnd(new WorldSettings(seed) { IsRepeated = transaction => transaction % 5 == 0 }, "sent twice")).ShouldBe(expected, $"seed {seed}");
        });
}
