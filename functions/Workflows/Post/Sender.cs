using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
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
    People people,
    PostOffice post,
    Sorting sorting,
    Envelopes envelopes,
    Refusals refusals,
    BouncedAddresses bounced,
    IMailSender provider,
    IClock clock,
    ILogger<Sender> log)
{
    private const int PeoplePerPass = 50;

    private static readonly Duration PauseAfterFailure = Duration.FromMinutes(10);

    /// <summary>Serves the people with something due, so many at the most. True where there was anybody.</summary>
    public async Task<bool> Pass(CancellationToken cancel = default)
    {
        var now = new CyclesAtNow(cycles, wakes, refusals, clock);
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
        var reader = await people.Get(person, cancel);
        var (isDone, next) = await FinishOpen(reader, due, now, cancel);
        if (!isDone)
        {
            return;
        }

        var sorted = await sorting.Sort(reader, now, cancel);
        var isWhole = true;
        foreach (var mail in sorted.Mails)
        {
            var envelope = await envelopes.Claim(reader, mail, now, cancel);
            isWhole &= envelope.Messages.Count == mail.Messages.Count;
            if (!await Deliver(reader, envelope, isAgain: false, due, now.Now, cancel))
            {
                return;
            }
        }

        await Finish(due, new[] { next, sorted.Next, isWhole ? null : now.Now + PauseAfterFailure }.Min(), cancel);
    }

    /// <summary>
    /// Delivers what was left in open envelopes. One that can wait waits for working hours, as it did at first; what goes at once
    /// must not wait behind it.
    /// </summary>
    /// <returns>False where the person's mail must wait; else when to come again for what was left.</returns>
    private async Task<(bool IsDone, Instant? Next)> FinishOpen(Person reader, IReadOnlyList<DueRow> due, CyclesAtNow now, CancellationToken cancel)
    {
        var (hours, next) = (new WorkingHours(reader.Zone), (Instant?)null);
        foreach (var left in await envelopes.OpenOf(reader.Id, cancel))
        {
            if (left.HeldUntil > now.Now)
            {
                await Postpone(due, left.HeldUntil, cancel);
                return (false, null);
            }

            if (!left.GoesAtOnce && !hours.Include(now.Now))
            {
                next = hours.Next(now.Now);
            }
            else if (!await Deliver(reader, await envelopes.TakeUp(left, now.Now, cancel), isAgain: true, due, now.Now, cancel))
            {
                return (false, null);
            }
        }

        return (true, next);
    }

    /// <summary>Something is left that may go later, or nothing is.</summary>
    private Task Finish(IReadOnlyList<DueRow> due, Instant? next, CancellationToken cancel) => next is { } later
        ? Postpone(due, later, cancel)
        : records.Commit([.. due.Select(row => new RecordWrite.Delete(row.Key, row.ETag))], cancel);

    /// <summary>False where nobody knows whether the provider has it; it is tried again later then.</summary>
    private async Task<bool> Deliver(
        Person reader, Envelope envelope, bool isAgain, IReadOnlyList<DueRow> due, Instant now, CancellationToken cancel)
    {
        var answer = await TrySend(envelope, isAgain, cancel);
        if (answer.Status == MailStatus.Unknown)
        {
            envelope = await envelopes.LetGo(envelope, now, cancel);
            await Postpone(due, now + Pause(envelope.Attempts), cancel);
            return false;
        }

        foreach (var key in envelope.Messages)
        {
            await Mark(key, issued => Became(issued, answer.Status, now), now, cancel);
        }

        await (answer.Status == MailStatus.Accepted ? envelopes.CloseAccepted(envelope, cancel) : Refuse(reader, envelope, answer.Code, now, cancel));
        return true;
    }

    /// <summary>
    /// An address that was corrected meanwhile, or a deputy's: the messages go to the reader's own. Told before it is closed: a sender that dies in between finds it open, and tells again.
    /// </summary>
    private async Task Refuse(Person reader, Envelope envelope, string code, Instant now, CancellationToken cancel)
    {
        var wentElsewhere = (await people.Get(reader.Id, cancel)).Address != envelope.Mail.Address;
        if (wentElsewhere)
        {
            await bounced.Add(envelope.Mail.Address, new Bounce(code, now), cancel);
        }
        else
        {
            await refusals.Tell(reader, envelope.Messages, new Bounce(code, now), cancel);
        }

        await envelopes.CloseRefused(envelope, cancel);
        if (wentElsewhere)
        {
            await post.WaitAgain(reader.Id, now, cancel);
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
            return MailAnswer.Unknown;
        }
    }

    private static Issued Became(Issued issued, MailStatus status, Instant now) => status == MailStatus.Accepted
        ? issued with { Accepted = issued.Accepted ?? now, Bounced = null }
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
