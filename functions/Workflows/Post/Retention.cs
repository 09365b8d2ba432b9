using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>
/// Removes mails 30 days after they went out, and what they were made of. See docs/decisions/0017-the-post-forgets.md.
/// It can stop anywhere: what is to be removed is removed with its reminder, or stands there with it.
/// </summary>
public sealed class Retention(IRecordStore records, ILogger<Retention> log)
{
    public static readonly Duration Kept = Duration.FromDays(30);

    private const int RowsPerPass = 50;

    private static readonly Duration PauseAfterFailure = Duration.FromDays(1);

    /// <summary>The reminder to look at a row of the post when its time is up; written with what makes its time begin.</summary>
    internal static RecordWrite Until(RecordKey row, Instant from) => new RecordWrite.Put(Record.Of(ReminderOf(row, from + Kept)));

    /// <summary>The reminders that are due, whatever of, and no more than one page can tell.</summary>
    public async Task<IReadOnlyList<Record>> Due(Instant now, CancellationToken cancel = default)
    {
        var until = PostRows.Expiring + Rows.Time(now + Duration.FromMilliseconds(1));
        return (await records.Query(new RowRange(Rows.PostPartition, PostRows.Expiring, until), cancel: cancel)).Records;
    }

    /// <summary>Removes what is there to remove, so much at the most. True where there may be more.</summary>
    public async Task<bool> Remove(IEnumerable<Record> due, Instant now, CancellationToken cancel = default)
    {
        var reminders = due.Take(RowsPerPass).ToList();
        foreach (var reminder in reminders)
        {
            await TryRemove(reminder, now, cancel);
        }

        return reminders.Count == RowsPerPass;
    }

    private async Task TryRemove(Record reminder, Instant now, CancellationToken cancel)
    {
        try
        {
            await records.Commit([Delete(reminder), .. await WhatIsOver(RowOf(reminder), now, cancel)], cancel);
        }
        catch (RecordConflictException)
        {
            log.LogInformation("Something of the post changed while it was removed");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "Something of the post could not be removed; it is tried again in {Pause}", PauseAfterFailure);
            var later = Record.Of(ReminderOf(RowOf(reminder), now + PauseAfterFailure));
            await records.Commit([new RecordWrite.Put(later)], cancel);
            await records.DeleteIfThere(reminder.Key, cancel); // Whoever changed it or was first: that it is tried again is written.
        }
    }

    /// <summary>A mail that was sent goes with its messages; those of one that was refused wait, or are in another.</summary>
    private async Task<IEnumerable<RecordWrite>> WhatIsOver(RecordKey key, Instant now, CancellationToken cancel)
    {
        if (await records.Find(key, cancel) is not { } row)
        {
            return [];
        }

        if (!key.Row.StartsWith(PostRows.Envelopes, StringComparison.Ordinal))
        {
            return PostRows.ReadMessage(row) is { State: PostState.Withdrawn } message && message.Due + Kept <= now ? [Delete(row)] : [];
        }

        var envelope = Envelope.Read(row);
        var messages = envelope.State == EnvelopeState.Accepted ? await MessagesOf(envelope, cancel) : [];
        return [Delete(row), .. messages.Select(Delete)];
    }

    /// <summary>What tells a coordinator of a community that stopped, or of an address, stays: nothing else says that it was sent.</summary>
    private async Task<List<Record>> MessagesOf(Envelope envelope, CancellationToken cancel) => await envelope.Messages.ToAsyncEnumerable()
        .Where(key => key.Stage != MessageKey.None || key.Cycle == MessageKey.None)
        .Select(async (MessageKey key, CancellationToken token) => await records.Find(PostRows.KeyOf(key), token))
        .OfType<Record>()
        .Where(row => PostRows.ReadMessage(row).State == PostState.Claimed)
        .ToListAsync(cancel);

    private static RecordWrite Delete(Record row) => new RecordWrite.Delete(row.Key, row.ETag);

    internal static RecordKey ReminderOf(RecordKey row, Instant at) => new(row.Partition, $"{PostRows.Expiring}{Rows.Time(at)}.{row.Row}");

    /// <summary>The row that a reminder is about.</summary>
    internal static RecordKey RowOf(Record reminder) =>
        new(reminder.Key.Partition, reminder.Key.Row[(reminder.Key.Row.IndexOf('.', PostRows.Expiring.Length) + 1)..]);
}
