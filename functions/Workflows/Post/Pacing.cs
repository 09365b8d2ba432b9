using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>
/// Keeps the post's pace in one row, under its ETag: however many senders there are, none takes a place in the quota that another has.
/// </summary>
public sealed class Pacing(IRecordStore records, IIdSource ids, MailQuota quota)
{
    private static readonly RecordKey Key = new("post-pace", "pace");

    public MailQuota Quota => quota;

    public async Task<Pace> Find(CancellationToken cancel = default) => (await Read(cancel)).Pace;

    /// <summary>The first instant, not before another, at which a mail of a haste may go out.</summary>
    public async Task<Instant> OpensAt(Haste haste, Instant from, CancellationToken cancel = default) =>
        (await Find(cancel)).OpensAt(quota.For(haste), from);

    /// <summary>Takes a place in the quota for a mail: it must be settled or given back.</summary>
    /// <returns>What names the place; null where there is none.</returns>
    public async Task<string?> TryReserve(Haste haste, Instant now, CancellationToken cancel = default)
    {
        var (id, isOpen) = (ids.New(), true);
        await Change(pace =>
        {
            isOpen = pace.UnderWay.ContainsKey(id) || pace.OpensAt(quota.For(haste), now) <= now;
            return isOpen && quota.IsLimited ? pace.Reserve(id, now) : pace;
        }, cancel);
        return isOpen ? id : null;
    }

    public Task GiveBack(string place, CancellationToken cancel = default) => Change(pace => pace.GiveBack(place), cancel);

    public Task Settle(string place, MailAnswer answer, Instant now, CancellationToken cancel = default) =>
        Change(pace => pace.Settle(place, answer, now), cancel);

    /// <summary>Takes the next round of asking what became of mails, whoever else would have it.</summary>
    /// <returns>False where it is not time yet.</returns>
    public async Task<bool> TryAsk(Instant now, Instant next, CancellationToken cancel = default)
    {
        var isOpen = false;
        await Change(pace =>
        {
            isOpen = !(pace.AsksFrom > now);
            return isOpen ? pace with { AsksFrom = next } : pace;
        }, cancel);
        return isOpen;
    }

    /// <summary>The provider wants to be asked nothing until then.</summary>
    public Task AskFrom(Instant from, CancellationToken cancel = default) => Change(pace => pace with { AsksFrom = from }, cancel);

    private async Task Change(Func<Pace, Pace> change, CancellationToken cancel)
    {
        var isDone = false;
        while (!isDone)
        {
            var (before, row) = await Read(cancel);
            var after = change(before);
            isDone = after == before || await TryWrite(after.Write(Key), row?.ETag, cancel);
        }
    }

    private async Task<(Pace Pace, Record? Row)> Read(CancellationToken cancel) =>
        await records.Find(Key, cancel) is { } row ? (Pace.Read(row), row) : (Pace.Begin, null);

    private async Task<bool> TryWrite(Record row, string? etag, CancellationToken cancel)
    {
        try
        {
            await records.Commit([etag is null ? new RecordWrite.Insert(row) : new RecordWrite.Replace(row, etag)], cancel);
            return true;
        }
        catch (RecordConflictException)
        {
            return false;
        }
    }
}
