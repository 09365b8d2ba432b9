using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Checking;

/// <summary>Reads every row of a cycle's partition, and tells what is wrong with each and between them.</summary>
internal sealed class CyclePartition(CycleId cycle, IReadOnlyCollection<Record> rows)
{
    private readonly List<Finding> _findings = [];

    /// <summary>The cycle, or null where its kick-off has not finished, or not all of it can be read.</summary>
    public Snapshot? Snapshot { get; private set; }

    public IReadOnlyList<Finding> Read()
    {
        var (facts, timeline) = (Facts(), Lines());
        TryAll(Rows.Outbox, row => MessageKey.Parse(row.Key.Row[Rows.Outbox.Length..]));
        var isChainRead = TryAll(Rows.Links, Chain.ReadLink) is not null && TryAll(Rows.Unlinked, Chain.ReadUnlinked) is not null;
        if (rows.FirstOrDefault(row => row.Key.Row == Rows.CycleRow) is not { } cycleRow)
        {
            return _findings;
        }

        if (isChainRead && timeline is not null)
        {
            _findings.AddRange(new ChainCheck(cycleRow, rows).Findings());
        }

        if (facts is not null && timeline is not null)
        {
            Compare(facts, timeline);
        }

        return _findings;
    }

    private void Compare(List<Fact> facts, List<Fact> timeline)
    {
        if (!facts.OfType<KickOff>().Any())
        {
            _findings.Add(new Finding($"cycle-{cycle}", "the cycle has no kick-off", Finding.Backup));
            return;
        }

        Snapshot = new Snapshot(cycle, facts, Elsewhere.Nothing);
        _findings.AddRange([.. CycleCheck.Findings(Snapshot), .. CycleCheck.Findings(Snapshot, timeline), .. SealedLeft(Snapshot)]);
    }

    private List<Fact>? Facts() => TryAll(Rows.Facts, row =>
    {
        var fact = CycleRecords.Read<Fact>(row);
        return fact.Row() == row.Key.Row[Rows.Facts.Length..] ? fact : throw new FormatException("The fact belongs to another row.");
    });

    private List<Fact>? Lines() => TryAll(Rows.History, row =>
    {
        Rows.TimeOf(row.Key.Row[Rows.History.Length..]);
        return CycleRecords.Read<Fact>(row);
    });

    /// <summary>What a closed survey's answers said must not be found beside who gave them.</summary>
    private IEnumerable<Finding> SealedLeft(Snapshot snapshot) => snapshot.All<SurveyUnsealed>()
        .SelectMany(gone => rows.Where(row => row.Key.Row.StartsWith($"{Rows.SealedAnswers}{gone.Round:00}.", StringComparison.Ordinal)))
        .Select(row => new Finding($"{row.Key.Partition} {row.Key.Row}", "a sealed answer of a closed survey is still there", "remove the row"));

    /// <summary>Null where one cannot be read.</summary>
    private List<T>? TryAll<T>(string prefix, Func<Record, T> read)
    {
        var before = _findings.Count;
        List<T> all = [];
        foreach (var row in rows.Where(row => row.Key.Row.StartsWith(prefix, StringComparison.Ordinal)))
        {
            if (Reading.Try(row, read, _findings, out var one))
            {
                all.Add(one!);
            }
        }

        return _findings.Count == before ? all : null;
    }
}
