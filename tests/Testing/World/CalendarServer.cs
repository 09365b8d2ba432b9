using Cohesion.Workflows.Calendars;
using NodaTime;

namespace Cohesion.Workflows.Testing;

/// <summary>An event as a calendar server holds it.</summary>
public sealed class HeldEvent(string id, string transaction, EventDraft draft)
{
    private readonly List<string> _told = [];

    public string Id => id;

    public string Transaction => transaction;

    public EventDraft Draft => draft;

    public Interval Time { get; set; } = draft.Time;

    public string? Place { get; set; } = draft.Place;

    public IReadOnlyList<CalendarUser> Attendees { get; set; } = [];

    public bool IsCancelled { get; set; }

    /// <summary>Somebody removed it in their calendar program.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>Who was told what by it, in order: "in alex@x.example", "out alex@x.example", "moved", "placed".</summary>
    public IReadOnlyList<string> Told => _told;

    public void Tell(params IEnumerable<string> what) => _told.AddRange(what);
}

/// <summary>A calendar server that outlives the process. It does a call and its reply is lost, or it never gets it, or is busy or away.</summary>
public sealed class CalendarServer(VirtualClock clock) : ICalendarService
{
    private readonly List<HeldEvent> _events = [];
    private readonly Dictionary<(string Id, string Address), CalendarReply> _replies = [];

    public IReadOnlyList<HeldEvent> Events => _events;

    public IEnumerable<HeldEvent> Live => _events.Where(one => !one.IsCancelled && !one.IsRemoved);

    public int Calls { get; private set; }

    /// <summary>What goes wrong with the n-th call.</summary>
    public Func<int, Mishap> Mishaps { get; set; } = _ => Mishap.None;

    /// <summary>Whether it cannot be reached.</summary>
    public Func<Instant, bool> IsAway { get; set; } = _ => false;

    /// <summary>When somebody is busy.</summary>
    public Func<string, IEnumerable<Interval>> BusyTimes { get; set; } = _ => [];

    /// <summary>Somebody answers in their calendar.</summary>
    public void Answer(string address, bool comes)
    {
        foreach (var one in Live.Where(one => one.Attendees.Any(attendee => attendee.Address == address)))
        {
            _replies[(one.Id, address)] = new CalendarReply(address, comes, clock.Now);
        }
    }

    public Task<CreatedEvent> Create(string transaction, EventDraft draft, CancellationToken cancel = default) => Call(() =>
    {
        if (_events.Find(held => held.Transaction == transaction) is { } before)
        {
            return before.IsRemoved ? throw new EventGoneException() : new CreatedEvent(before.Id, before.Draft == draft);
        }

        _events.Add(new HeldEvent($"event-{_events.Count + 1}", transaction, draft));
        return new CreatedEvent(_events[^1].Id, IsAsDrafted: true);
    });

    public Task Move(string id, Interval time, CancellationToken cancel = default) => Change(id, held =>
    {
        held.Time = time;
        held.Tell("moved");
    });

    public Task Relocate(string id, string? place, CancellationToken cancel = default) => Change(id, held =>
    {
        held.Place = place;
        held.Tell("placed");
    });

    public Task Invite(string id, IReadOnlyCollection<CalendarUser> attendees, CancellationToken cancel = default) => Change(id, held =>
    {
        var (before, after) = (held.Attendees.Select(one => one.Address).ToList(), attendees.Select(one => one.Address).ToList());
        held.Tell([.. after.Except(before).Select(one => $"in {one}"), .. before.Except(after).Select(one => $"out {one}")]);
        held.Attendees = [.. attendees];
    });

    public Task Cancel(string id, string comment, CancellationToken cancel = default) => Change(id, held => held.IsCancelled = true);

    public Task<IReadOnlyList<CalendarReply>> Replies(string id, CancellationToken cancel = default) => Call<IReadOnlyList<CalendarReply>>(() =>
    {
        var held = Find(id);
        return [.. held.Attendees.Select(one => _replies.GetValueOrDefault((id, one.Address))).OfType<CalendarReply>()];
    });

    public Task<IReadOnlyList<Interval>> Busy(string address, Interval within, CancellationToken cancel = default) =>
        Call<IReadOnlyList<Interval>>(() => [.. BusyTimes(address)]);

    private Task<bool> Change(string id, Action<HeldEvent> change) => Call(() =>
    {
        change(Find(id));
        return true;
    });

    private HeldEvent Find(string id) => Live.SingleOrDefault(held => held.Id == id) ?? throw new EventGoneException();

    private Task<T> Call<T>(Func<T> call)
    {
        var mishap = Mishaps(++Calls);
        if (IsAway(clock.Now) || mishap == Mishap.NeverArrived)
        {
            throw new CalendarServiceException("The calendar server is away.");
        }

        if (mishap == Mishap.Busy)
        {
            throw new CalendarBusyException("429", Duration.FromMinutes(3));
        }

        var done = call();
        return mishap == Mishap.None ? Task.FromResult(done) : throw new CalendarServiceException("The reply was lost.");
    }
}

/// <summary>The calendar server as one process sees it: it can die at each call, and others get in between.</summary>
/// <param name="server">What all processes share.</param>
/// <param name="life">Of this process.</param>
/// <param name="meanwhile">Happens before each call.</param>
public sealed class FaultyCalendar(ICalendarService server, Lifetime life, Func<Task> meanwhile) : ICalendarService
{
    public Task<CreatedEvent> Create(string transaction, EventDraft draft, CancellationToken cancel = default) =>
        Step(() => server.Create(transaction, draft, cancel));

    public Task Move(string id, Interval time, CancellationToken cancel = default) => Step(() => server.Move(id, time, cancel));

    public Task Relocate(string id, string? place, CancellationToken cancel = default) => Step(() => server.Relocate(id, place, cancel));

    public Task Invite(string id, IReadOnlyCollection<CalendarUser> attendees, CancellationToken cancel = default) =>
        Step(() => server.Invite(id, attendees, cancel));

    public Task Cancel(string id, string comment, CancellationToken cancel = default) => Step(() => server.Cancel(id, comment, cancel));

    public Task<IReadOnlyList<CalendarReply>> Replies(string id, CancellationToken cancel = default) => server.Replies(id, cancel);

    public Task<IReadOnlyList<Interval>> Busy(string address, Interval within, CancellationToken cancel = default) => server.Busy(address, within, cancel);

    private Task<bool> Step(Func<Task> step) => Step(async () =>
    {
        await step();
        return true;
    });

    private async Task<T> Step<T>(Func<Task<T>> step)
    {
        life.MustLive();
        await meanwhile();
        return await life.Step(step);
    }
}
