using System.Collections.Immutable;
using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows.Walking;

/// <summary>
/// Tells the calendar service what a cycle wants of it, and the cycle what people said there. Repeated after a crash it finishes the
/// rest; what the service was told last stands in the records, so two at once are told apart by the next turn.
/// </summary>
/// <param name="service">Null where this installation has none: a cycle that was started with one waits for it, and says so.</param>
public sealed class SessionCalendar(CycleRecords cycles, People people, ICalendarService? service, ILogger<SessionCalendar> log)
{
    private static readonly Duration PauseAfterFailure = Duration.FromMinutes(10);

    /// <summary>What carries the sessions of cycles that start now.</summary>
    public CalendarCarrier Carrier => service is null ? CalendarCarrier.Mail : CalendarCarrier.Service;

    /// <summary>Does what is to be done with the service.</summary>
    /// <returns>When the next turn is due for it: at once where something was recorded; null where nothing is to be done.</returns>
    public async Task<Instant?> Keep(Snapshot cycle, Instant now, CancellationToken cancel = default)
    {
        if (cycle.KickOff.Calendar != CalendarCarrier.Service)
        {
            return null;
        }

        var next = new List<Instant>();
        foreach (var wanted in cycle.UntoldEvents().ToList())
        {
            next.Add(await Tell(cycle, wanted, now, cancel));
        }

        if (next.Count == 0 && await Hear(cycle, now, cancel) is { } heard)
        {
            next.Add(heard);
        }

        return next.Count == 0 ? null : next.Min();
    }

    /// <summary>At which of some times a person is busy, as far as the service knows.</summary>
    public async Task<ImmutableHashSet<LocalDateTime>> BusyAt(Snapshot cycle, Person person, IReadOnlyCollection<LocalDateTime> slots, CancellationToken cancel = default)
    {
        if (service is null || slots.Count == 0)
        {
            return [];
        }

        var sessions = slots.Select(cycle.SessionAt).ToList();
        try
        {
            var busy = await service.Busy(person.Address, new Interval(sessions.Min(one => one.Starts), sessions.Max(one => one.Ends)), cancel);
            return [.. sessions.Where(one => busy.Any(time => time.Start < one.Ends && one.Starts < time.End)).Select(one => one.LocalStart)];
        }
        catch (CalendarServiceException failure)
        {
            log.LogWarning("It is not known when {Person} is busy: {Failure}", person.Id, failure.Message);
            return [];
        }
    }

    private async Task<Instant> Tell(Snapshot cycle, EventWanted wanted, Instant now, CancellationToken cancel)
    {
        var kept = cycle.KeptOf(wanted.Number) ?? new EventKept(wanted.Number, null);
        try
        {
            var told = await Tell(cycle, wanted, kept, now, cancel);
            await Record(cycle, told with { FailingSince = null }, now, cancel);
            return now;
        }
        catch (EventGoneException)
        {
            await Record(cycle, kept with { IsGone = true, FailingSince = null }, now, cancel);
            return now;
        }
        catch (CalendarServiceException failure)
        {
            log.LogWarning("The calendar service could not be told of {Cycle}: {Failure}", cycle.Cycle, failure.Message);
            var standing = (await cycles.Read(cycle.Cycle, cancel))?.Snapshot.KeptOf(wanted.Number) ?? kept;
            await Record(cycle, standing.Failing(now), now, cancel);
            return now + (failure is CalendarBusyException busy ? busy.After : PauseAfterFailure);
        }
    }

    private async Task<EventKept> Tell(Snapshot cycle, EventWanted wanted, EventKept kept, Instant now, CancellationToken cancel)
    {
        var calendar = service ?? throw new CalendarServiceException("This installation has no calendar service any more.");
        if (wanted.IsCancelled)
        {
            await Cancel(calendar, cycle, wanted, kept, cancel);
            return kept with { Told = wanted };
        }

        if (kept.Id is null)
        {
            var created = await calendar.Create($"{cycle.Cycle}-session-{wanted.Number}", Draft(cycle, wanted), cancel);
            kept = kept with { Id = created.Id, Told = created.IsAsDrafted ? wanted with { Revision = 0, People = [] } : null };
            await Record(cycle, kept, now, cancel);
        }

        await Change(calendar, cycle, kept.Id, kept.Told, wanted, cancel);
        return kept with { Told = wanted };
    }

    private async Task Change(ICalendarService calendar, Snapshot cycle, string id, EventWanted? told, EventWanted wanted, CancellationToken cancel)
    {
        if (told?.Starts != wanted.Starts)
        {
            await calendar.Move(id, Time(cycle, wanted), cancel);
        }

        if (told is null || told.Place != wanted.Place)
        {
            await calendar.Relocate(id, wanted.Place, cancel);
        }

        if (told is null || !told.People.SequenceEqual(wanted.People))
        {
            await calendar.Invite(id, await Attendees(wanted, cancel), cancel);
        }
    }

    /// <summary>An event that somebody has removed is out of all calendars. One that was never heard of may have been made: it is made, then cancelled.</summary>
    private static async Task Cancel(ICalendarService calendar, Snapshot cycle, EventWanted wanted, EventKept kept, CancellationToken cancel)
    {
        var id = kept.Id ?? (await calendar.Create($"{cycle.Cycle}-session-{wanted.Number}", Draft(cycle, wanted), cancel)).Id;
        try
        {
            await calendar.Cancel(id, Say.Text(CalendarTexts.Cancelled, cycle.KickOff.Phone), cancel);
        }
        catch (EventGoneException)
        {
            // It is out of all calendars.
        }
    }

    private static EventDraft Draft(Snapshot cycle, EventWanted wanted) => new(
        Say.Text(StageTexts.SessionSummary, cycle.KickOff.Community),
        Say.Text(CalendarTexts.Body, cycle.KickOff.Phone),
        Time(cycle, wanted),
        wanted.Place,
        cycle.Policy.Scheduling.IsOnline);

    private static Interval Time(Snapshot cycle, EventWanted wanted)
    {
        var session = cycle.SessionAt(wanted.Starts);
        return new Interval(session.Starts, session.Ends);
    }

    /// <summary>Two who share an address are one to a calendar.</summary>
    private async Task<IReadOnlyCollection<CalendarUser>> Attendees(EventWanted wanted, CancellationToken cancel)
    {
        var all = await people.GetAll(wanted.People, cancel);
        return [.. all.GroupBy(person => person.Address, StringComparer.OrdinalIgnoreCase)
            .Select(shared => new CalendarUser(Say.Names([.. shared.Select(person => person.Name)]), shared.Key))];
    }

    /// <summary>Of the session to come: what people said by their calendars since the cycle heard of it.</summary>
    private async Task<Instant?> Hear(Snapshot cycle, Instant now, CancellationToken cancel)
    {
        if (service is null || cycle.Session() is not { } session || now >= session.Starts)
        {
            return null;
        }

        try
        {
            var facts = new List<Fact>();
            foreach (var wanted in cycle.All<EventWanted>().Where(one => !one.IsCancelled))
            {
                facts.AddRange(await Hear(cycle, wanted, now, cancel));
            }

            if (facts.Count == 0)
            {
                return null;
            }

            await cycles.Record(cycle.Cycle, facts, now, cancel);
            return now;
        }
        catch (CalendarServiceException failure)
        {
            log.LogWarning("It is not known who comes to {Cycle} by their calendars: {Failure}", cycle.Cycle, failure.Message);
            return null;
        }
    }

    private async Task<IEnumerable<Fact>> Hear(Snapshot cycle, EventWanted wanted, Instant now, CancellationToken cancel)
    {
        if (cycle.KeptOf(wanted.Number) is not { Id: { } id, IsGone: false } kept)
        {
            return [];
        }

        try
        {
            var replies = await service!.Replies(id, cancel);
            return CalendarReplies.News(cycle, await people.GetAll(wanted.People, cancel), replies, now);
        }
        catch (EventGoneException)
        {
            return [kept with { IsGone = true }];
        }
    }

    private Task Record(Snapshot cycle, EventKept kept, Instant now, CancellationToken cancel) =>
        kept == cycle.KeptOf(kept.Number) ? Task.CompletedTask : cycles.Record(cycle.Cycle, [kept], now, cancel);
}
