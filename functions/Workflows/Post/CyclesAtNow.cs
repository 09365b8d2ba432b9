using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>The cycles that a pass of the sender has to do with, each read and planned once.</summary>
public sealed class CyclesAtNow(CycleRecords cycles, Wakes wakes, Instant now)
{
    private readonly Dictionary<string, (Snapshot? Snapshot, ImmutableHashSet<MessageKey> Wanted)> _known = new(StringComparer.Ordinal);

    public Instant Now => now;

    /// <summary>The cycle that a stage's message is about; null for a message of no stage, which goes out even where its cycle cannot be read.</summary>
    public async Task<Snapshot?> Find(MessageKey key, CancellationToken cancel) =>
        key.Stage == MessageKey.None ? null : (await Read(key.Cycle, cancel)).Snapshot;

    /// <summary>Whether a message should still go out. Those of no stage: a sign-in always, a parked cycle's while it is parked.</summary>
    public async Task<bool> Wants(MessageKey key, CancellationToken cancel)
    {
        if (key.Cycle == MessageKey.None)
        {
            return true;
        }

        return key.Stage == MessageKey.None
            ? await wakes.Find(CycleId.From(key.Cycle), cancel) is { IsParked: true }
            : (await Read(key.Cycle, cancel)).Wanted.Contains(key);
    }

    private async Task<(Snapshot? Snapshot, ImmutableHashSet<MessageKey> Wanted)> Read(string cycle, CancellationToken cancel)
    {
        if (!_known.TryGetValue(cycle, out var one))
        {
            var snapshot = (await cycles.Read(CycleId.From(cycle), cancel))?.Snapshot;
            _known[cycle] = one = (snapshot, snapshot is null ? [] : Planner.WantedNow(snapshot, now));
        }

        return one;
    }
}
