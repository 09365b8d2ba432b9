using System.Collections.Immutable;
using Cohesion.Workflows.Coordinators.Today;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>
/// The cycles that a pass of the sender has to do with, each read and planned once in a while. A turn can put a message in the
/// post while a pass is under way: only a cycle that was read after the message can say that it is not wanted.
/// </summary>
public sealed class CyclesAtNow(CycleRecords cycles, Wakes wakes, Refusals refusals, IClock clock)
{
    private static readonly Duration Fresh = Duration.FromSeconds(10);

    private readonly Dictionary<string, Reading> _known = new(StringComparer.Ordinal);

    public Instant Now => clock.GetCurrentInstant();

    /// <summary>The cycle that a stage's message is about; null for a message of no stage, which goes out even where its cycle cannot be read.</summary>
    public async Task<Snapshot?> Find(MessageKey key, CancellationToken cancel) =>
        key.Stage == MessageKey.None ? null : (await Read(key.Cycle, cancel)).Snapshot;

    /// <summary>Whether a message should still go out. Those of no stage: a sign-in always, what the day brings until its evening, a parked cycle's while it is parked, a refusal's while the address is the same.</summary>
    public async Task<bool> Wants(PostMessage message, CancellationToken cancel)
    {
        var key = message.Key;
        if (key.Cycle == MessageKey.None)
        {
            return !MorningMail.IsOver(message, Now);
        }

        if (key.Stage == MessageKey.None)
        {
            return key.Kind == Refusals.Kind
                ? await refusals.IsOpen(key, cancel)
                : await wakes.Find(CycleId.From(key.Cycle), cancel) is { IsParked: true };
        }

        return (await Read(key.Cycle, cancel)).Wanted.Contains(key) || await WantsOnSecondLook(message, cancel);
    }

    /// <summary>
    /// Whether a message that waits went out before, so long ago that the post forgot it: its cycle never does. Looked at twice, as it may
    /// have come back since its cycle was read.
    /// </summary>
    public async Task<bool> WentOut(MessageKey key, CancellationToken cancel)
    {
        if (key.Stage == MessageKey.None || !await IsAccepted(key, cancel))
        {
            return false;
        }

        _known.Remove(key.Cycle);
        return await IsAccepted(key, cancel);
    }

    private async Task<bool> IsAccepted(MessageKey key, CancellationToken cancel) =>
        (await Read(key.Cycle, cancel)).Snapshot?.IssuedOf(key) is { Accepted: not null };

    /// <summary>Not by a reading that may be older than the message, or than its being put in the post again.</summary>
    private async Task<bool> WantsOnSecondLook(PostMessage message, CancellationToken cancel)
    {
        var reading = await Read(message.Key.Cycle, cancel);
        if (reading.At > message.Due + Fresh && reading.Snapshot?.IssuedOf(message.Key) is { Withdrawn: null })
        {
            return false;
        }

        _known.Remove(message.Key.Cycle);
        return (await Read(message.Key.Cycle, cancel)).Wanted.Contains(message.Key);
    }

    private async Task<Reading> Read(string cycle, CancellationToken cancel)
    {
        if (!_known.TryGetValue(cycle, out var reading) || reading.At + Fresh < Now)
        {
            var snapshot = (await cycles.Read(CycleId.From(cycle), cancel))?.Snapshot;
            _known[cycle] = reading = new Reading(snapshot, snapshot is null ? [] : Planner.WantedNow(snapshot, TimeOf(snapshot)), Now);
        }

        return reading;
    }

    /// <summary>Now, or the time of its newest message: the clock of the machine that took the turn may be ahead of this one's.</summary>
    private Instant TimeOf(Snapshot cycle) => cycle.All<Issued>().Select(issued => issued.At).Append(Now).Max();

    private sealed record Reading(Snapshot? Snapshot, ImmutableHashSet<MessageKey> Wanted, Instant At);
}
