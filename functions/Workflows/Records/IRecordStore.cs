namespace Cohesion.Workflows.Records;

/// <summary>
/// Where all records stand: Azure Table Storage on Azure, SQLite on one machine. Shaped after Table Storage, and refusing
/// everywhere what Table Storage refuses (see <see cref="RecordLimits"/>), so that what runs on one machine runs on Azure.
/// Every method may also throw what its host's storage throws when it is away; nothing is written then, or all of it is.
/// </summary>
public interface IRecordStore
{
    /// <summary>The record at a key, or null. Sees every write whose <see cref="Commit"/> has returned.</summary>
    /// <exception cref="RecordRefusedException">The key is outside the limits.</exception>
    Task<Record?> Find(RecordKey key, CancellationToken cancel = default);

    /// <summary>
    /// One page of a range, in ordinal order of the rows. A page is not a snapshot: what is written between two pages may
    /// or may not be seen. Only the last page has no continuation; any page may be empty.
    /// </summary>
    /// <param name="range">The partition and rows.</param>
    /// <param name="continuation">Null for the first page, then what the page before returned.</param>
    /// <param name="cancel">Stops the wait.</param>
    /// <exception cref="RecordRefusedException">The partition is outside the limits.</exception>
    Task<RecordPage> Query(RowRange range, string? continuation = null, CancellationToken cancel = default);

    /// <summary>
    /// Writes all, or nothing: an entity group transaction. Durable once it has returned. One key may stand in it once.
    /// </summary>
    /// <returns>The new ETag of each write in order; null for a delete.</returns>
    /// <exception cref="RecordConflictException">A guard condition does not hold; nothing was written.</exception>
    /// <exception cref="RecordRefusedException">The transaction is outside the limits; nothing was written.</exception>
    Task<IReadOnlyList<string?>> Commit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel = default);
}

/// <summary>Which guard condition did not hold.</summary>
public enum RecordConflict
{
    /// <summary>An insert found a record (HTTP 409).</summary>
    Exists,

    /// <summary>The ETag is not the present one (HTTP 412).</summary>
    Changed,

    /// <summary>A replace or delete found no record (HTTP 404).</summary>
    Missing,
}

/// <summary>A guard condition of a transaction did not hold. Somebody else wrote first: read again and decide again.</summary>
public sealed class RecordConflictException(RecordConflict conflict, RecordKey key)
    : Exception($"{conflict}: {key.Partition} / {key.Row}")
{
    public RecordConflict Conflict { get; } = conflict;

    public RecordKey Key { get; } = key;
}

/// <summary>What Table Storage would refuse: a mistake of ours, not a state of the world.</summary>
public sealed class RecordRefusedException(string reason) : Exception(reason);
