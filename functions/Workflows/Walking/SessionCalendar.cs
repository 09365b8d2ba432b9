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
public sealed class SessionCalendar(People people, ICalendarService? service, ILogger<SessionCalendar> log)
{
    private static readonly Duration PauseAfterFailure = Duration.FromMinutes(10);

    /// <summary>What carries the sessions of cycles that start now.</summary>
    public CalendarCarrier Carrier => service is null ? CalendarCarrier.Mail : CalendarCarrier.Service;

    /// <summary>Whether the service is yet to be told something.</summary>
    public static bool HasToTell(Snapshot cycle) => cycle.KickOff.Calendar == CalendarCarrier.Service && cycle.UntoldEvents().Any();

    /// <summary>Tells the service what it has not been told.</summary>
    /// <returns>What the cycle is to record of it, and when the next turn is due for it.</returns>
    public async Task<CalendarNews> Tell(Snapshot cycle, Instant now, CancellationToken cancel = default)
    {
        var told = CalendarNews.None;
        foreach (var wanted in cycle.UntoldEvents())
        {
            told = told.And(await Tell(cycle, wanted, now, cancel));
        }

        return told;
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

    private async Task<CalendarNews> Tell(Snapshot cycle, EventWanted wanted, Instant now, CancellationToken cancel)
    {
        var kept = cycle.KeptOf(wanted.Number) ?? new EventKept(wanted.Number, null);
        try
        {
            return CalendarNews.Of(await Tell(cycle, wanted, kept, cancel) with { FailingSince = null }, now);
        }
        catch (EventGoneException)
        {
            return CalendarNews.Of(kept with { IsGone = true, FailingSince = null }, now);
        }
        catch (CalendarServiceException failure)
        {
            log.LogWarning("The calendar service could not be told of {Cycle}: {Failure}", cycle.Cycle, failure.Message);
            var again = now + (failure is CalendarBusyException busy ? busy.After : PauseAfterFailure);
            return kept.FailingSince is null ? CalendarNews.Of(kept.Failing(now), again) : CalendarNews.None with { Next = again };
        }
    }

    /// <summary>By what it is known stands in the records before it is told more: the next turn does that.</summary>
    private async Task<EventKept> Tell(Snapshot cycle, EventWanted wanted, EventKept kept, CancellationToken cancel)
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
            return kept with { Id = created.Id, Told = created.IsAsDrafted ? wanted with { Revision = 0, People = [] } : null };
        }

        await Change(calendar, cycle, kept.Id, kept.Told, wanted, cancel);
        return kept with { Told = wanted };
    }

    private async Task Change(ICalendarService calendar, Snapshot cycle, string id, EventWanted? told, EventWanted wanted, CancellationToken cancel)
    {
        if (told is null || !told.StartsAs(wanted))
        {
            await calendar.Move(id, Time(cycle, wanted), cancel);
        }

        if (told is null || !told.IsPlacedAs(wanted))
        {
            await calendar.Relocate(id, wanted.Place, cancel);
        }

        if (told is null || !told.InvitesTheSameAs(wanted))
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
    public async Task<CalendarNews> Hear(Snapshot cycle, Instant now, CancellationToken cancel)
    {
        if (cycle.KickOff.Calendar != CalendarCarrier.Service || service is null || cycle.Session() is not { } session || now >= session.Starts)
        {
            return CalendarNews.None;
        }

        try
        {
            var facts = new List<Fact>();
            foreach (var wanted in cycle.All<EventWanted>().Where(one => !one.IsCancelled))
            {
                facts.AddRange(await Hear(cycle, wanted, now, cancel));
            }

            return facts.Count == 0 ? CalendarNews.None : new CalendarNews([.. facts], now);
        }
        catch (CalendarServiceException failure)
        {
            log.LogWarning("It is not known who comes to {Cycle} by their calendars: {Failure}", cycle.Cycle, failure.Message);
            return CalendarNews.None;
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
}

/// <summary>What comes of a turn's talk with the calendar service.</summary>
/// <param name="Facts">To be recorded.</param>
/// <param name="Next">When the next turn is due for it: at once where something is to be recorded that is told further; null where nothing is to be done.</param>
public sealed record CalendarNews(ImmutableList<Fact> Facts, Instant? Next)
{
    public static CalendarNews None { get; } = new([], null);

    public static CalendarNews Of(EventKept kept, Instant next) => new([kept], next);

    public CalendarNews And(CalendarNews other) => new(Facts.AddRange(other.Facts), new[] { Next, other.Next }.Min());
}
