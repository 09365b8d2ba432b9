using System.Globalization;
using Cohesion.Workflows.Calendars;
using Microsoft.Graph.Models;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Graph;

/// <summary>Between what the product says of an event and what Graph does (learn.microsoft.com/graph/api/resources/event).</summary>
internal static class GraphEvents
{
    private const string Utc = "UTC";

    /// <summary>A property of ours on an event; the set's id is ours alone.</summary>
    private const string Transaction = "String {6d7a53a5-9d0c-4bbf-8d36-3d1b0d6a6f3e} Name CohesionTransaction";

    private static readonly LocalDateTimePattern TimePattern = LocalDateTimePattern.ExtendedIso;

    public static Event Of(string transaction, EventDraft draft) => new()
    {
        TransactionId = transaction,
        SingleValueExtendedProperties = [new SingleValueLegacyExtendedProperty { Id = Transaction, Value = transaction }],
        Subject = draft.Summary,
        Body = new ItemBody { ContentType = BodyType.Text, Content = draft.Text },
        Start = Time(draft.Time.Start),
        End = Time(draft.Time.End),
        Location = Place(draft.Place),
        HideAttendees = true,
        AllowNewTimeProposals = false,
        ResponseRequested = true,
        IsOnlineMeeting = draft.IsOnline,
        OnlineMeetingProvider = draft.IsOnline ? OnlineMeetingProviderType.TeamsForBusiness : null,
    };

    public static string HasTransaction(string transaction) =>
        $"singleValueExtendedProperties/Any(ep: ep/id eq '{Transaction}' and ep/value eq '{transaction}')";

    public static bool IsAsDrafted(Event created, EventDraft draft) =>
        InstantOf(created.Start) == draft.Time.Start && InstantOf(created.End) == draft.Time.End && (created.Location?.DisplayName ?? "") == (draft.Place ?? "");

    public static DateTimeTimeZone Time(Instant instant) => new() { DateTime = TimePattern.Format(instant.InUtc().LocalDateTime), TimeZone = Utc };

    public static Location Place(string? place) => new() { DisplayName = place ?? "" };

    public static Attendee Attendee(CalendarUser user) => new()
    {
        EmailAddress = new EmailAddress { Name = user.Name, Address = user.Address },
        Type = AttendeeType.Required,
    };

    /// <summary>Null where they have not said yes or no.</summary>
    public static CalendarReply? Reply(Attendee attendee) => attendee.Status is { Response: ResponseType.Accepted or ResponseType.Declined, Time: { } at }
        ? new CalendarReply(attendee.EmailAddress!.Address!, attendee.Status.Response == ResponseType.Accepted, Instant.FromDateTimeOffset(at))
        : null;

    public static bool IsBusy(ScheduleItem item) => item.Status is FreeBusyStatus.Busy or FreeBusyStatus.Oof;

    public static Interval TimeOf(ScheduleItem item) => new(InstantOf(item.Start), InstantOf(item.End));

    /// <summary>Graph writes seven digits after the second, and leaves the zone to another property: UTC, as it was asked for.</summary>
    private static Instant InstantOf(DateTimeTimeZone? time) =>
        Instant.FromDateTimeUtc(DateTime.Parse(time!.DateTime!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));
}
