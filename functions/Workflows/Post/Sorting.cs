using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>What waits for a person, sorted.</summary>
/// <param name="Mails">What goes now, the messages of a mail each: those that go at once first.</param>
/// <param name="Next">When to look again at what is left; null where nothing is.</param>
public sealed record Sorted(IReadOnlyList<SortedMail> Mails, Instant? Next);

/// <param name="Haste">That of the most pressing message that goes out with it: one that goes at once goes alone.</param>
/// <param name="Messages">Its messages, the most pressing first.</param>
/// <param name="Left">The envelope, where a sender made it and left it; its messages are in it.</param>
public sealed record SortedMail(Haste Haste, IReadOnlyList<PostMessage> Messages, Envelope? Left = null)
{
    public bool GoesAtOnce => Haste == Haste.AtOnce;
}

/// <summary>
/// Sorts what waits for a person: withdraws what is no longer wanted, and says what goes now and when the rest may. See
/// docs/decisions/0011-when-a-mail-goes-out.md.
/// </summary>
public sealed class Sorting(
    IRecordStore records, CycleRecords cycles, PostOffice post, Envelopes envelopes, LetterDesk desk, Refusals refusals, Wakes wakes, ILogger<Sorting> log)
{
    private static readonly Duration PauseAfterFailure = Duration.FromMinutes(10);

    /// <summary>
    /// Envelopes are read after the messages: a message that another sender claims in between is found in its envelope, or is in the way
    /// when it is claimed. So nobody takes a person for done whose mail a sender has begun, and died.
    /// </summary>
    public async Task<Sorted> Sort(Person reader, CyclesAtNow now, CancellationToken cancel)
    {
        var (wanted, isUnknown) = await WantedOf(reader, now, cancel);
        var made = await envelopes.NewestOf(reader.Id, cancel).ToListAsync(cancel);
        var open = made.Where(envelope => envelope.State == EnvelopeState.Claimed).Reverse().ToList();
        if (open.Select(envelope => (Instant?)envelope.HeldUntil).Max() is { } held && held > now.Now)
        {
            return new Sorted([], held);
        }

        var left = SortLeft(reader, open, now.Now);
        var unsent = MailTimes.Of(reader.Zone, wanted, made.Exists(envelope => Envelopes.IsMailOfToday(envelope, reader, now.Now)), now.Now);
        return new Sorted([.. left.Mails, .. unsent.Mails], new[] { left.Next, unsent.Next, isUnknown ? now.Now + PauseAfterFailure : null }.Min());
    }

    /// <summary>What was begun and not finished comes first. What can wait waits for working hours, as it did at first.</summary>
    private static Sorted SortLeft(Person reader, List<Envelope> open, Instant now)
    {
        var hours = new WorkingHours(reader.Zone);
        var going = open.Where(envelope => envelope.GoesAtOnce || hours.Include(now)).ToList();
        return new Sorted(
            [.. going.Select(envelope => new SortedMail(envelope.GoesAtOnce ? Haste.AtOnce : Haste.Asks, [], envelope))],
            going.Count < open.Count ? hours.Next(now) : null);
    }

    /// <summary>What waits for a person and is wanted, and whether it is unknown of something else that waits.</summary>
    private async Task<(List<WaitingMessage> Wanted, bool IsUnknown)> WantedOf(Person reader, CyclesAtNow now, CancellationToken cancel)
    {
        var (wanted, isUnknown, isHeld) = (new List<WaitingMessage>(), false, await refusals.Hold(reader, cancel));
        foreach (var message in await post.MessagesOf(reader.Id, cancel).Where(message => message.State == PostState.Waiting).ToListAsync(cancel))
        {
            switch (await StandingOf(message, now, cancel))
            {
                case Standing.WentOut:
                    await records.Commit([new RecordWrite.Delete(PostRows.KeyOf(message.Key), message.ETag)], cancel);
                    break;
                case Standing.Wanted when message.Key.Stage != MessageKey.None && isHeld:
                    await refusals.Refuse(message, now.Now, cancel);
                    break;
                case Standing.Wanted:
                    wanted.Add(await Weigh(message, reader, now, cancel));
                    break;
                case Standing.Unwanted:
                    await Withdraw(message, now, cancel);
                    break;
                default:
                    isUnknown = true;
                    break;
            }
        }

        return (wanted, isUnknown);
    }

    private async Task<WaitingMessage> Weigh(PostMessage message, Person reader, CyclesAtNow now, CancellationToken cancel)
    {
        var cycle = await now.Find(message.Key, cancel);
        return new WaitingMessage(message, desk.HasteOf(message.Key, reader, cycle, now.Now), cycle is null || cycle.Coordinator == reader.Id);
    }

    /// <summary>
    /// Who was not told of a new date has an older one in their calendar: what takes that out, only a turn can say that knows of it. So where
    /// it is withdrawn, the cycle takes a turn.
    /// </summary>
    private async Task Withdraw(PostMessage message, CyclesAtNow now, CancellationToken cancel)
    {
        await cycles.Mark(message.Key, issued => issued with { Withdrawn = issued.Withdrawn ?? now.Now }, now.Now, cancel);
        if ((await now.Find(message.Key, cancel))?.IssuedOf(message.Key)?.Calendar is not null)
        {
            await wakes.Ring(CycleId.From(message.Key.Cycle), now.Now, cancel: cancel);
        }

        var reminder = Retention.Until(PostRows.KeyOf(message.Key), message.Due);
        await records.Commit([PostRows.SetState(message, PostState.Withdrawn), reminder], cancel);
    }

    /// <summary>Unknown where its cycle cannot be read: the mail that tells the coordinator so must not wait for it.</summary>
    private async Task<Standing> StandingOf(PostMessage message, CyclesAtNow now, CancellationToken cancel)
    {
        try
        {
            return await now.WentOut(message.Key, cancel) ? Standing.WentOut
                : await now.Wants(message, cancel) ? Standing.Wanted : Standing.Unwanted;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "It is not known whether {Cycle} still wants a message", message.Key.Cycle);
            return Standing.Unknown;
        }
    }

    private enum Standing
    {
        Wanted,
        Unwanted,
        WentOut,
        Unknown,
    }
}
