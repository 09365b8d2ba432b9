using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.LocalHost.Tests.Demo;

/// <summary>
/// The demo's communities, with all that goes wrong in the fault run. COHESION_SEEDS says how many; COHESION_SEED replays one.
/// </summary>
public sealed class DemoFaultRunTests
{
    [Fact]
    public async Task Whatever_goes_wrong_in_the_demos_communities_every_law_holds() =>
        await Runs.ForEach(Trouble.Seeds(2 * DemoTown.Communities), seed => Runs.ToTheEnd(
            Trouble.Of(seed) with { Town = () => new DemoTown(seed) },
            $"a community of the demo with all faults (COHESION_SEED={seed} replays it alone)"));
}
