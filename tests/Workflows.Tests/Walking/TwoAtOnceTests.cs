using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Walking;

/// <summary>Two processes at work on one cycle: the second does the whole of something just before one operation of the first.</summary>
public sealed class TwoAtOnceTests
{
    [Fact]
    public async Task Whenever_two_turns_meet_nothing_changes_that_people_see()
    {
        var operations = 0;
        await Runs.ToTheEnd(new WorldSettings(Runs.Small), look: world => operations = world.OperationsOf(Actor.Turn));
        await Meet(Actor.Turn, Actor.Turn, operations);
    }

    /// <summary>A hundred operations see every step of a pass, of a form and of a turn many times.</summary>
    [Theory]
    [InlineData(Actor.Turn, Actor.Pass)]
    [InlineData(Actor.Pass, Actor.Pass)]
    [InlineData(Actor.Pass, Actor.Turn)]
    [InlineData(Actor.Deed, Actor.Turn)]
    public Task Whenever_others_meet_nothing_changes_that_people_see(Actor first, Actor second) => Meet(first, second, 100);

    private static async Task Meet(Actor first, Actor second, int operations)
    {
        var expected = await Runs.ToTheEnd(new WorldSettings(Runs.Small));
        await Runs.ForEach(Enumerable.Range(1, operations), async operation =>
        {
            var what = $"a {second} at operation {operation} of a {first}";
            var settings = new WorldSettings(Runs.Small) { Meanwhile = (actor, now) => actor == first && now == operation ? [second] : [] };
            (await Runs.ToTheEnd(settings, what)).ShouldBe(expected, what);
        });
    }
}
