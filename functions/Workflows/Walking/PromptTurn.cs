using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Walking;

/// <summary>
/// For a page that says what a turn decided: it takes the turn itself, as the walk may too at the same time, which does no harm.
/// The page waits for it only so long; the turn goes on without it.
/// </summary>
public sealed class PromptTurn(Turn turn, CycleRecords cycles)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The cycle as it stands then.</summary>
    public async Task<Snapshot> Take(CycleId cycle, CancellationToken cancel)
    {
        try
        {
            await turn.Take(cycle, CancellationToken.None).WaitAsync(Patience, cancel);
        }
        catch (TimeoutException)
        {
            // The page says that a confirmation follows.
        }

        return (await cycles.Read(cycle, cancel))!.Snapshot;
    }
}
