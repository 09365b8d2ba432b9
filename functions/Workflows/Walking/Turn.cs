using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.SurveyCollection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows.Walking;

/// <summary>Where a cycle stands after a turn. Ids, flags and times only: it is kept in orchestration history.</summary>
/// <param name="Stage">The earliest open stage.</param>
/// <param name="NextWake">When the next turn is due.</param>
/// <param name="Ended">Whether there is no next turn.</param>
public sealed record TurnResult(StageId Stage, Instant NextWake, bool Ended);

/// <summary>
/// One turn of a cycle: reads it, plans it, records the plan, hands messages to the post, sets the next wake. Repeated after a
/// crash it finishes the rest; two at once do no harm, since the cycle row's ETag lets one of them through.
/// </summary>
public sealed class Turn(
    IRecordStore records, CycleRecords cycles, Wakes wakes, PostOffice post, SurveyAnswers survey, HomeRows home, IClock clock, ILogger<Turn> log)
{
    /// <summary>Turns that fail in a row before the cycle is parked and its coordinator told.</summary>
    public const int FailuresBeforeParking = 5;

    private static readonly TurnResult Gone = new(StageIds.WrapUp, Instant.MaxValue, Ended: true);
    private static readonly Duration KickOffTakesAtMost = Duration.FromMinutes(1);

    /// <summary>Takes a turn. Never throws for what a cycle does; a failure is counted, and the fifth parks the cycle.</summary>
    public async Task<TurnResult> Take(CycleId cycle, CancellationToken cancel = default)
    {
        var wake = await wakes.Find(cycle, cancel);
        if (wake is null || wake.IsParked)
        {
            return Gone;
        }

        try
        {
            return await Advance(wake, cancel);
        }
        catch (RecordConflictException conflict)
        {
            log.LogInformation("Another writer was first in {Cycle}: {Conflict}", cycle, conflict.Conflict);
            return new TurnResult(StageIds.CaseStudySelection, clock.GetCurrentInstant(), Ended: false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "A turn of {Cycle} failed", cycle);
            return await CountFailure(wake, cancel);
        }
    }

    /// <summary>"Try again": the cycle is due at once, with its failures forgotten.</summary>
    public async Task TryAgain(CycleId cycle, CancellationToken cancel = default)
    {
        if (await wakes.Find(cycle, cancel) is { IsParked: true } wake)
        {
            await wakes.TrySet(wake with { IsParked = false, Failures = 0, Next = clock.GetCurrentInstant() }, cancel);
        }
    }

    private async Task<TurnResult> Advance(Wake wake, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var stored = await cycles.Read(wake.Cycle, cancel);
        while (stored is not null)
        {
            await Deliver(stored, now, cancel);
            var plan = Planner.Plan(stored.Snapshot, now);
            await Commit(stored, plan, now, cancel);
            if (plan.Unseal is not { } round)
            {
                return await Sleep(wake, plan, now, cancel);
            }

            await survey.Unseal(plan.After, round, now, cancel);
            stored = await cycles.Read(wake.Cycle, cancel);
        }

        // Its people stand, its own row does not: the kick-off is under way, or will be submitted again.
        return await Sleep(wake, StageIds.CaseStudySelection, now + KickOffTakesAtMost, now, cancel);
    }

    private async Task Commit(StoredCycle stored, TurnPlan plan, Instant now, CancellationToken cancel)
    {
        if (plan.Changes.OfType<SessionDated>().Any())
        {
            await Book(plan.After, cancel);
        }

        var revision = await cycles.Apply(stored, plan.Changes, now, cancel);
        await home.Show(new HomeRow(stored.Snapshot.Cycle, plan.After.KickOff.Community, StageOf(plan), revision), cancel);
        await Deliver(stored with { Outbox = [.. plan.Changes.OfType<Issued>().Select(issued => issued.Key)] }, now, cancel);
    }

    /// <summary>Before the date stands: a booking without its date is harmless, a date without its booking is a clash.</summary>
    private Task Book(Snapshot cycle, CancellationToken cancel)
    {
        var session = cycle.Session()!;
        return Bookings.Book(records, cycle.Choosers(), new Booking(cycle.Cycle, session.Starts, session.Ends), cancel);
    }

    /// <summary>Hands the outbox to the post, then empties it: a message in the post is found there by its key and not put in twice.</summary>
    private async Task Deliver(StoredCycle stored, Instant now, CancellationToken cancel)
    {
        await post.Insert(stored.Outbox, now, cancel);
        await cycles.EmptyOutbox(stored.Snapshot.Cycle, stored.Outbox, cancel);
    }

    private async Task<TurnResult> Sleep(Wake wake, TurnPlan plan, Instant now, CancellationToken cancel)
    {
        if (plan.After.HasEnded)
        {
            return await wakes.TryRemove(wake, cancel) ? Gone : Gone with { NextWake = now, Ended = false };
        }

        return await Sleep(wake, StageOf(plan)!.Value, plan.NextWake, now, cancel);
    }

    /// <summary>The earliest open stage, or null after the end.</summary>
    private static StageId? StageOf(TurnPlan plan) => Planner.OpenStages(plan.After).Cast<StageId?>().FirstOrDefault();

    /// <summary>Refused where somebody rang since the turn began: then the next turn is due at once.</summary>
    private async Task<TurnResult> Sleep(Wake wake, StageId stage, Instant next, Instant now, CancellationToken cancel)
    {
        var slept = await wakes.TrySet(wake with { Next = next, Failures = 0 }, cancel);
        return new TurnResult(stage, slept ? next : now, Ended: false);
    }

    private async Task<TurnResult> CountFailure(Wake wake, CancellationToken cancel)
    {
        var failures = wake.Failures + 1;
        var next = clock.GetCurrentInstant() + Duration.FromMinutes(1 << failures);
        var counted = wake with { Failures = failures, Next = next };
        if (failures < FailuresBeforeParking)
        {
            await wakes.TrySet(counted, cancel);
            return new TurnResult(StageIds.CaseStudySelection, next, Ended: false);
        }

        await Park(counted with { IsParked = true, Parks = wake.Parks + 1 }, cancel);
        return Gone;
    }

    private async Task Park(Wake parked, CancellationToken cancel)
    {
        if (await cycles.CoordinatorOf(parked.Cycle, cancel) is { } coordinator)
        {
            var key = new MessageKey(parked.Cycle.Value, MessageKey.None, "parked", coordinator, $"p{parked.Parks}");
            await post.Insert([key], clock.GetCurrentInstant(), cancel);
        }

        await wakes.TrySet(parked, cancel);
    }
}
