using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Walking;

/// <summary>
/// Everything goes wrong at once. COHESION_SEEDS says how many seeds; COHESION_SEED replays one, COHESION_ADAPTS the one adaptation that it was
/// to make ("scheduling MoveSession"). COHESION_ADAPTS=every goes on until each that could be made at a stage was made at it.
/// </summary>
public sealed class FaultRunTests(ITestOutputHelper output)
{
    private const string Every = "every";
    private const int TriesForOne = 20;

    [Fact]
    public async Task Whatever_goes_wrong_every_law_holds()
    {
        var (log, adapts) = (new AdaptationLog(), Environment.GetEnvironmentVariable("COHESION_ADAPTS"));
        await Runs.ForEach(Trouble.Seeds(200), seed => Run(seed, adapts == Every ? null : adapts, log));
        if (adapts == Every)
        {
            await MakeTheOthers(log);
            log.NeverMade.ShouldBeEmpty();
        }

        output.WriteLine($"{log}\nNever made, though they could have been: {string.Join(", ", log.NeverMade)}");
    }

    /// <summary>While one is aimed at, others show that could be made too.</summary>
    private static async Task MakeTheOthers(AdaptationLog log)
    {
        var aimedAt = new HashSet<string>(StringComparer.Ordinal);
        while (log.NeverMade.Where(aimedAt.Add).ToList() is { Count: > 0 } cells)
        {
            await Runs.ForEach(cells, cell => RunUntilMade(cell, log));
        }
    }

    /// <summary>Seeds of its own; what others made meanwhile counts.</summary>
    private static async Task RunUntilMade(string cell, AdaptationLog log)
    {
        for (var tries = 0; tries < TriesForOne && !log.HasMade(cell); tries++)
        {
            await Run(100_000 + tries, cell, log);
        }
    }

    private static Task<string> Run(int seed, string? adapts, AdaptationLog log)
    {
        var trouble = Trouble.Of(seed);
        return Runs.ToTheEnd(
            trouble with { IsAdapted = trouble.IsAdapted || adapts is not null, Adapts = adapts, Adaptations = log },
            $"with all faults (COHESION_SEED={seed}{(adapts is null ? "" : $" COHESION_ADAPTS='{adapts}'")} replays it alone)");
    }
}
