using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Walking;

/// <summary>
/// Two processes at work on one cycle: the second does the whole of something just before an operation of the first. In one world before
/// the first operation of every deed, turn or pass; in the next world before the second; and so on.
/// </summary>
public sealed class TwoAtOnceTests
{
    [Theory]
    [InlineData(Actor.Turn, Actor.Turn)]
    [InlineData(Actor.Turn, Actor.Pass)]
    [InlineData(Actor.Pass, Actor.Pass)]
    [InlineData(Actor.Pass, Actor.Turn)]
    [InlineData(Actor.Deed, Actor.Turn)]
    public async Task Whenever_two_meet_nothing_changes_that_people_see(Actor first, Actor second)
    {
        var operations = 0;
        var expected = await Runs.ToTheEnd(new WorldSettings(Runs.Small), look: world => operations = world.LongestActOf(first));
        await Runs.ForEach(Runs.EveryThird(Enumerable.Range(1, operations)), async operation =>
        {
            var what = $"a {second} at operation {operation} of each {first}";
            var settings = new WorldSettings(Runs.Small)
            {
                Meanwhile = now => now.Actor == first && now.OfAct == operation ? [second] : [],
            };
            (await Runs.ToTheEnd(settings, what)).ShouldBe(expected, what);
        });
    }
}
