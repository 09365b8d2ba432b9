using System.Runtime.CompilerServices;

namespace Cohesion.Workflows.Records;

/// <summary>Small ways to use a store.</summary>
public static class RecordStoreReading
{
    /// <summary>Every record of a range, page after page.</summary>
    public static async IAsyncEnumerable<Record> All(
        this IRecordStore records, RowRange range, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        string? continuation = null;
        do
        {
            var page = await records.Query(range, continuation, cancel);
            foreach (var record in page.Records)
            {
                yield return record;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    /// <summary>Removes what stands at a key, if anything does.</summary>
    public static async Task DeleteIfThere(this IRecordStore records, RecordKey key, CancellationToken cancel = default)
    {
        try
        {
            await records.Commit([new RecordWrite.Delete(key, null)], cancel);
        }
        catch (RecordConflictException conflict) when (conflict.Conflict == RecordConflict.Missing)
        {
            // Nothing stood there, or a store's client that lost the reply sent it again.
        }
    }

    /// <summary>Writes the record unless one stands there. True where it was written.</summary>
    public static async Task<bool> InsertIfAbsent(this IRecordStore records, Record record, CancellationToken cancel = default)
    {
        try
        {
            await records.Commit([new RecordWrite.Insert(record)], cancel);
            return true;
        }
        catch (RecordConflictException conflict) when (conflict.Conflict == RecordConflict.Exists)
        {
            return false;
        }
    }
}
