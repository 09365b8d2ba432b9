using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Checking;

/// <summary>
/// Whether a cycle's timeline is as it was written: every line is held, unchanged, by a link or noted as not linked yet, and the links
/// lead to the head in the cycle's row. See docs/decisions/0014-the-timeline-is-chained.md.
/// </summary>
public sealed class ChainCheck
{
    private readonly Record _cycle;
    private readonly List<ChainLink> _links;
    private readonly List<ChainedLine> _known;
    private readonly Dictionary<string, string> _lines;

    /// <param name="cycle">The cycle's row.</param>
    /// <param name="rows">Every row of its partition, or those of the timeline, the links and the lines not linked yet.</param>
    public ChainCheck(Record cycle, IReadOnlyCollection<Record> rows)
    {
        _cycle = cycle;
        _links = [.. Of(rows, Rows.Links).Select(Chain.ReadLink)];
        _known = [.. _links.SelectMany(link => link.Lines), .. Of(rows, Rows.Unlinked).Select(Chain.ReadUnlinked)];
        _lines = Of(rows, Rows.History).Select(ChainedLine.Of).ToDictionary(line => line.Row, line => line.Hash, StringComparer.Ordinal);
    }

    public IEnumerable<Finding> Findings() => Links().Concat(Lines()).Concat(Strangers());

    private static IEnumerable<Record> Of(IEnumerable<Record> rows, string prefix) =>
        rows.Where(row => row.Key.Row.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(row => row.Key.Row, StringComparer.Ordinal);

    private IEnumerable<Finding> Links()
    {
        string? before = null;
        foreach (var link in _links)
        {
            if (!link.Follows(before))
            {
                yield return Found(link.Row, "the link does not follow from the one before it, so one of them was changed, removed or put in");
            }

            before = link.Hash;
        }

        if (before != Chain.HeadOf(_cycle))
        {
            yield return Found(Rows.CycleRow, "the head of the timeline's chain is not its last link");
        }
    }

    private IEnumerable<Finding> Lines() => _known
        .Where(line => _lines.GetValueOrDefault(line.Row) != line.Hash)
        .Select(line => Found(line.Row, _lines.ContainsKey(line.Row) ? "the line of the timeline was changed" : "the line of the timeline was removed"));

    private IEnumerable<Finding> Strangers() => _lines.Keys
        .Except(_known.Select(line => line.Row))
        .Where(row => !IsBeforeTheChain(row))
        .Select(row => Found(row, "the line was put into the timeline by nobody whom the product knows"));

    /// <summary>A cycle that ran before there were chains has lines that no link holds, all older than its first link's newest.</summary>
    private bool IsBeforeTheChain(string row) => _links.Count == 0
        ? Chain.HeadOf(_cycle) is null && CycleRecords.RevisionOf(_cycle) > 0
        : _links[0].Revision > 1 && string.CompareOrdinal(row, _links[0].Lines.Select(line => line.Row).Max(StringComparer.Ordinal)) < 0;

    private Finding Found(string row, string what) => new($"{_cycle.Key.Partition} {row}", what, Finding.Backup);
}
