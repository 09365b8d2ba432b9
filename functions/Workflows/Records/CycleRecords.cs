using System.Globalization;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Records;

/// <summary>A cycle as it stands in the store.</summary>
/// <param name="Snapshot">What plans read.</param>
/// <param name="Row">The cycle's own row, whose ETag guards a turn.</param>
public sealed record StoredCycle(Snapshot Snapshot, Record Row)
{
    public long Revision => CycleRecords.RevisionOf(Row);
}

/// <summary>A line of a cycle's timeline: a fact as it was recorded then. Ids only.</summary>
public sealed record TimelineEntry(Instant At, Fact Fact);

/// <summary>Reads and writes the partition of a cycle.</summary>
public sealed class CycleRecords(IRecordStore records, IIdSource ids)
{
    /// <summary>The fact, its line in the timeline, and the note that this is not linked yet.</summary>
    public const int WritesPerFact = 3;

    internal const string Body = "body";

    private const string Revision = "revision";

    /// <summary>The cycle, or null where its kick-off has not finished. Reads its row and facts, nothing else.</summary>
    public async Task<StoredCycle?> Read(CycleId cycle, CancellationToken cancel = default)
    {
        var row = await records.Find(Rows.Of(cycle, Rows.CycleRow), cancel);
        if (row is null)
        {
            return null;
        }

        var snapshot = new Snapshot(cycle, await Facts(cycle, cancel), Elsewhere.Nothing);
        return new StoredCycle(snapshot.With(await ElsewhereOf.Read(records, snapshot, cancel)), row);
    }

    /// <summary>Messages that are not in the post yet. A turn reads it before the cycle: so it knows all that is to be done for each of them.</summary>
    public async Task<IReadOnlyList<MessageKey>> Outbox(CycleId cycle, CancellationToken cancel = default) =>
        await records.All(RowRange.StartingWith(Rows.CyclePartition(cycle), Rows.Outbox), cancel)
            .Select(row => MessageKey.Parse(row.Key.Row[Rows.Outbox.Length..]))
            .ToListAsync(cancel);

    /// <summary>What happened, oldest first.</summary>
    public IAsyncEnumerable<TimelineEntry> Timeline(CycleId cycle, CancellationToken cancel = default) =>
        records.All(RowRange.StartingWith(Rows.CyclePartition(cycle), Rows.History), cancel)
            .Select(row => new TimelineEntry(Rows.TimeOf(row.Key.Row[Rows.History.Length..]), Read<Fact>(row)));

    /// <summary>
    /// Records what plans decided, in transactions of which each rewrites the cycle's row under the ETag that the one before
    /// returned, and links the lines of the timeline that came in since. An <see cref="Issued"/> takes its outbox row with it.
    /// </summary>
    /// <param name="stored">The cycle as it was read.</param>
    /// <param name="changes">In order.</param>
    /// <param name="now">When.</param>
    /// <param name="raises">Whether the revision is raised even where there is nothing to record.</param>
    /// <param name="cancel">Stops the wait.</param>
    /// <returns>The cycle's revision then.</returns>
    /// <exception cref="RecordConflictException">Another turn wrote first. What was committed until then stands.</exception>
    public async Task<long> Apply(StoredCycle stored, IReadOnlyCollection<Fact> changes, Instant now, bool raises = false, CancellationToken cancel = default)
    {
        var (cycle, row, etag) = (stored.Snapshot.Cycle, stored.Row, stored.Row.ETag!);
        var unlinked = await Unlinked(cycle, cancel);
        foreach (var chunk in changes.Count + unlinked.Count == 0 && raises ? [TurnChunk.Empty] : TurnChunk.Of(unlinked, changes))
        {
            (row, var writes) = Writes(stored.Snapshot, NextRevision(row), chunk, now);
            var etags = await records.Commit([new RecordWrite.Replace(row, etag), .. writes], cancel);
            etag = etags[0]!;
        }

        return RevisionOf(row);
    }

    /// <summary>Records what a person told the cycle, with its line in the timeline; all of it or nothing. Does not touch the cycle's row.</summary>
    public async Task Record(CycleId cycle, IReadOnlyList<Fact> facts, Instant now, CancellationToken cancel = default)
    {
        List<RecordWrite> writes = [.. RecordWrites(cycle, facts, now)];
        try
        {
            await records.Commit(writes, cancel);
        }
        catch (RecordConflictException conflict) when (conflict.Conflict == RecordConflict.Exists)
        {
            // A store's client that lost the reply sends again, and conflicts with its own writing: the line of the timeline is ours alone.
            var line = writes.First(write => write.Key.Row.StartsWith(Rows.History, StringComparison.Ordinal));
            if (await records.Find(line.Key, cancel) is null)
            {
                throw;
            }
        }
    }

    /// <summary>The writes of <see cref="Record"/>, for a transaction that holds more.</summary>
    public IEnumerable<RecordWrite> RecordWrites(CycleId cycle, IReadOnlyList<Fact> facts, Instant now) =>
        facts.SelectMany<Fact, RecordWrite>(fact =>
            [
                fact.IsOnce() ? new RecordWrite.Insert(Write(cycle, fact)) : new RecordWrite.Put(Write(cycle, fact)),
                .. UnlinkedLine(cycle, fact, now),
            ]);

    /// <summary>Removes messages that the post has. What another turn removed before is left alone.</summary>
    public async Task EmptyOutbox(CycleId cycle, IReadOnlyList<MessageKey> keys, CancellationToken cancel = default)
    {
        foreach (var chunk in keys.Chunk(RecordLimits.WritesPerTransaction))
        {
            try
            {
                await records.Commit([.. chunk.Select(key => new RecordWrite.Delete(OutboxKey(cycle, key), null))], cancel);
            }
            catch (RecordConflictException)
            {
                await EmptyOneByOne(cycle, chunk, cancel);
            }
        }
    }

    /// <summary>Who coordinates the cycle, found without reading its facts: a cycle whose facts cannot be read has a coordinator too.</summary>
    public async Task<PersonId?> CoordinatorOf(CycleId cycle, CancellationToken cancel = default)
    {
        var prefix = $"{Rows.Facts}member.{Role.Coordinator.Id()}.";
        var row = await records.All(RowRange.StartingWith(Rows.CyclePartition(cycle), prefix), cancel).FirstOrDefaultAsync(cancel);
        return row is null ? null : PersonId.From(row.Key.Row[prefix.Length..]);
    }

    /// <summary>Adds what became of a message. Does nothing where it stands already.</summary>
    public async Task Mark(MessageKey key, Func<Issued, Issued> change, Instant now, CancellationToken cancel = default)
    {
        var cycle = CycleId.From(key.Cycle);
        while (await records.Find(Rows.Of(cycle, Rows.Facts + Issued.RowOf(key)), cancel) is { } row)
        {
            var before = Read<Issued>(row);
            var after = change(before);
            if (after == before || await TryReplace(cycle, after, row.ETag!, now, cancel))
            {
                return;
            }
        }
    }

    /// <summary>The fact of a row of facts.</summary>
    public static T Read<T>(Record row)
        where T : Fact => (T)ParsedOnce.Read<Fact>(row[Body]);

    public static Record Write(CycleId cycle, Fact fact) => Workflows.Records.Record.Of(Rows.Of(cycle, fact), (Body, Json.Write(fact)));

    public static Record NewCycleRow(CycleId cycle) => Workflows.Records.Record.Of(Rows.Of(cycle, Rows.CycleRow), (Revision, "000000"));

    private static Record NextRevision(Record row)
    {
        var next = (RevisionOf(row) + 1).ToString("D6", CultureInfo.InvariantCulture);
        return row with { Properties = row.Properties.SetItem(Revision, next) };
    }

    internal static long RevisionOf(Record row) => long.Parse(row[Revision], CultureInfo.InvariantCulture);

    /// <summary>The cycle's row with the new head, and what is written beside it.</summary>
    private static (Record Row, IEnumerable<RecordWrite> Writes) Writes(Snapshot before, Record row, TurnChunk chunk, Instant now)
    {
        var lines = chunk.Facts.Select((fact, i) => HistoryRow(before.Cycle, fact, now, $"{row[Revision]}.{i:00}")).ToList();
        List<ChainedLine> linked = [.. chunk.Unlinked, .. lines.Select(ChainedLine.Of)];
        if (linked.Count == 0)
        {
            return (row, []);
        }

        (row, var link) = Chain.Extend(row, row[Revision], linked);
        return (row,
        [
            .. lines.Prepend(link).Select(line => new RecordWrite.Insert(line)),
            .. chunk.Unlinked.Select(line => new RecordWrite.Delete(Chain.UnlinkedKey(row.Key.Partition, line.Row), null)),
            .. chunk.Facts.SelectMany(fact => Writes(before, fact)),
        ]);
    }

    private static IEnumerable<RecordWrite> Writes(Snapshot before, Fact fact)
    {
        var row = Write(before.Cycle, fact);
        return fact switch
        {
            Issued issued when before.IssuedOf(issued.Key) is null =>
                [new RecordWrite.Insert(row), new RecordWrite.Insert(Workflows.Records.Record.Of(OutboxKey(before.Cycle, issued.Key)))],
            Issued again => [new RecordWrite.Put(row), new RecordWrite.Put(Workflows.Records.Record.Of(OutboxKey(before.Cycle, again.Key)))],
            _ => [new RecordWrite.Put(row)],
        };
    }

    /// <summary>A line that is written without the cycle's row: the next turn links it.</summary>
    private IEnumerable<RecordWrite> UnlinkedLine(CycleId cycle, Fact fact, Instant now)
    {
        var line = HistoryRow(cycle, fact, now, ids.New());
        return [new RecordWrite.Insert(line), new RecordWrite.Insert(Chain.Unlinked(line))];
    }

    /// <summary>Of an answer the history keeps that it was given, never what it was.</summary>
    private static Record HistoryRow(CycleId cycle, Fact fact, Instant now, string id)
    {
        var line = fact is Answer answer ? Told.Of(answer) : fact;
        return Workflows.Records.Record.Of(Rows.Of(cycle, $"{Rows.History}{Rows.Time(now)}.{id}"), (Body, Json.Write(line)));
    }

    private static RecordKey OutboxKey(CycleId cycle, MessageKey key) => Rows.Of(cycle, Rows.Outbox + key);

    private async Task EmptyOneByOne(CycleId cycle, MessageKey[] keys, CancellationToken cancel)
    {
        foreach (var key in keys)
        {
            if (await records.Find(OutboxKey(cycle, key), cancel) is { } row)
            {
                await records.Commit([new RecordWrite.Delete(row.Key, null)], cancel);
            }
        }
    }

    private async Task<bool> TryReplace(CycleId cycle, Issued fact, string etag, Instant now, CancellationToken cancel)
    {
        try
        {
            await records.Commit([new RecordWrite.Replace(Write(cycle, fact), etag), .. UnlinkedLine(cycle, fact, now)], cancel);
            return true;
        }
        catch (RecordConflictException)
        {
            return false;
        }
    }

    private async Task<List<Fact>> Facts(CycleId cycle, CancellationToken cancel) =>
        await records.All(RowRange.StartingWith(Rows.CyclePartition(cycle), Rows.Facts), cancel)
            .Select(Read<Fact>)
            .ToListAsync(cancel);

    private async Task<List<ChainedLine>> Unlinked(CycleId cycle, CancellationToken cancel) =>
        await records.All(RowRange.StartingWith(Rows.CyclePartition(cycle), Rows.Unlinked), cancel)
            .Select(Chain.ReadUnlinked)
            .ToListAsync(cancel);
}
