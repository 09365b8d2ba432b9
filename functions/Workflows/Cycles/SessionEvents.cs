using System.Collections.Immutable;
using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>By whom the session gets into people's calendars. Fixed when the cycle starts.</summary>
public enum CalendarCarrier
{
    /// <summary>Each mail that tells of it carries it.</summary>
    Mail,

    /// <summary>A calendar service holds it and invites people itself.</summary>
    Service,
}

/// <summary>What the calendar service is to hold of the session: an event, several where more come than one takes.</summary>
/// <param name="Number">From 1. One that was cancelled is not used again.</param>
/// <param name="Revision">From 1, and one more with each change.</param>
/// <param name="Starts">The session's local start.</param>
/// <param name="Place">Where it is; null where that follows.</param>
/// <param name="People">Who is invited, in the order of their ids.</param>
/// <param name="IsCancelled">Whether it is to be taken out of all calendars.</param>
/// <param name="Corrections">Changes whenever a name or an address of those invited is corrected.</param>
/// <param name="StartSince">
/// The revision since which it has this start: one that went and came back is not taken for one that stayed, as the service may have heard
/// of what was in between.
/// </param>
/// <param name="PlaceSince">The revision since which it has this place.</param>
/// <param name="PeopleSince">The revision since which it has these people.</param>
public sealed record EventWanted(
    int Number, int Revision, LocalDateTime Starts, string? Place, ImmutableList<PersonId> People, bool IsCancelled = false, int Corrections = 0,
    int StartSince = 0, int PlaceSince = 0, int PeopleSince = 0)
    : Fact
{
    /// <summary>More attendees Exchange does not take (Microsoft Graph, event resource).</summary>
    public const int MostPeople = 500;

    public override string Row() => RowFact.Of("event-wanted", RowFact.Round(Number));

    public bool SaysTheSameAs(EventWanted other) =>
        IsCancelled == other.IsCancelled && StartsAs(other) && IsPlacedAs(other) && InvitesTheSameAs(other);

    /// <summary>At the same time, and at no other since.</summary>
    public bool StartsAs(EventWanted other) => (Starts, StartSince) == (other.Starts, other.StartSince);

    /// <summary>In the same place, and in no other since.</summary>
    public bool IsPlacedAs(EventWanted other) => (Place, PlaceSince) == (other.Place, other.PlaceSince);

    /// <summary>The same people under the same names and addresses, and no others since.</summary>
    public bool InvitesTheSameAs(EventWanted other) =>
        (Corrections, PeopleSince) == (other.Corrections, other.PeopleSince) && People.SequenceEqual(other.People);

    /// <summary>As the next revision.</summary>
    /// <param name="before">The one before it; null where it is the first.</param>
    public EventWanted After(EventWanted? before)
    {
        var next = Revision + 1;
        return this with
        {
            Revision = next,
            StartSince = before is not null && StartsAs(before) ? StartSince : next,
            PlaceSince = before is not null && IsPlacedAs(before) ? PlaceSince : next,
            PeopleSince = before is not null && InvitesTheSameAs(before) ? PeopleSince : next,
        };
    }
}

/// <summary>What the calendar service was last told of an event.</summary>
/// <param name="Number">Which.</param>
/// <param name="Id">By which the service knows it; null before it was made.</param>
/// <param name="Told">What it was told; null where that is not known.</param>
/// <param name="IsGone">Whether somebody has removed it there: it is never made again.</param>
/// <param name="FailingSince">Since when it cannot be told; null where it can.</param>
/// <param name="Failures">How often it began to fail: part of message keys.</param>
public sealed record EventKept(int Number, string? Id, EventWanted? Told = null, bool IsGone = false, Instant? FailingSince = null, int Failures = 0) : Fact
{
    public override string Row() => RowOf(Number);

    public static string RowOf(int number) => RowFact.Of("event-kept", RowFact.Round(number));

    public EventKept Failing(Instant now) => FailingSince is null ? this with { FailingSince = now, Failures = Failures + 1 } : this;
}

/// <summary>Somebody said by their calendar whether they come.</summary>
/// <param name="Round">The round of scheduling that fixed the date.</param>
/// <param name="Person">Who.</param>
/// <param name="Comes">Whether.</param>
/// <param name="By">The same.</param>
/// <param name="At">When they said so.</param>
public sealed record CalendarAnswered(int Round, PersonId Person, bool Comes, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => RowOf(Round, Person);

    public static string RowOf(int round, PersonId person) => RowFact.Of("calendar-answered", RowFact.Round(round), person);
}

/// <summary>What plans read of the session's events.</summary>
public static class EventReading
{
    public static EventKept? KeptOf(this Snapshot cycle, int number) => cycle.Find<EventKept>(EventKept.RowOf(number));

    /// <summary>The events of the session that somebody has removed in the service.</summary>
    public static IEnumerable<EventWanted> GoneEvents(this Snapshot cycle) =>
        cycle.All<EventWanted>().Where(wanted => !wanted.IsCancelled && cycle.KeptOf(wanted.Number) is { IsGone: true });

    /// <summary>What the service has not been told.</summary>
    public static IEnumerable<EventWanted> UntoldEvents(this Snapshot cycle) =>
        cycle.All<EventWanted>().Where(wanted => cycle.KeptOf(wanted.Number) is not { } kept || (!kept.IsGone && kept.Told?.Revision != wanted.Revision));
}
