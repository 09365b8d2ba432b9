using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Post;

/// <summary>Makes, finds and closes envelopes.</summary>
public sealed class Envelopes(
    IRecordStore records, LetterDesk desk, Absences absences, BouncedAddresses bounced, IDeliveryStatus? statuses = null)
{
    /// <summary>How long a sender keeps an envelope to itself.</summary>
    public static readonly Duration Hold = Duration.FromMinutes(2);

    /// <summary>The person's mails, newest first.</summary>
    public IAsyncEnumerable<Envelope> NewestOf(PersonId person, CancellationToken cancel) => Of($"{PostRows.Envelopes}{person}.", cancel).Reverse();

    /// <summary>The person's mails that hold a message of a cycle, newest first.</summary>
    public async Task<IReadOnlyList<Envelope>> OfCycle(PersonId person, CycleId cycle, CancellationToken cancel) =>
        await NewestOf(person, cancel).Where(envelope => envelope.Messages.Exists(key => key.Cycle == cycle.Value)).ToListAsync(cancel);

    /// <summary>Whether an envelope is the person's one mail of the local day.</summary>
    public static bool IsMailOfToday(Envelope envelope, Person reader, Instant now) =>
        !envelope.GoesAtOnce && envelope.Row.StartsWith(NameOn(reader, now), StringComparison.Ordinal);

    /// <summary>
    /// Writes a person's messages, those that can be written, into one envelope and claims them for it, in one transaction.
    /// </summary>
    /// <exception cref="RecordConflictException">Another sender was first.</exception>
    public async Task<Envelope> Claim(Person reader, SortedMail mail, CyclesAtNow cycles, CancellationToken cancel)
    {
        var messages = mail.Messages;
        var row = await NextRow(reader, cycles.Now, cancel);
        var operation = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(row)).AsSpan(0, 16));
        var addressee = await Addressee(reader, messages, cycles.Now, cancel);
        var written = await desk.Write(operation, reader, addressee, [.. messages.Select(message => message.Key)], cycles, cancel);
        var envelope = new Envelope(
            reader.Id, row, operation, written.Mail, written.Messages, EnvelopeState.Claimed, cycles.Now + Hold, GoesAtOnce: mail.GoesAtOnce);
        var claims = messages.Where(message => written.Messages.Contains(message.Key)).Select(message => PostRows.SetState(message, PostState.Claimed));
        var etags = await records.Commit([new RecordWrite.Insert(envelope.Write()), .. claims], cancel);
        return envelope with { ETag = etags[0] };
    }

    /// <summary>Whoever stands in for the reader, with an address that takes mail. A link to sign in is the reader's alone.</summary>
    private async Task<Person> Addressee(Person reader, IReadOnlyList<PostMessage> messages, Instant now, CancellationToken cancel)
    {
        var standIn = messages.Any(message => message.Key.Cycle == MessageKey.None) ? reader : await absences.StandIn(reader, now, cancel);
        return standIn.Id == reader.Id || await bounced.Find(standIn.Address, cancel) is not null ? reader : standIn;
    }

    /// <summary>Takes up an envelope that another sender left.</summary>
    public Task<Envelope> TakeUp(Envelope envelope, Instant now, CancellationToken cancel) =>
        Replace(envelope with { HeldUntil = now + Hold }, cancel);

    /// <summary>Lets go of an envelope that nobody knows the provider to have.</summary>
    public Task<Envelope> LetGo(Envelope envelope, string said, Instant now, CancellationToken cancel) =>
        PutBack(envelope with { Attempts = envelope.Attempts + 1, Said = said }, now, cancel);

    /// <summary>Lets go of an envelope that the provider would not take yet.</summary>
    public Task<Envelope> PutBack(Envelope envelope, Instant now, CancellationToken cancel) => Replace(envelope with { HeldUntil = now }, cancel);

    public Task CloseAccepted(Envelope envelope, Instant now, CancellationToken cancel) =>
        Close(envelope, EnvelopeState.Accepted, statuses is null ? [] : [DeliveryStatuses.ToAsk(envelope, now)], now, cancel);

    /// <summary>Its messages were not delivered: they may be in another envelope.</summary>
    /// <param name="envelope">Which.</param>
    /// <param name="again">From when on they go out again; not a link to sign in, which is asked for anew. Null where they cannot.</param>
    /// <param name="now">When.</param>
    /// <param name="cancel">Stops the wait.</param>
    public async Task CloseRefused(Envelope envelope, Instant? again, Instant now, CancellationToken cancel)
    {
        var writes = new List<RecordWrite>();
        foreach (var key in envelope.Messages)
        {
            var message = PostRows.ReadMessage((await records.Find(PostRows.KeyOf(key), cancel))!);
            writes.Add(again is not null && key.Cycle != MessageKey.None
                ? PostRows.SetState(message with { Due = now }, PostState.Waiting)
                : PostRows.SetState(message, PostState.Refused));
        }

        var due = again is { } from ? [new RecordWrite.Put(new DueRow(envelope.Person, from).Write())] : Array.Empty<RecordWrite>();
        await Close(envelope, EnvelopeState.Refused, [.. writes, .. due], now, cancel);
    }

    private async Task Close(
        Envelope envelope, EnvelopeState state, IEnumerable<RecordWrite> others, Instant now, CancellationToken cancel)
    {
        var closed = (envelope with { State = state, Closed = envelope.Closed ?? now }).Write();
        await records.Commit([new RecordWrite.Replace(closed, envelope.ETag!), .. others, Retention.Until(closed.Key, now)], cancel);
    }

    private async Task<Envelope> Replace(Envelope envelope, CancellationToken cancel)
    {
        var etags = await records.Commit([new RecordWrite.Replace(envelope.Write(), envelope.ETag!)], cancel);
        return envelope with { ETag = etags[0] };
    }

    /// <summary>Named by person, date in the person's zone, and number.</summary>
    private async Task<string> NextRow(Person reader, Instant now, CancellationToken cancel)
    {
        var name = NameOn(reader, now);
        var number = 1 + await Of(name, cancel).CountAsync(cancel);
        return string.Create(CultureInfo.InvariantCulture, $"{name}.{number:000}");
    }

    private static string NameOn(Person reader, Instant now) =>
        $"{PostRows.Envelopes}{reader.Id}.{LocalDatePattern.Iso.Format(new CommunityDays(reader.Zone).DateOf(now))}";

    private IAsyncEnumerable<Envelope> Of(string name, CancellationToken cancel) =>
        records.All(RowRange.StartingWith(Rows.PostPartition, name), cancel).Select(Envelope.Read);
}
