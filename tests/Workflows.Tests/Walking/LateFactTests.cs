using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Walking;

namespace Cohesion.Workflows.Tests.Walking;

public sealed class LateFactTests
{
    /// <summary>The form was open when it was read, and the turn that closed the stage did not see the request.</summary>
    [Fact]
    public async Task Who_asks_for_a_coach_just_as_the_stage_closes_is_not_forgotten()
    {
        using var world = new World(new WorldSettings(Runs.Small));
        await world.RunToTheEnd();
        var cycle = (await world.Snapshot())!;
        var late = cycle.Members(Role.Participant).Except(cycle.All<CoachRequested>().Select(request => request.Person)).First();

        await world.Get<Intake>().Record(world.Cycle, [new CoachRequested(1, late, late, world.Clock.Now)]);
        await world.RunToTheEnd();

        await Laws.MustHold(world);
    }
}
