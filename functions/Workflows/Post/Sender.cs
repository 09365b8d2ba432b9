using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>
/// Empties the post: for each person with something due, withdraws what is no longer wanted, puts the rest in one envelope and
/// hands it to the provider. It can stop anywhere and go on: a claimed envelope is asked for at the provider before it is sent
/// again. What goes wrong with one person's mail holds up nobody else's.
/// </summary>
public sealed class Sender(
    IRecordStore records,
    CycleRecords cycles,
    Wakes wakes,
    PostOffice post,
    Envelopes envelopes,
    IMailSender provider,
    IClock clock,
    ILogger<Sender> log)
{
    private const int PeoplePerPass = 50;

    private static readonly Duration PauseAfterFailure = Duration.FromMinutes(10);

    /// <summary>Serves the people with something due, so many at the most. True where there was anybody.</summary>
    public async Task<bool> Pass(CancellationToken cancel = default)
    {
        var now = new CyclesAtNow(cycles, wakes, clock);
        var (due, until) = (new List<DueRow>(), now.Now);
        foreach (var partition in Rows.PostPartitions)
        {
            due.AddRange(await post.Due(partition, until, cancel));
        }

        foreach (var person in due.GroupBy(row => row.Person).Take(PeoplePerPass))
        {
            await TryServe(person.Key, [.. person], now, cancel);
        }

        return due.Count > 0;
    }

    private async Task TryServe(PersonId person, IReadOnlyList<DueRow> due, CyclesAtNow now, CancellationToken cancel)
    {
        try
        {
            await ServeOrPostpone(person, due, now, cancel);
        }
        catch (RecordConflictException)
        {
            log.LogInformation("The post of {Person} changed while it was served", person);
        }
    }

    private async Task ServeOrPostpone(PersonId person, IReadOnlyList<DueRow> due, CyclesAtNow now, CancellationToken cancel)
    {
        try
        {
            await Serve(person, due, now, cancel);
        }
        catch (Exception failure) when (failure is not (RecordConflictException or OperationCanceledException))
        {
            log.LogError(failure, "The post of {Person} could not be served; it is tried again in {Pause}", person, PauseAfterFailure);
            await Postpone(due, now.Now + PauseAfterFailure, cancel);
        }
    }

    private async Task Serve(PersonId person, IReadOnlyList<DueRow> due, CyclesAtNow now, CancellationToken cancel)
    {
        if (await envelopes.OpenOf(person, cancel) is { } left)
        {
            if (left.HeldUntil > now.Now)
            {
                await Postpone(due, left.HeldUntil, cancel);
                return;
            }

            var taken = await envelopes.TakeUp(left, now.Now, cancel);
            if (!await Deliver(taken, isAgain: true, due, now.Now, cancel))
            {
                return;
            }
        }

        var (wanted, unknown) = await WantedOf(person, now, cancel);
        foreach (var messages in envelopes.Share(wanted))
        {
            var envelope = await envelopes.Claim(person, messages, now, cancel);
            unknown |= envelope.Messages.Count < messages.Length;
            if (!await Deliver(envelope, isAgain: false, due, now.Now, cancel))
            {
                return;
            }
        }

        await Finish(due, unknown, now.Now, cancel);
    }

    /// <summary>Nothing is left to serve, or something is that could not be: tried again later.</summary>
    private Task Finish(IReadOnlyList<DueRow> due, bool unknown, Instant now, CancellationToken cancel) => unknown
        ? Postpone(due, now + PauseAfterFailure, cancel)
        : records.Commit([.. due.Select(row => new RecordWrite.Delete(row.Key, row.ETag))], cancel);

    /// <summary>What waits for a person and is wanted, and whether it is unknown of something else that waits.</summary>
    private async Task<(List<PostMessage> Wanted, bool Unknown)> WantedOf(PersonId person, CyclesAtNow now, CancellationToken cancel)
    {
        var (wanted, unknown) = (new List<PostMessage>(), false);
        foreach (var message in await post.MessagesOf(person, cancel).Where(message => message.State == PostState.Waiting).ToListAsync(cancel))
        {
            switch (await IsWanted(message.Key, now, cancel))
            {
                case true:
                    wanted.Add(message);
                    break;
                case false:
                    await Mark(message.Key, issued => issued with { Withdrawn = issued.Withdrawn ?? now.Now }, now.Now, cancel);
                    await records.Commit([PostRows.SetState(message, PostState.Withdrawn)], cancel);
                    break;
                default:
                    unknown = true;
                    break;
            }
        }

        return (wanted, unknown);
    }

    /// <summary>Null where its cycle cannot be read: the mail that tells the coordinator so must not wait for it.</summary>
    private async Task<bool?> IsWanted(MessageKey key, CyclesAtNow now, CancellationToken cancel)
    {
        try
        {
            return await now.Wants(key, cancel);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "It is not known whether {Cycle} still wants a message", key.Cycle);
            return null;
        }
    }

    /// <summary>False where nobody knows whether the provider has it; it is tried again later then.</summary>
    private async Task<bool> Deliver(Envelope envelope, bool isAgain, IReadOnlyList<DueRow> due, Instant now, CancellationToken cancel)
    {
        var status = await TrySend(envelope, isAgain, cancel);
        if (status == MailStatus.Unknown)
        {
            envelope = await envelopes.LetGo(envelope, now, cancel);
            await Postpone(due, now + Pause(envelope.Attempts), cancel);
            return false;
        }

        foreach (var key in envelope.Messages)
        {
            await Mark(key, issued => Became(issued, status, now), now, cancel);
        }

        await envelopes.Close(envelope, status == MailStatus.Accepted ? EnvelopeState.Accepted : EnvelopeState.Refused, cancel);
        return true;
    }

    private async Task<MailStatus> TrySend(Envelope envelope, bool isAgain, CancellationToken cancel)
    {
        try
        {
            var known = isAgain ? await provider.Ask(envelope.OperationId, cancel) : MailStatus.Unknown;
            return known == MailStatus.Unknown ? await provider.Send(envelope.OperationId, envelope.Mail, cancel) : known;
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or TimeoutException)
        {
            log.LogWarning(failure, "The mail provider did not answer for {Operation}", envelope.OperationId);
            return MailStatus.Unknown;
        }
    }

    private static Issued Became(Issued issued, MailStatus status, Instant now) => status == MailStatus.Accepted
        ? issued with { Accepted = issued.Accepted ?? now }
        : issued with { Bounced = issued.Bounced ?? now };

    private Task Mark(MessageKey key, Func<Issued, Issued> change, Instant now, CancellationToken cancel) =>
        key.Stage == MessageKey.None ? Task.CompletedTask : cycles.Mark(key, change, now, cancel);

    private async Task Postpone(IReadOnlyList<DueRow> due, Instant until, CancellationToken cancel)
    {
        var later = new DueRow(due[0].Person, until);
        var before = due.Where(row => row.Key != later.Key).Select(row => new RecordWrite.Delete(row.Key, row.ETag));
        await records.Commit([.. before, new RecordWrite.Put(later.Write())], cancel);
    }

    /// <summary>2, 4, 8 … minutes, at most an hour.</summary>
    private static Duration Pause(int attempts) => Duration.FromMinutes(Math.Min(60, 1 << Math.Min(attempts, 6)));
}
