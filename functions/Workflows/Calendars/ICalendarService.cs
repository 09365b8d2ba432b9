using NodaTime;

namespace Cohesion.Workflows.Calendars;

/// <summary>
/// A service that holds events and tells the calendars of those invited by itself. Every call may be repeated: its caller cannot know
/// whether one whose reply was lost was heard.
/// </summary>
/// <remarks>
/// All throw <see cref="CalendarBusyException"/> where the service takes no calls for a while, and
/// <see cref="CalendarServiceException"/> where it is away or refuses; those that name an event throw <see cref="EventGoneException"/>
/// where somebody has removed it.
/// </remarks>
public interface ICalendarService
{
    /// <summary>Makes an event to which nobody is invited yet.</summary>
    /// <param name="transaction">Names the event: made again under the same name, it is the one made first.</param>
    /// <param name="draft">What it says.</param>
    /// <param name="cancel">Stops the wait.</param>
    Task<CreatedEvent> Create(string transaction, EventDraft draft, CancellationToken cancel = default);

    /// <summary>Sets its time and nothing else; all who are invited hear of it.</summary>
    Task Move(string id, Interval time, CancellationToken cancel = default);

    /// <summary>Sets its place and nothing else; null where that follows.</summary>
    Task Relocate(string id, string? place, CancellationToken cancel = default);

    /// <summary>Sets who is invited, at most <see cref="Cycles.EventWanted.MostPeople"/>; only those who come in or go out hear of it.</summary>
    Task Invite(string id, IReadOnlyCollection<CalendarUser> attendees, CancellationToken cancel = default);

    /// <summary>Takes it out of all calendars.</summary>
    Task Cancel(string id, string comment, CancellationToken cancel = default);

    /// <summary>What those who are invited said to it by their calendars; who said nothing is not in it.</summary>
    Task<IReadOnlyList<CalendarReply>> Replies(string id, CancellationToken cancel = default);

    /// <summary>When somebody is busy; none where the service does not keep their calendar.</summary>
    Task<IReadOnlyList<Interval>> Busy(string address, Interval within, CancellationToken cancel = default);
}

/// <summary>What an event says to all alike: it can be forwarded, so no link of one person stands in it.</summary>
public sealed record EventDraft(string Summary, string Text, Interval Time, string? Place, bool IsOnline);

/// <param name="Id">By which the service knows it.</param>
/// <param name="IsAsDrafted">False where it was made before, under the same name and of another draft.</param>
public sealed record CreatedEvent(string Id, bool IsAsDrafted);

/// <summary>What somebody said to an event by their calendar; of several answers the last.</summary>
public sealed record CalendarReply(string Address, bool Comes, Instant At);

/// <summary>The service is away, or refuses. Its message holds no name and no address.</summary>
public class CalendarServiceException(string said, Exception? inner = null) : Exception(said, inner);

/// <summary>The service takes no calls for a while (HTTP 429 or 503 with Retry-After; RFC 9110, 10.2.3).</summary>
public sealed class CalendarBusyException(string said, Duration after) : CalendarServiceException(said)
{
    public Duration After => after;
}

/// <summary>Somebody has removed the event in their calendar program.</summary>
public sealed class EventGoneException() : CalendarServiceException("The event is not there any more.");
