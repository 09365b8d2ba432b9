using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Coordinators.Board;

/// <summary>A round of a stage as a bar.</summary>
/// <param name="Number">Of the stage in the cycle, from 1: what the legend names.</param>
/// <param name="X">From where.</param>
/// <param name="Y">From the top of its lane: stages that run at one time stand one under another.</param>
/// <param name="Width">How long.</param>
/// <param name="IsOpen">Whether it has not ended.</param>
public sealed record LaneBar(int Number, int X, int Y, int Width, bool IsOpen);

/// <param name="Line">Whose lane.</param>
/// <param name="Y">Of its top.</param>
/// <param name="Bars">Its stages.</param>
/// <param name="Session">Where its session is; null while there is no date.</param>
public sealed record Lane(BoardLine Line, int Y, IReadOnlyList<LaneBar> Bars, int? Session);

/// <summary>Communities as lanes over time, in whole units of an SVG picture. Twenty fit one screen.</summary>
public sealed class LaneChart
{
    public const int Width = 1200;
    public const int Names = 210;
    public const int Head = 28;
    public const int LaneHeight = 26;
    public const int BarHeight = 10;

    private const int LeastWidth = 3;
    private const int NameOfMonth = 30;
    private const int DaysBack = 270;
    private const int DaysAhead = 21;

    /// <summary>They run beside others: scheduling beside the training, the survey beside the coaching.</summary>
    private static readonly HashSet<StageId> Below = [StageIds.Scheduling, StageIds.SurveyCollection, StageIds.WrapUp];

    private readonly LocalDate _from;
    private readonly LocalDate _to;

    public LaneChart(IEnumerable<BoardLine> lines, LocalDate today)
    {
        var drawn = lines.Where(line => line.Row.Board is not null).ToList();
        var (starts, sessions) = (drawn.SelectMany(line => line.Row.Board!.Stages.Select(span => DateOf(line, span.From))), drawn.Select(line => line.Row.Board!.Session?.Date).OfType<LocalDate>());
        _from = Later(starts.Append(today.PlusDays(-DaysAhead)).Min(), today.PlusDays(-DaysBack));
        _to = sessions.Append(today).Max().PlusDays(DaysAhead);
        Today = X(today);
        Lanes = [.. drawn.Select((line, index) => LaneOf(line, Head + index * LaneHeight, today))];
        Months = [.. MonthsBetween()];
    }

    public IReadOnlyList<Lane> Lanes { get; }

    /// <summary>Where each month begins that has room for its name.</summary>
    public IReadOnlyList<(LocalDate First, int X)> Months { get; }

    public int Today { get; }

    public int Height => Head + Lanes.Count * LaneHeight + 4;

    /// <summary>A name of a lane has room for so many characters.</summary>
    public static string Shortened(string community)
    {
        const int room = 24;
        var info = new StringInfo(community);
        return info.LengthInTextElements <= room ? community : info.SubstringByTextElements(0, room - 1).TrimEnd() + "…";
    }

    private static LocalDate DateOf(BoardLine line, Instant at) => new CommunityDays(line.Zone).DateOf(at);

    private static LocalDate Later(LocalDate one, LocalDate other) => one > other ? one : other;

    private Lane LaneOf(BoardLine line, int y, LocalDate today)
    {
        var board = line.Row.Board!;
        var bars = board.Stages.Select(span => Bar(line, span, today)).Where(bar => bar.X + bar.Width > Names);
        return new Lane(line, y, [.. bars], board.Session is { } session && session.Date >= _from ? X(session.Date) : null);
    }

    private LaneBar Bar(BoardLine line, StageSpan span, LocalDate today)
    {
        var (from, to) = (X(Later(DateOf(line, span.From), _from)), X(span.To is { } end ? DateOf(line, end) : today));
        return new LaneBar(
            1 + CommunityCycle.Stages.FindIndex(stage => stage.Id == span.Stage),
            from,
            Below.Contains(span.Stage) ? BarHeight + 3 : 2,
            Math.Max(to - from, span.To < Start(line) ? 0 : LeastWidth),
            span.To is null);
    }

    private Instant Start(BoardLine line) => new CommunityDays(line.Zone).At(_from, LocalTime.Midnight);

    private int X(LocalDate date) => Names + Period.DaysBetween(_from, date) * (Width - Names) / Math.Max(Period.DaysBetween(_from, _to), 1);

    private IEnumerable<(LocalDate First, int X)> MonthsBetween()
    {
        for (var first = _from.ToYearMonth().PlusMonths(1).OnDayOfMonth(1); X(first) < Width - NameOfMonth; first = first.PlusMonths(1))
        {
            yield return (first, X(first));
        }
    }
}
