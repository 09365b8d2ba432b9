using Cohesion.Workflows.Asks;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Texts;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Coordinators.Board;

/// <summary>Something on a day of a month.</summary>
/// <param name="Line">Of which community.</param>
/// <param name="At">When, there.</param>
/// <param name="What">"session", "dates".</param>
/// <param name="InFull">The same where there is room: "the lead and the facilitators choose the case".</param>
/// <param name="IsSession">Whether it is the session; else until then people are to do something.</param>
public sealed record DayEntry(BoardLine Line, LocalDateTime At, string What, string InFull, bool IsSession);

/// <summary>A month as whole weeks from Sunday on, as calendars in Canada have it.</summary>
public static class MonthOf
{
    private const int FirstYear = 2000;
    private const int LastYear = 2199;

    private static readonly YearMonthPattern Pattern = YearMonthPattern.Iso;

    /// <summary>The month of an address, "2027-03"; today's where it is none.</summary>
    public static YearMonth From(string text, LocalDate today) =>
        Pattern.Parse(text) is { Success: true, Value: { Year: >= FirstYear and <= LastYear } month } ? month : today.ToYearMonth();

    public static string Text(YearMonth month) => Pattern.Format(month);

    public static IEnumerable<LocalDate[]> Weeks(YearMonth month)
    {
        var interval = month.ToDateInterval();
        var first = interval.Start.PlusDays(-((int)interval.Start.DayOfWeek % 7));
        var days = Period.DaysBetween(first, interval.End) + 1;
        return Enumerable.Range(0, days + (7 - days % 7) % 7).Select(first.PlusDays).Chunk(7);
    }

    /// <summary>Sessions, and until when something is asked now, by the day in the community.</summary>
    public static ILookup<LocalDate, DayEntry> Entries(IEnumerable<BoardLine> lines, Instant now) => lines
        .SelectMany(line => Sessions(line).Concat(Deadlines(line, now)))
        .OrderBy(entry => entry.At.TimeOfDay)
        .ThenBy(entry => entry.Line.Row.Community, StringComparer.Ordinal)
        .ToLookup(entry => entry.At.Date);

    private static IEnumerable<DayEntry> Sessions(BoardLine line) =>
        line.Row.Board?.Session is { } session ? [new DayEntry(line, session, BoardTexts.Session, BoardTexts.Session, IsSession: true)] : [];

    private static IEnumerable<DayEntry> Deadlines(BoardLine line, Instant now) => (line.Row.Next?.Now ?? [])
        .Where(step => step.At > now)
        .Select(step => (step.At, Ask: new AskKind(step.Stage, step.Kind)))
        .Select(step => new DayEntry(
            line, new CommunityDays(line.Zone).LocalTimeOf(step.At!.Value), AskWords.InShort(step.Ask), AskWords.InFull(step.Ask), IsSession: false))
        .Distinct();
}
