using Cohesion.Workflows.Records;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>
/// Empties the post: for each person with something due, withdraws what is no longer wanted, puts the rest in one envelope and
/// hands it to the provider. Where this takes only so many, what is most pressing goes first, whosesoever it is. What goes wrong with
/// one person's mail holds up nobody else's.
/// </summary>
public sealed class Sender(
    CycleRecords cycles,
    Wakes wakes,
    People people,
    DuePeople duePeople,
    Sorting sorting,
    Refusals refusals,
    Delivery delivery,
    Pacing pacing,
    Retention retention,
    DeliveryStatuses statuses,
    IClock clock,
    ILogger<Sender> log)
{
    private const int PeoplePerPass = 50;

    private static readonly Duration PauseAfterFailure = Duration.FromMinutes(10);

    /// <summary>
    /// Serves the people with something due, so many at the most, and removes what was sent long ago. Where there is no more to send now, it
    /// asks what became of what was sent.
    /// </summary>
    /// <returns>Whether there is more to do at once.</returns>
    public async Task<bool> Pass(CancellationToken cancel = default)
    {
        var now = new CyclesAtNow(cycles, wakes, refusals, clock);
        var isMore = await Send(now, cancel);
        var reminders = (await retention.Due(now.Now, cancel)).ToLookup(statuses.IsToAsk);
        isMore |= await retention.Remove(reminders[false], now.Now, cancel);
        return isMore || await statuses.Ask([.. reminders[true]], now.Now, cancel);
    }

    private async Task<bool> Send(CyclesAtNow now, CancellationToken cancel)
    {
        if (await pacing.OpensAt(Haste.AtOnce, now.Now, cancel) > now.Now)
        {
            return false;
        }

        // The most pressing first: where there is no room for one, there is none for those who come after.
        var due = await duePeople.Find(now.Now, cancel);
        foreach (var person in due.Take(PeoplePerPass))
        {
            if (!await TryServe(person, now, cancel))
            {
                return false;
            }
        }

        return due.Count > 0;
    }

    private async Task<bool> TryServe(DuePerson due, CyclesAtNow now, CancellationToken cancel)
    {
        try
        {
            return await ServeOrPostpone(due, now, cancel);
        }
        catch (RecordConflictException)
        {
            log.LogInformation("The post of {Person} changed while it was served", due.Person);
            return true;
        }
    }

    private async Task<bool> ServeOrPostpone(DuePerson due, CyclesAtNow now, CancellationToken cancel)
    {
        try
        {
            return await Serve(due, now, cancel);
        }
        catch (Exception failure) when (failure is not (RecordConflictException or OperationCanceledException))
        {
            log.LogError(failure, "The post of {Person} could not be served; it is tried again in {Pause}", due.Person, PauseAfterFailure);
            await duePeople.Postpone(due, now.Now + PauseAfterFailure, cancel: cancel);
            return true;
        }
    }

    /// <summary>Sends what is as pressing as the person's turn allows; the rest has a turn of its own, after what is more pressing of others.</summary>
    /// <returns>False where the provider takes no more for now.</returns>
    private async Task<bool> Serve(DuePerson due, CyclesAtNow now, CancellationToken cancel)
    {
        var turn = pacing.Quota.IsLimited ? due.Haste : Haste.Tells;
        var reader = await people.Get(due.Person, cancel);
        var sorted = await sorting.Sort(reader, now, cancel);
        var next = sorted.Next;
        foreach (var mail in sorted.Mails.Where(mail => mail.Haste <= turn))
        {
            var delivered = await delivery.Deliver(reader, mail, now, cancel);
            switch (delivered.Progress)
            {
                case Progress.NoRoom:
                    await duePeople.Queue(due, mail.Haste, cancel);
                    return false;
                case Progress.Unknown:
                    await duePeople.Postpone(due, now.Now + Pause(delivered.Attempts), mail.Haste, cancel);
                    return true;
                case Progress.Refused:
                    return true; // What else there is for that address is held, when the person is served again.
            }

            next = delivered.IsWhole ? next : new[] { next, now.Now + PauseAfterFailure }.Min();
        }

        await Finish(due, sorted.Mails.Where(mail => mail.Haste > turn).Select(mail => (Haste?)mail.Haste).Min(), next, cancel);
        return true;
    }

    /// <summary>Something is left that has another turn, or that may go later, or nothing is.</summary>
    private Task Finish(DuePerson due, Haste? turn, Instant? next, CancellationToken cancel) =>
        turn is { } haste ? duePeople.Queue(due, haste, cancel)
        : next is { } later ? duePeople.Postpone(due, later, cancel: cancel)
        : duePeople.Remove(due, cancel);

    /// <summary>2, 4, 8 … minutes, at most an hour.</summary>
    private static Duration Pause(int attempts) => Duration.FromMinutes(Math.Min(60, 1 << Math.Min(attempts, 6)));
}
