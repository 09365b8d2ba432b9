using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Testing;

/// <summary>The records of one partition in ordinal order of their rows.</summary>
internal sealed class MemoryPartition(string name)
{
    private static readonly Comparer<Record> ByRow = Comparer<Record>.Create((x, y) => string.CompareOrdinal(x.Key.Row, y.Key.Row));

    private readonly List<Record> _records = [];

    public Record? Find(RecordKey key) => IndexOf(key.Row) is >= 0 and var index ? _records[index] : null;

    /// <summary>A page of the rows from one (included) to another (not included); the row that follows it is its continuation.</summary>
    public RecordPage Page(string from, string? before)
    {
        var index = IndexOf(from);
        List<Record> found =
        [
            .. _records.Skip(index < 0 ? ~index : index)
                .Take(RecordLimits.PageSize + 1)
                .TakeWhile(record => before is null || string.CompareOrdinal(record.Key.Row, before) < 0),
        ];
        return found.Count <= RecordLimits.PageSize ? new RecordPage(found, null) : new RecordPage(found[..^1], found[^1].Key.Row);
    }

    /// <exception cref="RecordConflictException">The write's guard condition does not hold.</exception>
    public void Guard(RecordWrite write)
    {
        if (ConflictOf(write, Find(write.Key)) is { } conflict)
        {
            throw new RecordConflictException(conflict, write.Key);
        }
    }

    /// <returns>The record's ETag; null for a delete.</returns>
    public string? Apply(RecordWrite write, string etag)
    {
        switch (write)
        {
            case RecordWrite.Insert(var record): return Set(record with { ETag = etag });
            case RecordWrite.Put(var record): return Set(record with { ETag = etag });
            case RecordWrite.Replace(var record, _): return Set(record with { ETag = etag });
            default:
                _records.RemoveAt(IndexOf(write.Key.Row));
                return null;
        }
    }

    private static RecordConflict? ConflictOf(RecordWrite write, Record? present) => write switch
    {
        RecordWrite.Insert => present is null ? null : RecordConflict.Exists,
        RecordWrite.Replace replace => ConflictOf(replace.ETag, present),
        RecordWrite.Delete delete => ConflictOf(delete.ETag, present),
        _ => null,
    };

    private static RecordConflict? ConflictOf(string? etag, Record? present) =>
        present is null ? RecordConflict.Missing
        : etag is null || etag == present.ETag ? null
        : RecordConflict.Changed;

    private string? Set(Record record)
    {
        var index = IndexOf(record.Key.Row);
        if (index >= 0)
        {
            _records[index] = record;
        }
        else
        {
            _records.Insert(~index, record);
        }

        return record.ETag;
    }

    /// <summary>Where a row stands, or the complement of where it would stand.</summary>
    private int IndexOf(string row) => _records.BinarySearch(Record.Of(new RecordKey(name, row)), ByRow);
}
