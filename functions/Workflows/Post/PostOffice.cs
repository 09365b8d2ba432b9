using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Post;

/// <summary>A message that waits for an envelope, or what became of it.</summary>
/// <param name="Key">What it is.</param>
/// <param name="Due">When it came in.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ETag">Guards its record.</param>
public sealed record PostMessage(MessageKey Key, Instant Due, PostState State, string? ETag = null);

public enum PostState
{
    Waiting,
    Claimed,
    Withdrawn,

    /// <summary>Its reader's address took no mail. It waits again when the address is right.</summary>
    Refused,
}

/// <summary>
/// Where messages wait. A message stands there once by its key and stays for 30 days after sending, so that a turn that is repeated
/// cannot send it again; later its cycle tells the sender. A due row says that a person has something to send.
/// </summary>
public sealed class PostOffice(IRecordStore records, DuePeople duePeople, Pacing pacing)
{
    private const int MessagesPerTransaction = 40;

    /// <summary>Puts messages in the post. Of those that are there already, one that was withdrawn waits again; the others are left alone.</summary>
    public async Task Insert(IEnumerable<MessageKey> keys, Instant now, CancellationToken cancel = default)
    {
        foreach (var chunk in keys.Chunk(MessagesPerTransaction))
        {
            await InsertChunk(chunk, now, cancel);
        }
    }

    /// <summary>When something can go out next, or null where nothing waits.</summary>
    public async Task<Instant?> NextDue(CancellationToken cancel = default)
    {
        var firsts = await duePeople.Firsts(cancel);
        var pace = await pacing.Find(cancel);
        return firsts.Select(first => (Instant?)pace.OpensAt(pacing.Quota.For(first.Key), first.Value)).Min();
    }

    /// <summary>A person's messages, whatever their state.</summary>
    public IAsyncEnumerable<PostMessage> MessagesOf(PersonId person, CancellationToken cancel = default) =>
        records.All(RowRange.StartingWith(Rows.PostPartition, $"{PostRows.Messages}{person}."), cancel).Select(PostRows.ReadMessage);

    /// <summary>What a person did not get for a wrong address waits again; who wants a link to sign in asks anew.</summary>
    public async Task WaitAgain(PersonId person, Instant now, CancellationToken cancel = default)
    {
        await foreach (var message in MessagesOf(person, cancel).Where(message => message.State == PostState.Refused && message.Key.Cycle != MessageKey.None))
        {
            await WaitAgain(message.Key, now, cancel, PostState.Refused);
        }
    }

    private async Task InsertChunk(MessageKey[] keys, Instant now, CancellationToken cancel)
    {
        try
        {
            await records.Commit([.. keys.Select(key => PostRows.NewMessage(key, now)), .. DueRows(keys, now)], cancel);
        }
        catch (RecordConflictException) when (keys.Length > 1)
        {
            foreach (var key in keys)
            {
                await InsertChunk([key], now, cancel);
            }
        }
        catch (RecordConflictException conflict) when (conflict.Conflict == RecordConflict.Exists)
        {
            await WaitAgain(keys[0], now, cancel, PostState.Waiting, PostState.Withdrawn);
        }
    }

    /// <summary>
    /// One that waits is written too: a sender that takes it for unwanted, from what it read before, is not to withdraw it then.
    /// </summary>
    private async Task WaitAgain(MessageKey key, Instant now, CancellationToken cancel, params PostState[] from)
    {
        var isDone = false;
        while (!isDone && await Find(key, cancel) is { } message && from.Contains(message.State))
        {
            isDone = await TryCommit([PostRows.SetState(message with { Due = now }, PostState.Waiting), .. DueRows([key], now)], cancel);
        }
    }

    private async Task<PostMessage?> Find(MessageKey key, CancellationToken cancel) =>
        await records.Find(PostRows.KeyOf(key), cancel) is { } row ? PostRows.ReadMessage(row) : null;

    private async Task<bool> TryCommit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel)
    {
        try
        {
            await records.Commit(writes, cancel);
            return true;
        }
        catch (RecordConflictException)
        {
            return false;
        }
    }

    private static IEnumerable<RecordWrite> DueRows(MessageKey[] keys, Instant now) =>
        keys.Select(key => key.Person).Distinct().Select(person => new RecordWrite.Put(new DueRow(person, now).Write()));
}

/// <summary>Rows of the post.</summary>
internal static class PostRows
{
    public const string Due = "d.";
    public const string Envelopes = "e.";
    public const string Messages = "m.";

    /// <summary>That a row is looked at, and removed, from a time on; or of what follows it, that its status is asked for.</summary>
    public const string Expiring = "x.";

    /// <summary>Before an envelope's name: its status.</summary>
    public const string Status = "s.";

    public static RecordWrite NewMessage(MessageKey key, Instant due) =>
        new RecordWrite.Insert(WriteMessage(new PostMessage(key, due, PostState.Waiting)));

    public static RecordWrite SetState(PostMessage message, PostState state) =>
        new RecordWrite.Replace(WriteMessage(message with { State = state }), message.ETag!);

    public static PostMessage ReadMessage(Record row) => new(
        MessageKey.Parse(row["key"]),
        InstantPattern.ExtendedIso.Parse(row["due"]).Value,
        Enum.Parse<PostState>(row["state"]),
        row.ETag);

    public static RecordKey KeyOf(MessageKey key) => new(Rows.PostPartition, $"{Messages}{key.Person}.{key}");

    private static Record WriteMessage(PostMessage message) => Record.Of(
        KeyOf(message.Key),
        ("key", message.Key.ToString()),
        ("due", InstantPattern.ExtendedIso.Format(message.Due)),
        ("state", message.State.ToString()));
}
