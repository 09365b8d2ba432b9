using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>What a message tells its reader's calendar of the session.</summary>
/// <param name="Starts">The session's local start.</param>
/// <param name="IsCancelled">Whether it takes the session out.</param>
/// <param name="Sequence">Its revision: of one person's, each is higher than all before (RFC 5545, 3.8.7.4).</param>
/// <param name="Place">Where it says that the session is; null where that follows.</param>
/// <param name="IsChange">Whether it changes the place of an entry that was put in before.</param>
public sealed record CalendarEntry(LocalDateTime Starts, bool IsCancelled = false, int Sequence = 0, string? Place = null, bool IsChange = false)
{
    /// <summary>The session as it stands.</summary>
    public static CalendarEntry Of(Snapshot cycle) => new(cycle.Session()!.LocalStart, Place: cycle.Place());
}

/// <summary>Who has the session in their calendar: read from the messages that carried it.</summary>
public static class CalendarReading
{
    private const string Again = "-again-";

    /// <summary>The newest message of a stage that put the session into a person's calendar, or is about to; null where none did.</summary>
    public static Issued? PutInCalendar(this Snapshot cycle, StageId stage, PersonId person) =>
        cycle.IssuedTo(stage, person)
            .Where(issued => issued is { Calendar: { IsCancelled: false, IsChange: false }, Withdrawn: null, Bounced: null })
            .MaxBy(issued => issued.Calendar!.Sequence);

    /// <summary>What a message put in, as messages after it changed it.</summary>
    public static CalendarEntry Shown(this Snapshot cycle, Issued put) =>
        cycle.IssuedTo(put.Key.Person)
            .Where(issued => issued is { Calendar: { IsCancelled: false, IsChange: true }, Withdrawn: null, Bounced: null } && issued.Calendar.Sequence > put.Calendar!.Sequence)
            .MaxBy(issued => issued.Calendar!.Sequence)?.Calendar ?? put.Calendar!;

    /// <summary>Whether what a message put in is to be taken out: its reader is not expected any more, and the session has not begun.</summary>
    public static bool IsToBeTakenOut(this Snapshot cycle, Issued put, Instant now) =>
        cycle.Session() is not { } session || (now < session.Starts && !cycle.IsExpected(put.Key.Person));

    /// <summary>Whether a message finds it there to take it out; not where another has, which was to take out a newer date that nobody heard of.</summary>
    public static bool HasToTakeOut(this Snapshot cycle, MessageKey key) => cycle.IssuedOf(key) is { Withdrawn: null } || cycle.InCalendar(key.Person) is not null;

    /// <summary>The message that takes it out: another one where the first was withdrawn, as its reader was expected anew meanwhile.</summary>
    public static MessageKey TakesOut(this Snapshot cycle, MessageKey first)
    {
        var withdrawn = cycle.IssuedTo(first.Person).Count(issued => issued.Withdrawn is not null && (issued.Key == first || IsAgain(issued.Key, first)));
        return withdrawn == 0 ? first : first with { Occasion = FormattableString.Invariant($"{first.Occasion}{Again}{withdrawn}") };
    }

    private static bool IsAgain(MessageKey key, MessageKey first) =>
        key == first with { Occasion = key.Occasion } && key.Occasion.StartsWith(first.Occasion + Again, StringComparison.Ordinal);

    /// <summary>What a person's calendar shows, as they were told it last; null where the session is not in it.</summary>
    public static CalendarEntry? InCalendar(this Snapshot cycle, PersonId person) =>
        cycle.IssuedTo(person)
            .Where(issued => issued is { Calendar: not null, Withdrawn: null, Bounced: null })
            .MaxBy(issued => issued.Calendar!.Sequence)?.Calendar is { IsCancelled: false } entry ? entry : null;

    /// <summary>What it shows before a message changes it: what has reached it by then; null where the session is not in it.</summary>
    public static CalendarEntry? InCalendarBefore(this Snapshot cycle, MessageKey key)
    {
        var own = cycle.IssuedOf(key)?.Calendar?.Sequence ?? int.MaxValue;
        return cycle.IssuedTo(key.Person)
            .Where(issued => issued is { Calendar: not null, Accepted: not null, Bounced: null } && issued.Calendar.Sequence < own)
            .MaxBy(issued => issued.Calendar!.Sequence)?.Calendar is { IsCancelled: false } entry ? entry : null;
    }

    /// <summary>The revision of what a person's calendar is told next.</summary>
    public static int NextSequence(this Snapshot cycle, PersonId person) =>
        1 + cycle.IssuedTo(person).Select(issued => issued.Calendar?.Sequence ?? -1).DefaultIfEmpty(-1).Max();

    /// <summary>Whether a person is to come to the session: who chose its date, and who has a seat; nobody while there is no date, or when it is off.</summary>
    public static bool IsExpected(this Snapshot cycle, PersonId person) =>
        cycle.Session() is not null && !cycle.IsOff() && (cycle.Choosers().Contains(person) || cycle.HasSeat(person));

    private static bool HasSeat(this Snapshot cycle, PersonId person) =>
        cycle.RoundOf(StageIds.Attendance) is { } round
        && !cycle.IsPostponed()
        && cycle.HasRole(Role.Participant, person)
        && cycle.Find<Seat>(Seat.RowOf(round.Round, person)) is { } seat
        && seat.IsHeld()
        && cycle.Find<Replied>(Replied.RowOf(round.Round, person)) is { Comes: true } wish
        && wish.Wished() == seat.Wish;
}
