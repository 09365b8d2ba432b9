using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Testing;

/// <summary>Counts the rows that are read and written, by what they are: "f." of a cycle, "wake", "post".</summary>
public sealed class CountingRecordStore(IRecordStore records) : IRecordStore
{
    private readonly SortedDictionary<string, int> _read = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _written = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Read => _read;

    public IReadOnlyDictionary<string, int> Written => _written;

    public async Task<Record?> Find(RecordKey key, CancellationToken cancel = default)
    {
        var record = await records.Find(key, cancel);
        Count(_read, key);
        return record;
    }

    public async Task<RecordPage> Query(RowRange range, string? continuation = null, CancellationToken cancel = default)
    {
        var page = await records.Query(range, continuation, cancel);
        page.Records.ToList().ForEach(record => Count(_read, record.Key));
        return page;
    }

    public Task<IReadOnlyList<string?>> Commit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel = default)
    {
        writes.ToList().ForEach(write => Count(_written, write.Key));
        return records.Commit(writes, cancel);
    }

    private static void Count(SortedDictionary<string, int> counts, RecordKey key)
    {
        var kind = key.Partition.StartsWith("cycle-", StringComparison.Ordinal)
            ? key.Row[..(key.Row.IndexOf('.', StringComparison.Ordinal) + 1)] is { Length: > 0 } prefix ? prefix : key.Row
            : key.Partition.Split('-')[0];
        counts[kind] = counts.GetValueOrDefault(kind) + 1;
    }
}
