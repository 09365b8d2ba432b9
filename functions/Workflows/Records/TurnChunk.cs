using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Records;

/// <summary>What one transaction of a turn links and records.</summary>
internal sealed record TurnChunk(List<ChainedLine> Unlinked, List<Fact> Facts)
{
    /// <summary>Beside the cycle's row and the link.</summary>
    private const int WritesAtMost = RecordLimits.WritesPerTransaction - 2;

    public static TurnChunk Empty => new([], []);

    /// <summary>A line takes one write, a fact three at the most.</summary>
    private bool IsFull => Unlinked.Count + CycleRecords.WritesPerFact * (Facts.Count + 1) > WritesAtMost;

    /// <summary>Lines first, then facts in order. A row that changes twice starts the next chunk.</summary>
    public static IEnumerable<TurnChunk> Of(IEnumerable<ChainedLine> unlinked, IEnumerable<Fact> changes)
    {
        var linking = unlinked.Chunk(WritesAtMost).Select(lines => new TurnChunk([.. lines], [])).ToList();
        foreach (var full in linking.SkipLast(1))
        {
            yield return full;
        }

        var chunk = linking.LastOrDefault() ?? Empty;
        foreach (var fact in changes)
        {
            if (chunk.IsFull || chunk.Facts.Exists(earlier => earlier.Row() == fact.Row()))
            {
                yield return chunk;
                chunk = Empty;
            }

            chunk.Facts.Add(fact);
        }

        if (chunk.Unlinked.Count + chunk.Facts.Count > 0)
        {
            yield return chunk;
        }
    }
}
