using Cohesion.Workflows.Previews;
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
            var story = await Runs.ToTheEnd(new WorldSettings(seed) { Rings = ring => Trouble.RingAstray(habits, ring) }, "rings astray");
            story.ShouldBe(expected, $"seed {seed}, rings astray");
        });

    [Fact]
    public async Task Without_a_single_ring_the_sweep_finds_every_due_wake_row()
    {
        var expected = await Runs.ToTheEnd(new WorldSettings(Runs.Small));
        (await Runs.ToTheEnd(new WorldSettings(Runs.Small) { Rings = _ => [] }, "no ring")).ShouldBe(expected);
    }
}
