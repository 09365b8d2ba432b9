using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Walking;

/// <summary>Hastens the turn of a cycle whose wake row was rung. May be lost, doubled or late: the row is the bell.</summary>
public interface IBell
{
    void Hasten(CycleId cycle);

    /// <summary>The post has something to send.</summary>
    void HastenPost();
}

/// <summary>Takes what people tell a cycle: records it, rings, and only then lets the page answer.</summary>
public sealed class Intake(CycleRecords cycles, Wakes wakes, IBell bell, IClock clock)
{
    private const int FactsPerTransaction = RecordLimits.WritesPerTransaction / 2;

    public Instant Now => clock.GetCurrentInstant();

    /// <summary>Records facts in order; more than fifty take several transactions, so the one that counts comes last.</summary>
    public async Task Record(CycleId cycle, IReadOnlyList<Fact> facts, CancellationToken cancel = default)
    {
        var now = Now;
        foreach (var chunk in facts.Chunk(FactsPerTransaction))
        {
            await cycles.Record(cycle, chunk, now, cancel);
        }

        await Ring(cycle, cancel);
    }

    public async Task Ring(CycleId cycle, CancellationToken cancel = default)
    {
        await wakes.Ring(cycle, Now, cancel);
        bell.Hasten(cycle);
    }
}
