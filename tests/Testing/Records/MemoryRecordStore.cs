using System.Globalization;
using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Testing;

/// <summary>The record store of fast tests: it keeps nothing, and refuses what the others refuse.</summary>
public sealed class MemoryRecordStore : IRecordStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MemoryPartition> _partitions = [];
    private long _commits;

    /// <summary>The names of all partitions that hold something, in ordinal order.</summary>
    public IReadOnlyList<string> Partitions
    {
        get
        {
            lock (_gate)
            {
                return [.. _partitions.Where(one => one.Value.Page("", null).Records.Count > 0).Select(one => one.Key).Order(StringComparer.Ordinal)];
            }
        }
    }

    public Task<Record?> Find(RecordKey key, CancellationToken cancel = default) => Answer(() =>
    {
        RecordLimits.CheckKey(key);
        return Partition(key.Partition).Find(key);
    }, cancel);

    public Task<RecordPage> Query(RowRange range, string? continuation = null, CancellationToken cancel = default) => Answer(() =>
    {
        RecordLimits.CheckKey(new RecordKey(range.Partition, ""));
        return Partition(range.Partition).Page(continuation ?? range.From, range.Before);
    }, cancel);

    public Task<IReadOnlyList<string?>> Commit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel = default) => Answer(() =>
    {
        RecordLimits.CheckTransaction(writes);
        return Write(Partition(writes[0].Key.Partition), writes);
    }, cancel);

    /// <summary>Works on the caller's thread, so that a simulation runs in one order; a refusal is in the task, as elsewhere.</summary>
    private Task<T> Answer<T>(Func<T> work, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancel);
        }

        try
        {
            lock (_gate)
            {
                return Task.FromResult(work());
            }
        }
        catch (Exception refusal) when (refusal is RecordConflictException or RecordRefusedException)
        {
            return Task.FromException<T>(refusal);
        }
    }

    private MemoryPartition Partition(string name) =>
        _partitions.TryGetValue(name, out var partition) ? partition : _partitions[name] = new MemoryPartition(name);

    /// <summary>A transaction writes a key once, so each guard can be checked before the first write.</summary>
    private IReadOnlyList<string?> Write(MemoryPartition partition, IReadOnlyList<RecordWrite> writes)
    {
        foreach (var write in writes)
        {
            partition.Guard(write);
        }

        var etag = (++_commits).ToString(CultureInfo.InvariantCulture);
        return [.. writes.Select(write => partition.Apply(write, etag))];
    }
}
