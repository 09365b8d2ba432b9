using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Records;

/// <summary>What a reader's page shows of a cycle.</summary>
/// <param name="Cycle">Which.</param>
/// <param name="Revision">The cycle's revision that it shows.</param>
public abstract record ViewRow(CycleId Cycle, long Revision);

/// <summary>A view: a row a reader and cycle, written after commit, an older one never over a newer one.</summary>
public abstract class ViewRows<TRow>(IRecordStore records)
    where TRow : ViewRow
{
    protected const string Revision = "revision";

    /// <summary>Whether the view shows something else, or nothing yet.</summary>
    public async Task<bool> IsNews(TRow row, CancellationToken cancel = default)
    {
        var written = Write(row);
        return await records.Find(written.Key, cancel) is not { } before || !Content(written).SequenceEqual(Content(before));
    }

    /// <summary>
    /// Shows a row. What people tell does not raise a cycle's revision: where a row says something new, a turn raises it first, so
    /// that of two rows of one revision either can stand. A row that says the same is written too, or a slower turn of a revision in
    /// between could write over it.
    /// </summary>
    public async Task Show(TRow row, CancellationToken cancel = default)
    {
        var written = Write(row);
        var shown = false;
        while (!shown)
        {
            var before = await records.Find(written.Key, cancel);
            shown = RevisionOf(before) > row.Revision
                || (before is not null && written.Properties.SequenceEqual(before.Properties))
                || await TryWrite(written, before, cancel);
        }
    }

    protected static long RevisionOf(Record? row) => row is null ? -1 : long.Parse(row[Revision], System.Globalization.CultureInfo.InvariantCulture);

    protected IAsyncEnumerable<TRow> In(string partition, CancellationToken cancel) => records.All(RowRange.Whole(partition), cancel).Select(Read);

    /// <summary>Null where nothing is shown yet.</summary>
    protected async Task<TRow?> Find(RecordKey key, CancellationToken cancel) => await records.Find(key, cancel) is { } row ? Read(row) : null;

    protected abstract Record Write(TRow row);

    protected abstract TRow Read(Record row);

    private static ImmutableSortedDictionary<string, string> Content(Record row) => row.Properties.Remove(Revision);

    private async Task<bool> TryWrite(Record written, Record? before, CancellationToken cancel)
    {
        try
        {
            await records.Commit([before is null ? new RecordWrite.Insert(written) : new RecordWrite.Replace(written, before.ETag!)], cancel);
            return true;
        }
        catch (RecordConflictException)
        {
            return false;
        }
    }
}
