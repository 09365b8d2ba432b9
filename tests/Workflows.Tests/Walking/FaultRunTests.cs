using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Walking;

/// <summary>Everything goes wrong at once. COHESION_SEEDS says how many seeds; COHESION_SEED replays one.</summary>
public sealed class FaultRunTests
{
    [Fact]
    public async Task Whatever_goes_wrong_every_law_holds() =>
        await Runs.ForEach(Trouble.Seeds(200), seed => Runs.ToTheEnd(Trouble.Of(seed), $"with all faults (COHESION_SEED={seed} replays it alone)"));
}
