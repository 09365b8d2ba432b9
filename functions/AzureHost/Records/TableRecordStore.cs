using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.AzureHost.Records;

/// <summary>
/// Records in one table of Azure Table Storage, a record an entity. What is throttled (429, 503), fails (500) or does not answer is
/// tried again by the client. Where a write's reply was lost, that finds the write's own record and reports a conflict: whoever
/// writes here reads again after a conflict, and so finds it.
/// </summary>
public sealed class TableRecordStore(TableClient table) : IRecordStore
{
    public async Task<Record?> Find(RecordKey key, CancellationToken cancel = default)
    {
        RecordLimits.CheckKey(key);
        // A query, not a read by address: "no such table" is an error in one, and "no such record" in the other.
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key.Partition} and RowKey eq {key.Row}");
        return await table.QueryAsync<TableEntity>(filter, cancellationToken: cancel).FirstOrDefaultAsync(cancel) is { } entity ? Read(entity) : null;
    }

    public async Task<RecordPage> Query(RowRange range, string? continuation = null, CancellationToken cancel = default)
    {
        RecordLimits.CheckKey(new RecordKey(range.Partition, ""));
        var filter = range.Before is null
            ? TableClient.CreateQueryFilter($"PartitionKey eq {range.Partition} and RowKey ge {range.From}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {range.Partition} and RowKey ge {range.From} and RowKey lt {range.Before}");
        var pages = table.QueryAsync<TableEntity>(filter, RecordLimits.PageSize, cancellationToken: cancel).AsPages(continuation);
        return await pages.FirstOrDefaultAsync(cancel) is { } page
            ? new RecordPage([.. page.Values.Select(Read)], page.ContinuationToken)
            : new RecordPage([], null);
    }

    public async Task<IReadOnlyList<string?>> Commit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel = default)
    {
        RecordLimits.CheckTransaction(writes);
        try
        {
            var responses = await table.SubmitTransactionAsync(writes.Select(Action), cancel);
            return [.. writes.Zip(responses.Value, (write, response) => write is RecordWrite.Delete ? null : response.Headers.ETag?.ToString())];
        }
        catch (TableTransactionFailedException failed) when (ConflictOf(failed.ErrorCode) is { } conflict)
        {
            throw new RecordConflictException(conflict, writes[failed.FailedTransactionActionIndex ?? 0].Key);
        }
        catch (RequestFailedException refused) when (refused.Status is 400 or 413)
        {
            throw new RecordRefusedException($"Table Storage refused a transaction of {writes.Count} writes: {refused.ErrorCode}.");
        }
    }

    /// <summary>The names of all partitions, in ordinal order: a query each.</summary>
    public async Task<IReadOnlyList<string>> Partitions(CancellationToken cancel = default)
    {
        List<string> names = [];
        while (await FirstAfter(names.LastOrDefault() ?? "", cancel) is { } next)
        {
            names.Add(next);
        }

        return names;
    }

    private async Task<string?> FirstAfter(string partition, CancellationToken cancel)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {partition}");
        return (await table.QueryAsync<TableEntity>(filter, maxPerPage: 1, ["PartitionKey"], cancel).FirstOrDefaultAsync(cancel))?.PartitionKey;
    }

    private static TableTransactionAction Action(RecordWrite write) => write switch
    {
        RecordWrite.Insert(var record) => new(TableTransactionActionType.Add, Entity(record)),
        RecordWrite.Put(var record) => new(TableTransactionActionType.UpsertReplace, Entity(record)),
        RecordWrite.Replace(var record, var etag) => new(TableTransactionActionType.UpdateReplace, Entity(record), new ETag(etag)),
        RecordWrite.Delete(var key, var etag) => new(TableTransactionActionType.Delete, Entity(Record.Of(key)), etag is null ? ETag.All : new ETag(etag)),
        _ => throw new ArgumentException($"No store knows the write {write.GetType()}.", nameof(write)),
    };

    private static TableEntity Entity(Record record)
    {
        var entity = new TableEntity(record.Key.Partition, record.Key.Row);
        foreach (var (name, text) in record.Properties)
        {
            entity[name] = text;
        }

        return entity;
    }

    private static Record Read(TableEntity entity) => new(
        new RecordKey(entity.PartitionKey, entity.RowKey),
        entity.Where(property => property.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"))
            .ToImmutableSortedDictionary(property => property.Key, property => (string)property.Value, StringComparer.Ordinal),
        entity.ETag.ToString());

    private static RecordConflict? ConflictOf(string? code)
    {
        if (code == TableErrorCode.EntityAlreadyExists)
        {
            return RecordConflict.Exists;
        }

        if (code == TableErrorCode.UpdateConditionNotSatisfied)
        {
            return RecordConflict.Changed;
        }

        return code == TableErrorCode.ResourceNotFound || code == TableErrorCode.EntityNotFound ? RecordConflict.Missing : null;
    }
}
