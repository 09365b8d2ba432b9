using Cohesion.Workflows.Asks;
using Cohesion.Workflows.Coordinators.Board;
using Cohesion.Workflows.Coordinators.Decisions;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Coordinators.Today;

/// <summary>A form of the page that was refused.</summary>
/// <param name="Visit">To the community that it is about.</param>
/// <param name="Problem">Why.</param>
/// <param name="Typed">What was typed: it stays, there and nowhere else.</param>
public sealed record Refused(Visit Visit, string Problem, IFormCollection Typed);

/// <summary>A community that needs its coordinator.</summary>
/// <param name="Visit">As it is now.</param>
/// <param name="Open">What is decided in place.</param>
/// <param name="ToFindOut">What else the coordinator is asked: no form of theirs, but what others can tell them.</param>
/// <param name="Known">Its people.</param>
public sealed record CommunityInNeed(
    Visit Visit, IReadOnlyList<OpenDecision> Open, IReadOnlyList<OpenAsk> ToFindOut, IReadOnlyDictionary<PersonId, Person> Known);

/// <summary>A community that another coordinator has to see to.</summary>
public sealed record InNeedOfAnother(BoardLine Line, string Coordinator);

/// <summary>A community that is paused.</summary>
/// <param name="Line">As a line.</param>
/// <param name="Pause">Since when, and why.</param>
/// <param name="By">The name of who paused it.</param>
public sealed record PausedCommunity(BoardLine Line, Adapted Pause, string By);

/// <summary>What a coordinator sees to today.</summary>
/// <param name="Board">Every community as a line.</param>
/// <param name="Zone">The reader's.</param>
/// <param name="Waiting">Mail that has to wait; null where none does.</param>
/// <param name="Stopped">Those that go on once the reader says so.</param>
/// <param name="InNeed">Those that need the reader.</param>
/// <param name="Others">Those that need another.</param>
/// <param name="Paused">Those of the reader that are paused.</param>
/// <param name="Refused">What was just refused.</param>
public sealed record TodayView(
    BoardView Board,
    string Zone,
    WaitingMail? Waiting,
    IReadOnlyList<BoardLine> Stopped,
    IReadOnlyList<CommunityInNeed> InNeed,
    IReadOnlyList<InNeedOfAnother> Others,
    IReadOnlyList<PausedCommunity> Paused,
    Refused? Refused)
{
    private const int Days = 7;

    /// <inheritdoc cref="BoardView.AtRisk"/>
    public IReadOnlyList<(BoardLine Line, IReadOnlyList<Risk> Risks)> AtRisk { get; } = [.. Board.AtRisk()];

    /// <summary>The days from today on with what is on each; those on which nothing is are left out, but for holidays.</summary>
    public IReadOnlyList<(LocalDate Day, IReadOnlyList<DayEntry> Entries)> Week { get; } = WeekOf(Board);

    public int Needs => Stopped.Count + InNeed.Count;

    private static List<(LocalDate, IReadOnlyList<DayEntry>)> WeekOf(BoardView board)
    {
        var entries = MonthOf.Entries(board.Lines.Where(line => line.IsMine), board.Now);
        return
        [
            .. Enumerable.Range(0, Days).Select(board.Today.PlusDays)
                .Select(day => (day, (IReadOnlyList<DayEntry>)[.. entries[day]]))
                .Where(day => day.Item2.Count > 0 || Planning.Holidays.IsHoliday(day.day)),
        ];
    }
}
