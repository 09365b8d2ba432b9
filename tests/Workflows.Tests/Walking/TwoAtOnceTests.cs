using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Walking;

/// <summary>Two processes at work on one cycle: the second does the whole of something just before an operation of the first.</summary>
public sealed class TwoAtOnceTests
{
    /// <summary>More than most turns, forms and services of one person have.</summary>
    private const int OperationsApart = 15;

    [Fact]
    public async Task Whenever_two_turns_meet_nothing_changes_that_people_see()
    {
        var operations = 0;
        var expected = await Runs.ToTheEnd(new WorldSettings(Runs.Small), look: world => operations = world.OperationsOf(Actor.Turn));
        await Runs.ForEach(Enumerable.Range(1, operations), async operation =>
        {
            var what = $"a turn at operation {operation} of the turns";
            var settings = new WorldSettings(Runs.Small) { Meanwhile = (actor, now) => actor == Actor.Turn && now == operation ? [Actor.Turn] : [] };
            (await Runs.ToTheEnd(settings, what)).ShouldBe(expected, what);
        });
    }

    /// <summary>They meet again and again in one cycle, at every fifteenth operation, counted from each of the first fifteen.</summary>
    [Theory]
    [InlineData(Actor.Turn, Actor.Pass)]
    [InlineData(Actor.Pass, Actor.Pass)]
    [InlineData(Actor.Pass, Actor.Turn)]
    [InlineData(Actor.Deed, Actor.Turn)]
    public async Task Whenever_others_meet_nothing_changes_that_people_see(Actor first, Actor second)
    {
        var expected = await Runs.ToTheEnd(new WorldSettings(Runs.Small));
        await Runs.ForEach(Enumerable.Range(0, OperationsApart), async from =>
        {
            var what = $"a {second} at every operation {from} + {OperationsApart} n of a {first}";
            var settings = new WorldSettings(Runs.Small)
            {
                Meanwhile = (actor, now) => actor == first && now % OperationsApart == from ? [second] : [],
            };
            (await Runs.ToTheEnd(settings, what)).ShouldBe(expected, what);
        });
    }
}
