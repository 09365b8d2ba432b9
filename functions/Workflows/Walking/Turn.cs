using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Telemetry;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows.Walking;

/// <summary>
/// One turn of a cycle: reads it, plans it, records the plan, hands messages to the post, sets the next wake. Repeated after a
/// crash it finishes the rest; two at once do no harm, since the cycle row's ETag lets one of them through.
/// </summary>
public sealed class Turn(
    IRecordStore records, CycleRecords cycles, Wakes wakes, PostOffice post, SurveyAnswers survey, CycleViews views, SessionCalendar calendar,
    CalendarLeases leases, IClock clock, ILogger<Turn> log)
{
    /// <summary>Turns that fail in a row before the cycle is parked and its coordinator told.</summary>
    public const int FailuresBeforeParking = 5;

    /// <summary>The kind of message that tells the coordinator.</summary>
    public const string Parked = "parked";

    private static readonly Duration KickOffTakesAtMost = Duration.FromMinutes(1);

    /// <summary>Takes a turn. Never throws for what a cycle does; a failure is counted, and the fifth parks the cycle.</summary>
    public async Task<TurnResult> Take(CycleId cycle, CancellationToken cancel = default)
    {
        using var activity = Vitals.Begin("turn", cycle.Value);
        Vitals.Turns.Add(1);
        if (await wakes.Find(cycle, cancel) is not { } wake)
        {
            return TurnResult.End;
        }

        if (wake.IsParked)
        {
            return await TellOfParking(wake, cancel);
        }

        try
        {
            return await Advance(wake, cancel);
        }
        catch (RecordConflictException conflict)
        {
            Vitals.Conflicts.Add(1);
            log.LogInformation("Another writer was first in {Cycle}: {Conflict}", cycle, conflict.Conflict);
            return TurnResult.Again(clock.GetCurrentInstant());
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Vitals.Failures.Add(1);
            log.LogError(failure, "A turn of {Cycle} failed", cycle);
            return await CountFailure(wake, cancel);
        }
    }

    /// <summary>"Try again": the cycle is due at once, with its failures forgotten.</summary>
    public async Task TryAgain(CycleId cycle, CancellationToken cancel = default)
    {
        while (await wakes.Find(cycle, cancel) is { IsParked: true } wake
            && !await wakes.TrySet(wake with { IsParked = false, Failures = 0, Next = clock.GetCurrentInstant() }, cancel))
        {
        }
    }

    private async Task<TurnResult> Advance(Wake wake, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var outbox = await cycles.Outbox(wake.Cycle, cancel);
        var stored = await cycles.Read(wake.Cycle, cancel);
        while (stored is not null)
        {
            await Deliver(stored.Snapshot, outbox, now, cancel);
            var plan = Planner.Plan(stored.Snapshot, now);
            await Commit(stored, plan, now, cancel);
            if (plan.Unseal is not { } round)
            {
                (wake, var next) = await KeepCalendar(wake, plan.After, now, cancel);
                return await Sleep(wake, next < plan.NextWake ? plan with { NextWake = next.Value } : plan, now, cancel);
            }

            await survey.Unseal(plan.After, round, now, cancel);
            outbox = await cycles.Outbox(wake.Cycle, cancel);
            stored = await cycles.Read(wake.Cycle, cancel);
        }

        // Its people stand, its own row does not: the kick-off is under way, or will be submitted again.
        var soon = now + KickOffTakesAtMost;
        return await Sleep(wake, TurnResult.Again(soon), soon, now, cancel);
    }

    /// <summary>The service is told by one turn at a time, of what stands once it may: of two at once the one that began earlier could have the last word.</summary>
    private async Task<(Wake Wake, Instant? Next)> KeepCalendar(Wake wake, Snapshot cycle, Instant now, CancellationToken cancel)
    {
        if (!SessionCalendar.HasToTell(cycle))
        {
            return await Note(wake, await calendar.Hear(cycle, now, cancel), now, cancel);
        }

        if (await leases.TryTake(cycle.Cycle, now, cancel) is not { } lease)
        {
            return (wake, now + CalendarLeases.LooksAgainAfter);
        }

        var standing = await cycles.Read(cycle.Cycle, cancel);
        var noted = await Note(wake, await calendar.Tell(standing!.Snapshot, now, cancel), now, cancel);
        await leases.Return(cycle.Cycle, lease, cancel);
        return noted;
    }

    /// <summary>What the calendar service said comes from outside, as what people tell: a turn that overtook this one must not sleep over it.</summary>
    private async Task<(Wake Wake, Instant? Next)> Note(Wake wake, CalendarNews news, Instant now, CancellationToken cancel)
    {
        if (news.Facts.IsEmpty)
        {
            return (wake, news.Next);
        }

        var expecting = await wakes.ExpectOwn(wake, now, cancel);
        await cycles.Record(wake.Cycle, news.Facts, now, cancel);
        return (expecting, news.Next);
    }

    private async Task Commit(StoredCycle stored, TurnPlan plan, Instant now, CancellationToken cancel)
    {
        await Book(plan, cancel);
        await NoteTrainings(plan, cancel);

        // What people told raises no revision: where nothing is to be recorded but a view has news, the row alone is rewritten.
        var isNews = plan.Changes.IsEmpty && await views.IsNews(plan, now, cancel: cancel);
        var revision = await cycles.Apply(stored, plan.Changes, now, isNews, cancel);
        await views.Show(plan, now, revision, cancel: cancel);
        await Deliver(plan.After, [.. plan.Changes.OfType<Issued>().Select(issued => issued.Key)], now, cancel);
    }

    /// <summary>Whose calendar gets the session is bound by it, from before that stands: a booking without its date is harmless, a date without its booking is a clash.</summary>
    private async Task Book(TurnPlan plan, CancellationToken cancel)
    {
        foreach (var put in plan.Changes.OfType<Issued>().Where(issued => issued.Calendar is { IsCancelled: false }))
        {
            await Bookings.Book(records, put.Key.Person, BookingOf(plan.After, put), cancel);
        }
    }

    /// <summary>Who has trained is asked for the refresh only elsewhere; noted before it stands, as what they told is true already.</summary>
    private async Task NoteTrainings(TurnPlan plan, CancellationToken cancel)
    {
        foreach (var trained in plan.Changes.OfType<FacilitatorsTrained>())
        {
            var training = new Training(plan.After.Cycle, plan.After.KickOff.Programme, trained.At);
            foreach (var person in trained.Facilitators)
            {
                await Trainings.Write(records, person, training, cancel);
            }
        }
    }

    /// <summary>Whose calendar loses it is free, once that stands: from the outbox, so that a turn that crashed is finished by the next.</summary>
    private async Task Free(Snapshot cycle, IEnumerable<MessageKey> outbox, CancellationToken cancel)
    {
        foreach (var taken in outbox.Select(cycle.IssuedOf).Where(issued => issued?.Calendar is { IsCancelled: true }))
        {
            await Bookings.Free(records, taken!.Key.Person, BookingOf(cycle, taken), cancel);
        }
    }

    private static Booking BookingOf(Snapshot cycle, Issued issued)
    {
        var session = cycle.SessionAt(issued.Calendar!.Starts);
        return new Booking(cycle.Cycle, session.Starts, session.Ends);
    }

    /// <summary>Hands the outbox to the post, then empties it: a message in the post is found there by its key and not put in twice.</summary>
    private async Task Deliver(Snapshot cycle, IReadOnlyList<MessageKey> outbox, Instant now, CancellationToken cancel)
    {
        await Free(cycle, outbox, cancel);
        await post.Insert(outbox, now, cancel);
        await cycles.EmptyOutbox(cycle.Cycle, outbox, cancel);
    }

    private async Task<TurnResult> Sleep(Wake wake, TurnPlan plan, Instant now, CancellationToken cancel)
    {
        if (!plan.After.HasEnded)
        {
            return await Sleep(wake, TurnResult.Asleep(plan), plan.NextWake, now, cancel);
        }

        if (wake.Expects > now)
        {
            return await Sleep(wake, TurnResult.Asleep(plan), wake.Expects.Value, now, cancel);
        }

        return await wakes.TryRemove(wake, cancel) ? TurnResult.End : TurnResult.Again(now);
    }

    /// <summary>Refused where somebody rang since the turn began: then the next turn is due at once.</summary>
    private async Task<TurnResult> Sleep(Wake wake, TurnResult result, Instant next, Instant now, CancellationToken cancel)
    {
        var asleep = wake.Sleep(next, now);
        var slept = await wakes.TrySet(asleep, cancel);
        return result.Until(slept ? asleep.Next : now);
    }

    private async Task<TurnResult> CountFailure(Wake wake, CancellationToken cancel)
    {
        var (failures, now) = (wake.Failures + 1, clock.GetCurrentInstant());
        if (failures >= FailuresBeforeParking)
        {
            return await Park(wake, now, cancel);
        }

        var next = now + Duration.FromMinutes(1 << failures);
        await wakes.TrySet(wake with { Failures = failures, Next = next }, cancel);
        return TurnResult.Again(next);
    }

    /// <summary>
    /// The cycle is parked first, and stays due until its coordinator is told: told first, and parked only after a crash or a
    /// ring in between, the mail would have been withdrawn as a false alarm, and not be sent again.
    /// </summary>
    private async Task<TurnResult> Park(Wake wake, Instant now, CancellationToken cancel)
    {
        await wakes.TrySet(wake with { IsParked = true, Parks = wake.Parks + 1, Next = now }, cancel);
        return TurnResult.Again(now);
    }

    private async Task<TurnResult> TellOfParking(Wake parked, CancellationToken cancel)
    {
        if (await cycles.CoordinatorOf(parked.Cycle, cancel) is { } coordinator)
        {
            var key = new MessageKey(parked.Cycle.Value, MessageKey.None, Parked, coordinator, $"p{parked.Parks}");
            await post.Insert([key], clock.GetCurrentInstant(), cancel);
        }

        await views.ShowParked(parked.Cycle, cancel);
        await wakes.TrySet(parked with { Next = Instant.MaxValue }, cancel);
        return TurnResult.End;
    }
}
