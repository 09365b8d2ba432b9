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
public sealed class Envelopes(IRecordStore records, People people, LetterDesk desk)
{
    /// <summary>How long a sender keeps an envelope to itself.</summary>
    public static readonly Duration Hold = Duration.FromMinutes(2);

    /// <summary>So many fit one mail with room to spare (64 KiB a property); the next ones are another mail.</summary>
    private const int MessagesPerEnvelope = 10;

    /// <summary>The person's envelope that is not closed yet; there is at most one.</summary>
    public async Task<Envelope?> OpenOf(PersonId person, CancellationToken cancel) =>
        await Of(person, "", cancel).FirstOrDefaultAsync(envelope => envelope.State == EnvelopeState.Claimed, cancel);

    /// <summary>A person's messages as they share mails: those that go alone first, the others so many at the most.</summary>
    public IEnumerable<PostMessage[]> Share(IEnumerable<PostMessage> messages)
    {
        var byAlone = messages.ToLookup(message => desk.GoesAlone(message.Key));
        return byAlone[true].Chunk(1).Concat(byAlone[false].Chunk(MessagesPerEnvelope));
    }

    /// <summary>
    /// Writes a person's messages, those that can be written, into one envelope and claims them for it, in one transaction.
    /// </summary>
    /// <exception cref="RecordConflictException">Another sender was first.</exception>
    public async Task<Envelope> Claim(PersonId person, IReadOnlyList<PostMessage> messages, CyclesAtNow cycles, CancellationToken cancel)
    {
        var reader = await people.Get(person, cancel);
        var row = await NextRow(reader, cycles.Now, cancel);
        var operation = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(row)).AsSpan(0, 16));
        var written = await desk.Write(operation, reader, [.. messages.Select(message => message.Key)], cycles, cancel);
        var envelope = new Envelope(person, row, operation, written.Mail, written.Messages, EnvelopeState.Claimed, cycles.Now + Hold);
        var claims = messages.Where(message => written.Messages.Contains(message.Key)).Select(message => PostRows.SetState(message, PostState.Claimed));
        var etags = await records.Commit([new RecordWrite.Insert(envelope.Write()), .. claims], cancel);
        return envelope with { ETag = etags[0] };
    }

    /// <summary>Takes up an envelope that another sender left.</summary>
    public Task<Envelope> TakeUp(Envelope envelope, Instant now, CancellationToken cancel) =>
        Replace(envelope with { HeldUntil = now + Hold }, cancel);

    /// <summary>Lets go of an envelope that nobody knows the provider to have.</summary>
    public Task<Envelope> LetGo(Envelope envelope, Instant now, CancellationToken cancel) =>
        Replace(envelope with { HeldUntil = now, Attempts = envelope.Attempts + 1 }, cancel);

    public Task<Envelope> Close(Envelope envelope, EnvelopeState state, CancellationToken cancel) =>
        Replace(envelope with { State = state }, cancel);

    private async Task<Envelope> Replace(Envelope envelope, CancellationToken cancel)
    {
        var etags = await records.Commit([new RecordWrite.Replace(envelope.Write(), envelope.ETag!)], cancel);
        return envelope with { ETag = etags[0] };
    }

    /// <summary>Named by person, date in the person's zone, and number.</summary>
    private async Task<string> NextRow(Person reader, Instant now, CancellationToken cancel)
    {
        var date = LocalDatePattern.Iso.Format(new CommunityDays(reader.Zone).DateOf(now));
        var number = 1 + await Of(reader.Id, date, cancel).CountAsync(cancel);
        return string.Create(CultureInfo.InvariantCulture, $"{PostRows.Envelopes}{reader.Id}.{date}.{number:000}");
    }

    private IAsyncEnumerable<Envelope> Of(PersonId person, string date, CancellationToken cancel) =>
        records.All(RowRange.StartingWith(Rows.PostPartition(person), $"{PostRows.Envelopes}{person}.{date}"), cancel).Select(Envelope.Read);
}
