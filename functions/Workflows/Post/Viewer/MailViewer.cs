using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Post.Viewer;

/// <summary>A mail as the viewer keeps it.</summary>
/// <param name="Id">Its operation id.</param>
/// <param name="At">When it came in.</param>
/// <param name="Mail">What was sent.</param>
public sealed record ViewedMail(string Id, Instant At, Mail Mail);

/// <summary>A mail provider that delivers nowhere: it keeps the mail to be looked at. For one machine and for trials.</summary>
/// <param name="records">Where it keeps it.</param>
/// <param name="clock">The time.</param>
/// <param name="window">
/// Of the program, or its log: a link to sign in is said there too, for who is signed out cannot look at mail. The host says the same as it starts.
/// </param>
public sealed class MailViewer(IRecordStore records, IClock clock, PublicAddress address, TextWriter window) : IMailSender
{
    private const string Partition = "mail-viewer";
    private const string ByOperation = "o.";
    private const string ByTime = "t.";

    public async Task<MailAnswer> Send(Guid operationId, Mail mail, CancellationToken cancel = default)
    {
        var row = $"{ByTime}{Rows.Time(clock.GetCurrentInstant())}.{operationId:N}";
        try
        {
            await records.Commit([new RecordWrite.Insert(Pointer(operationId, row)), new RecordWrite.Insert(Write(row, mail))], cancel);
            if (mail.Text.Split((char[]?)null).FirstOrDefault(IsToSignIn) is { } link)
            {
                await window.WriteLineAsync(WayIn.SignInBy(link));
            }
        }
        catch (RecordConflictException conflict) when (conflict.Conflict == RecordConflict.Exists)
        {
            // It came in before.
        }

        return MailAnswer.Accepted;
    }

    public async Task<MailAnswer> Ask(Guid operationId, CancellationToken cancel = default) =>
        await records.Find(Key(ByOperation + operationId.ToString("N")), cancel) is null ? MailAnswer.Unknown : MailAnswer.Accepted;

    /// <summary>Everything that came in, oldest first.</summary>
    public IAsyncEnumerable<ViewedMail> All(CancellationToken cancel = default) =>
        records.All(RowRange.StartingWith(Partition, ByTime), cancel).Select(Read);

    public async Task<ViewedMail?> Find(Guid id, CancellationToken cancel = default) =>
        await records.Find(Key(ByOperation + id.ToString("N")), cancel) is { } pointer && await records.Find(Key(pointer["row"]), cancel) is { } row
            ? Read(row)
            : null;

    /// <summary>Removes what came in until then, whosesoever: it tells of people, and is a trial's.</summary>
    internal static async Task Forget(IRecordStore records, Instant until, CancellationToken cancel)
    {
        var old = new RowRange(Partition, ByTime, ByTime + Rows.Time(until + Duration.FromMilliseconds(1)));
        await foreach (var row in records.All(old, cancel))
        {
            var pointer = Key(ByOperation + row.Key.Row[^32..]);
            await records.Commit([new RecordWrite.Delete(row.Key, null), new RecordWrite.Delete(pointer, null)], cancel);
        }
    }

    /// <summary>One of ours: what people write can stand in a mail, too.</summary>
    private bool IsToSignIn(string word) => word.StartsWith($"{new Uri(address.PublicUrl, Links.SignIn)}/", StringComparison.Ordinal);

    private static RecordKey Key(string row) => new(Partition, row);

    private static Record Pointer(Guid operationId, string row) => Record.Of(Key(ByOperation + operationId.ToString("N")), ("row", row));

    private static Record Write(string row, Mail mail) => Record.Of(Key(row), [.. mail.Write()]);

    private static ViewedMail Read(Record row)
    {
        var time = row.Key.Row[ByTime.Length..];
        return new ViewedMail(time[^32..], Rows.TimeOf(time), Mail.Read(row));
    }
}
