namespace Cohesion.Workflows.Records;

/// <summary>Another store as it would be with more records in it: what is inserted here is found, and nothing of it reaches that store.</summary>
public sealed class ScratchRecords(IRecordStore records) : IRecordStore
{
    private const string NewETag = "new";

    private readonly Dictionary<RecordKey, Record> _inserted = [];

    public async Task<Record?> Find(RecordKey key, CancellationToken cancel = default) =>
        _inserted.TryGetValue(key, out var inserted) ? inserted : await records.Find(key, cancel);

    /// <summary>As one page, whatever its length.</summary>
    public async Task<RecordPage> Query(RowRange range, string? continuation = null, CancellationToken cancel = default)
    {
        var all = await records.All(range, cancel).ToListAsync(cancel);
        var added = _inserted.Values.Where(record => record.Key.Partition == range.Partition
            && string.CompareOrdinal(record.Key.Row, range.From) >= 0
            && (range.Before is null || string.CompareOrdinal(record.Key.Row, range.Before) < 0));
        return new RecordPage([.. all.Concat(added).OrderBy(record => record.Key.Row, StringComparer.Ordinal)], null);
    }

    /// <exception cref="NotSupportedException">It is not an insert alone.</exception>
    public async Task<IReadOnlyList<string?>> Commit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel = default)
    {
        if (writes is not [RecordWrite.Insert(var record)])
        {
            throw new NotSupportedException("Only single inserts are kept.");
        }

        if (await Find(record.Key, cancel) is not null)
        {
            throw new RecordConflictException(RecordConflict.Exists, record.Key);
        }

        _inserted.Add(record.Key, record with { ETag = NewETag });
        return [NewETag];
    }
}
