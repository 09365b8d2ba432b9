using NodaTime;

namespace Cohesion.Workflows.Calendars;

/// <summary>What a calendar program is told of an event (RFC 5546, 3.2).</summary>
public enum CalendarMethod
{
    /// <summary>The event is to be held, or has moved.</summary>
    Request,

    /// <summary>The event is not held, or the attendee is not in it any more.</summary>
    Cancel,
}

/// <summary>One event for one attendee, as it goes out by mail.</summary>
/// <param name="Method">What the calendar program does with it.</param>
/// <param name="Uid">The event's, the same for as long as it lives and for all who get it (RFC 5545, 3.8.4.7).</param>
/// <param name="Sequence">Its revision, from 0; a calendar program ignores one below that it has (RFC 5545, 3.8.7.4).</param>
/// <param name="Stamp">When this was written.</param>
/// <param name="Starts">When the event starts.</param>
/// <param name="Ends">When the event ends.</param>
/// <param name="Summary">Its title.</param>
/// <param name="Location">Where it is, or null while the place is to follow.</param>
/// <param name="Organizer">Who gets the replies that a calendar program sends.</param>
/// <param name="Attendee">Whose calendar it is for.</param>
/// <param name="HasAccepted">Whether the attendee has said yes by other means; nobody is asked to reply either way.</param>
public sealed record Invitation(
    CalendarMethod Method,
    string Uid,
    int Sequence,
    Instant Stamp,
    Instant Starts,
    Instant Ends,
    string Summary,
    string? Location,
    CalendarUser Organizer,
    CalendarUser Attendee,
    bool HasAccepted);

/// <summary>Somebody in a calendar.</summary>
public sealed record CalendarUser(string Name, string Address);

/// <summary>An invitation as the part of a mail: the part's type names the method again (RFC 6047, 2.4).</summary>
/// <param name="Method">REQUEST or CANCEL.</param>
/// <param name="Text">The VCALENDAR.</param>
public sealed record CalendarPart(CalendarMethod Method, string Text)
{
    public static CalendarPart Of(Invitation invitation) => new(invitation.Method, VCalendar.Of(invitation));
}
