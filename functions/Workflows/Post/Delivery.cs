using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Telemetry;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>What became of a mail that was to be delivered.</summary>
/// <param name="Progress">How far it got.</param>
/// <param name="IsWhole">Whether every message that was to be in it is.</param>
/// <param name="Attempts">How often it was tried in vain.</param>
public sealed record Delivered(Progress Progress, bool IsWhole = true, int Attempts = 0);

public enum Progress
{
    /// <summary>The provider has it.</summary>
    Accepted,

    /// <summary>The provider will never deliver it.</summary>
    Refused,

    /// <summary>Nobody knows whether the provider has it: it is tried again later.</summary>
    Unknown,

    /// <summary>The provider takes no more for now, whosesoever.</summary>
    NoRoom,
}

/// <summary>
/// Hands envelopes to the provider, each in its place in the quota, and records what became of the messages. It can stop anywhere: a
/// claimed envelope is asked for at the provider before it is sent again.
/// </summary>
public sealed class Delivery(
    CycleRecords cycles,
    Envelopes envelopes,
    Refusals refusals,
    Pacing pacing,
    IMailSender provider,
    ILogger<Delivery> log)
{
    /// <summary>
    /// Delivers a mail. No envelope is made before it has its place. From then on nothing stops it but its own patience: a mail that the
    /// provider has and nobody has noted would be sent twice. The place is settled last, whatever becomes of the note.
    /// </summary>
    public async Task<Delivered> Deliver(Person reader, SortedMail mail, CyclesAtNow now, CancellationToken cancel)
    {
        if (await pacing.TryReserve(mail.Haste, now.Now, cancel) is not { } place)
        {
            return new Delivered(Progress.NoRoom);
        }

        var envelope = await Take(reader, mail, place, now, cancel);
        using var activity = Vitals.Begin("send", envelope.OperationId.ToString("D"));
        var answer = await TrySend(envelope, isAgain: mail.Left is not null, CancellationToken.None);
        try
        {
            var delivered = await Record(envelope, answer, now.Now, CancellationToken.None);
            return delivered with { IsWhole = mail.Left is not null || envelope.Messages.Count == mail.Messages.Count };
        }
        finally
        {
            await pacing.Settle(place, answer, now.Now, CancellationToken.None);
        }
    }

    private async Task<Envelope> Take(Person reader, SortedMail mail, string place, CyclesAtNow now, CancellationToken cancel)
    {
        try
        {
            return await (mail.Left is { } left ? envelopes.TakeUp(left, now.Now, cancel) : envelopes.Claim(reader, mail, now, cancel));
        }
        catch
        {
            await pacing.GiveBack(place, CancellationToken.None);
            throw;
        }
    }

    private async Task<MailAnswer> TrySend(Envelope envelope, bool isAgain, CancellationToken cancel)
    {
        try
        {
            var known = isAgain ? await provider.Ask(envelope.OperationId, cancel) : MailAnswer.Unknown;
            return known.Status == MailStatus.Unknown ? await provider.Send(envelope.OperationId, envelope.Mail, cancel) : known;
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or TimeoutException)
        {
            log.LogWarning(failure, "The mail provider did not answer for {Operation}", envelope.OperationId);
            return MailAnswer.Unknown with { Said = failure.Message };
        }
    }

    private async Task<Delivered> Record(Envelope envelope, MailAnswer answer, Instant now, CancellationToken cancel)
    {
        switch (answer.Status)
        {
            case MailStatus.Accepted:
                Vitals.Sent.Add(1);
                await Mark(envelope, issued => Accept(issued, envelope, now), now, cancel);
                await envelopes.CloseAccepted(envelope, now, cancel);
                return new Delivered(Progress.Accepted);
            case MailStatus.Refused:
                Vitals.Bounced.Add(1);
                await Mark(envelope, issued => issued with { Bounced = issued.Bounced ?? now }, now, cancel);
                await refusals.Refuse(envelope, new Bounce(answer.Said, now), cancel);
                return new Delivered(Progress.Refused);
            case MailStatus.Lost:
                Vitals.Bounced.Add(1);
                await refusals.Lose(envelope, now, cancel);
                return new Delivered(Progress.Refused);
            case MailStatus.Busy:
                await envelopes.PutBack(envelope, now, cancel);
                return new Delivered(Progress.NoRoom);
            default:
                return new Delivered(Progress.Unknown, Attempts: (await envelopes.LetGo(envelope, answer.Said, now, cancel)).Attempts);
        }
    }

    private static Issued Accept(Issued issued, Envelope envelope, Instant now) =>
        issued with { Accepted = issued.Accepted ?? now, Mail = issued.Mail ?? envelope.OperationId, Bounced = null };

    private async Task Mark(Envelope envelope, Func<Issued, Issued> change, Instant now, CancellationToken cancel)
    {
        foreach (var key in envelope.Messages.Where(key => key.Stage != MessageKey.None))
        {
            await cycles.Mark(key, change, now, cancel);
        }
    }
}
