using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Records;

/// <summary>A line of a timeline as the chain knows it.</summary>
/// <param name="Row">The whole name of its row.</param>
/// <param name="Hash">Of its name and body.</param>
public sealed record ChainedLine(string Row, string Hash)
{
    public static ChainedLine Of(Record line) => new(line.Key.Row, Chain.Hash(line.Key.Row, line[CycleRecords.Body]));
}

/// <summary>The lines that came in with one transaction of a turn, and a hash of them and of the link before.</summary>
/// <param name="Row">Its row: links sort by the cycle's revision.</param>
/// <param name="Lines">In no order of time: an answer may be written with an earlier one than those before it.</param>
/// <param name="Hash">The chain's head, where no link follows.</param>
public sealed record ChainLink(string Row, ImmutableList<ChainedLine> Lines, string Hash)
{
    public long Revision => long.Parse(Row.AsSpan(Rows.Links.Length), CultureInfo.InvariantCulture);

    /// <summary>Whether it follows a link of that hash; null for the first.</summary>
    public bool Follows(string? before) => Hash == Chain.HashOf(before, Lines);
}

/// <summary>
/// The hash chain of a cycle's timeline. What a person tells cannot rewrite the cycle's row, so its line is noted as unlinked, and the
/// next turn, which does rewrite that row, links it. See docs/decisions/0014-the-timeline-is-chained.md.
/// </summary>
public static class Chain
{
    private const string Head = "head";
    private const string Lines = "lines";
    private const string HashName = "hash";

    /// <summary>The last link's hash, or null where no turn has linked anything yet.</summary>
    public static string? HeadOf(Record cycleRow) => cycleRow.Properties.GetValueOrDefault(Head);

    public static ChainLink ReadLink(Record row) => new(
        row.Key.Row, [.. row[Lines].Split('\n').Select(line => line.Split(' ')).Select(parts => new ChainedLine(parts[0], parts[1]))], row[HashName]);

    public static ChainedLine ReadUnlinked(Record row) => new(Rows.History + row.Key.Row[Rows.Unlinked.Length..], row[HashName]);

    /// <summary>Notes a line that no link holds yet; it is written and removed with the line's writing and linking.</summary>
    internal static Record Unlinked(Record line) =>
        Record.Of(UnlinkedKey(line.Key.Partition, line.Key.Row), (HashName, ChainedLine.Of(line).Hash));

    internal static RecordKey UnlinkedKey(string partition, string line) => new(partition, Rows.Unlinked + line[Rows.History.Length..]);

    /// <summary>The cycle's row with its new head, and the link's row beside it.</summary>
    internal static (Record CycleRow, Record Link) Extend(Record cycleRow, string revision, IReadOnlyCollection<ChainedLine> lines)
    {
        var hash = HashOf(HeadOf(cycleRow), lines);
        var link = Record.Of(cycleRow.Key with { Row = Rows.Links + revision }, (Lines, Text(lines)), (HashName, hash));
        return (cycleRow with { Properties = cycleRow.Properties.SetItem(Head, hash) }, link);
    }

    internal static string HashOf(string? before, IEnumerable<ChainedLine> lines) => Hash(before ?? "", Text(lines));

    internal static string Hash(string one, string other) => IdText.Of(SHA256.HashData(Encoding.UTF8.GetBytes($"{one}\n{other}")));

    private static string Text(IEnumerable<ChainedLine> lines) => string.Join('\n', lines.Select(line => $"{line.Row} {line.Hash}"));
}
