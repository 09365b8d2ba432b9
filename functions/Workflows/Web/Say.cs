using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Texts;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Web;

/// <summary>How dates, times and names are said to people.</summary>
public static class Say
{
    public const int LongestSubject = 55;

    private static readonly CountedWords Words = new();
    private static readonly LocalDatePattern DatePattern = LocalDatePattern.CreateWithInvariantCulture("ddd d MMM");
    private static readonly LocalDatePattern LongDatePattern = LocalDatePattern.CreateWithInvariantCulture("dddd d MMMM yyyy");
    private static readonly LocalDatePattern MonthPattern = LocalDatePattern.CreateWithInvariantCulture("MMMM yyyy");
    private static readonly LocalDatePattern ShortMonthPattern = LocalDatePattern.CreateWithInvariantCulture("MMM");
    private static readonly LocalDatePattern WeekdayPattern = LocalDatePattern.CreateWithInvariantCulture("dddd");
    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("h:mm tt");
    private static readonly LocalTimePattern BarePattern = LocalTimePattern.CreateWithInvariantCulture("h:mm");

    /// <summary>
    /// A text of the resources with its blanks filled in; the words that go with a count as <see cref="CountedWords"/> has them. What
    /// ends in a full stop of its own, as "Ann B." does, ends the sentence too.
    /// </summary>
    public static string Text(string format, params ReadOnlySpan<object?> blanks)
    {
        for (var i = 0; i < blanks.Length; i++)
        {
            var blank = string.Create(CultureInfo.InvariantCulture, $"{{{i}}}");
            format = blanks[i] is string text && text.EndsWith('.') ? format.Replace(blank + ".", blank, StringComparison.Ordinal) : format;
        }

        return string.Format(Words, format, blanks);
    }

    /// <summary>What a command prints, with the words that go with its counts: $"{n} {n:plan|plans}".</summary>
    public static string Counted(FormattableString text) => Text(text.Format, text.GetArguments());

    /// <summary>"Tue 12 May".</summary>
    public static string Date(LocalDate date) => DatePattern.Format(date);

    /// <summary>"Tuesday 12 May 2026".</summary>
    public static string LongDate(LocalDate date) => LongDatePattern.Format(date);

    /// <summary>"Mon 15 Mar, Mon 22 Mar to Fri 26 Mar".</summary>
    public static string Days(IEnumerable<DaySpan> spans) =>
        string.Join(", ", spans.Select(span => span.From == span.To ? Date(span.From) : Text(SayTexts.FromTo, Date(span.From), Date(span.To))));

    /// <summary>A session of the cycle that starts then: "Tuesday 12 May 2026, 6:00 to 8:00 pm Pacific Time (UTC-7)".</summary>
    public static string SessionTime(Snapshot cycle, LocalDateTime starts)
    {
        var (zone, session) = (cycle.KickOff.Zone, cycle.SessionAt(starts));
        var ends = new CommunityDays(zone).LocalTimeOf(session.Ends);
        var offset = session.Starts.InZone(DateTimeZoneProviders.Tzdb[zone]).Offset;
        return Text(SayTexts.SessionTime, LongDate(starts.Date), From(starts, ends), Time(ends), Zone(zone), Short(offset));
    }

    /// <summary>"Tue 12 May, 5:00 pm".</summary>
    public static string ShortTime(Instant instant, string zone)
    {
        var local = new CommunityDays(zone).LocalTimeOf(instant);
        return $"{Date(local.Date)}, {Time(local)}";
    }

    /// <summary>"May 2025".</summary>
    public static string Month(LocalDate date) => MonthPattern.Format(date);

    /// <summary>"May".</summary>
    public static string ShortMonth(LocalDate date) => ShortMonthPattern.Format(date);

    /// <summary>"Tuesday".</summary>
    public static string Weekday(LocalDate date) => WeekdayPattern.Format(date);

    public static string Time(LocalDateTime local) => Time(local.TimeOfDay);

    /// <summary>"5:00 pm".</summary>
    public static string Time(LocalTime time) => TimePattern.Format(time).ToLowerInvariant();

    /// <summary>"2 hours", "90 minutes".</summary>
    public static string Minutes(int minutes) =>
        minutes == 60 ? SayTexts.OneHour : minutes % 60 == 0 ? Text(SayTexts.Hours, minutes / 60) : Text(SayTexts.Minutes, minutes);

    /// <summary>"today", "tomorrow", "in 3 days".</summary>
    public static string InDays(int days) => days switch
    {
        <= 0 => SayTexts.Today,
        1 => SayTexts.Tomorrow,
        _ => Text(SayTexts.InDays, days),
    };

    /// <summary>"Pacific Time" of an IANA zone; its id where it has no name here.</summary>
    public static string Zone(string zone) => SayTexts.ResourceManager.GetString("Zone_" + zone.Replace('/', '_'), SayTexts.Culture) ?? zone;

    /// <summary>A subject line of at most 55 characters: the community, shortened where it must be, and what it is about.</summary>
    public static string Subject(string community, string about)
    {
        var room = Math.Max(LongestSubject - about.Length - 2, 8);
        var info = new StringInfo(community);
        var name = community.Length <= room ? community : info.SubstringByTextElements(0, Math.Min(info.LengthInTextElements, room - 1)).TrimEnd() + "…";
        return $"{name}: {about}";
    }

    /// <summary>“one”, then “another”.</summary>
    public static string InOrder(IEnumerable<string> titles) =>
        titles.Select(Quoted).Aggregate((before, next) => Text(SayTexts.Then, before, next));

    /// <summary>“one”.</summary>
    public static string Quoted(string title) => Text(SayTexts.Quoted, title);

    /// <summary>"Dr Ada Wong, Dr Bo Li and Dr Cy Ng".</summary>
    public static string Names(IEnumerable<string> names) => names.ToList() switch
    {
        [.. var before, var last] when before.Count > 0 => Text(SayTexts.And, string.Join(", ", before), last),
        var few => string.Concat(few),
    };

    public static string Role(Role role) => SayTexts.ResourceManager.GetString("Role_" + role, SayTexts.Culture)!;

    /// <summary>The stage's name as coordinators read it.</summary>
    public static string Stage(StageId stage) => SayTexts.ResourceManager.GetString("Stage_" + stage.Value.Replace('-', '_'), SayTexts.Culture)!;

    /// <summary>"-7", or "+5:30" where there are minutes.</summary>
    private static string Short(Offset offset) =>
        OffsetPattern.CreateWithInvariantCulture(offset.Seconds % 3600 == 0 ? "+%H" : "+H:mm").Format(offset);

    /// <summary>"6:00" where the end is in the same half of the day and says which it is, else "11:00 am".</summary>
    private static string From(LocalDateTime starts, LocalDateTime ends) =>
        starts.Date == ends.Date && starts.Hour / 12 == ends.Hour / 12 ? BarePattern.Format(starts.TimeOfDay) : Time(starts);
}
