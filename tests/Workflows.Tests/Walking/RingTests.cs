using Cohesion.Workflows.LocalHost.Demo;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Walking;

/// <summary>The wake row is the bell: events on top of it may get lost, come twice, or come late.</summary>
public sealed class RingTests
{
    [Fact]
    public async Task Rings_that_are_lost_doubled_or_late_change_nothing_that_people_see() =>
        await Runs.ForEach(Enumerable.Range(0, 20), async seed =>
        {
            var expected = await Runs.ToTheEnd(new WorldSettings(seed));
            var habits = new Habits(seed);
            var story = await Runs.ToTheEnd(new WorldSettings(seed) { Rings = ring => Astray(habits, ring) }, "rings astray");
            story.ShouldBe(expected, $"seed {seed}, rings astray");
        });

    [Fact]
    public async Task Without_a_single_ring_the_sweep_finds_every_due_wake_row()
    {
        var expected = await Runs.ToTheEnd(new WorldSettings(Runs.Small));
        (await Runs.ToTheEnd(new WorldSettings(Runs.Small) { Rings = _ => [] }, "no ring")).ShouldBe(expected);
    }

    /// <summary>The delays after which a ring calls.</summary>
    internal static IEnumerable<Duration> Astray(Habits habits, int ring) => habits.Pick(5, "bell", $"{ring}") switch
    {
        0 => [Duration.Zero],
        1 => [Duration.Zero, Duration.Zero],
        2 => [Duration.Zero, Duration.FromMinutes(2)],
        3 => [Duration.FromMinutes(1 + habits.Pick(3, "bell", $"{ring} late"))],
        _ => [],
    };
}
