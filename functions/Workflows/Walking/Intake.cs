using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Walking;

/// <summary>Hastens the turn of a cycle whose wake row was rung. May be lost, doubled or late: the row is the bell.</summary>
public interface IBell
{
    Task Hasten(CycleId cycle, CancellationToken cancel = default);

    /// <summary>The post has something to send.</summary>
    Task HastenPost(CancellationToken cancel = default);
}

/// <summary>Takes what people tell a cycle: records it, rings, and only then lets the page answer.</summary>
public sealed class Intake(CycleRecords cycles, Wakes wakes, IBell bell, IClock clock)
{
    private const int FactsPerTransaction = RecordLimits.WritesPerTransaction / CycleRecords.WritesPerFact;

    public Instant Now => clock.GetCurrentInstant();

    /// <summary>Records facts in order; more than 33 take several transactions, so the one that counts comes last.</summary>
    /// <returns>False where a fact of which only the first stands was there before; it stands, and this one is not recorded.</returns>
    public async Task<bool> Record(CycleId cycle, IReadOnlyList<Fact> facts, CancellationToken cancel = default)
    {
        var now = Now;
        var expected = await wakes.Expect(cycle, now, cancel);
        var isRecorded = await TryRecord(cycle, facts, now, cancel);
        await Ring(cycle, expected, cancel);
        return isRecorded;
    }

    /// <summary>Rings for what is written: before it was, the cycle was told to expect it.</summary>
    public async Task Ring(CycleId cycle, string? expected = null, CancellationToken cancel = default)
    {
        if (await wakes.Ring(cycle, Now, expected, cancel))
        {
            await bell.Hasten(cycle, cancel);
        }
    }

    private async Task<bool> TryRecord(CycleId cycle, IReadOnlyList<Fact> facts, Instant now, CancellationToken cancel)
    {
        try
        {
            foreach (var chunk in facts.Chunk(FactsPerTransaction))
            {
                await cycles.Record(cycle, chunk, now, cancel);
            }

            return true;
        }
        catch (RecordConflictException conflict) when (conflict.Conflict == RecordConflict.Exists)
        {
            return false;
        }
    }
}
