using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Coordinators.Board;

/// <summary>What a page on all communities shows.</summary>
/// <param name="Lines">Those that the filter keeps, in its order.</param>
/// <param name="Everything">All there are.</param>
/// <param name="Filter">Which are shown.</param>
/// <param name="Programmes">The names by id.</param>
/// <param name="Today">In the reader's zone.</param>
/// <param name="Now">When.</param>
public sealed record BoardView(
    IReadOnlyList<BoardLine> Lines,
    IReadOnlyList<BoardLine> Everything,
    BoardFilter Filter,
    IReadOnlyDictionary<string, string> Programmes,
    LocalDate Today,
    Instant Now)
{
    /// <summary>Of the reader's own those at risk, the session that comes first first. That a community has stopped is told apart.</summary>
    public IEnumerable<(BoardLine Line, IReadOnlyList<Risk> Risks)> AtRisk() => Lines.Where(line => line.IsMine)
        .Select(line => (Line: line, Risks: (IReadOnlyList<Risk>)[.. line.Risks.Where(risk => risk.Kind != RiskKind.Stopped)]))
        .Where(one => one.Risks.Count > 0)
        .OrderBy(one => one.Line.Session is null).ThenBy(one => one.Line.Session?.Starts);
}

/// <summary>All communities at a glance: as a list, a table for a spreadsheet, a month, lanes. Each reads one range of rows.</summary>
public sealed class BoardPages(HomeRows home, People people, AccountList accounts, Absences absences, ProgrammeVersions programmes, IClock clock)
{
    public async Task<IResult> List(HttpContext http)
    {
        var view = await Read(http, BoardFilter.From(http.Request.Query));
        return Pages.Of<CyclesPage>((nameof(CyclesPage.View), view), (nameof(CyclesPage.Page), Part(http, view)));
    }

    public async Task<IResult> Csv(HttpContext http)
    {
        var view = await Read(http, BoardFilter.From(http.Request.Query));
        return BoardCsv.File(view.Lines);
    }

    public async Task<IResult> Month(HttpContext http)
    {
        var view = await Read(http, Past(BoardFilter.From(http.Request.Query)));
        return Pages.Of<MonthPage>(
            (nameof(MonthPage.View), view),
            (nameof(MonthPage.Month), MonthOf.From(http.Request.Query["month"].ToString(), view.Today)));
    }

    public async Task<IResult> Lanes(HttpContext http)
    {
        var view = await Read(http, BoardFilter.From(http.Request.Query));
        return Pages.Of<LanesPage>((nameof(LanesPage.View), view), (nameof(LanesPage.Page), Part(http, view)));
    }

    private static BoardPage Part(HttpContext http, BoardView view) => BoardPage.Of(view.Lines, http.Request.Query["page"].ToString());

    /// <summary>A month that has passed shows the sessions of communities that are complete.</summary>
    private static BoardFilter Past(BoardFilter filter) => filter.Stage.Length == 0 ? filter with { Stage = BoardFilter.All } : filter;

    /// <summary>Of those that are theirs who is signed in.</summary>
    public async Task<BoardView> Read(HttpContext http, BoardFilter filter) =>
        await Read(http.Account()!, await people.Get(SignIn.Of(http.User), http.RequestAborted), filter, http.RequestAborted);

    /// <summary>Of those that are theirs whose account it is.</summary>
    public async Task<BoardView> Read(Account account, Person reader, BoardFilter filter, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var names = (await programmes.Now(cancel)).All.ToDictionary(programme => programme.Id, programme => programme.Name);
        var mine = await Mine(reader.Id, now, cancel);
        var lines = await home.All(cancel)
            .Where(account.Covers)
            .Select(row => new BoardLine(row, names.GetValueOrDefault(row.Board?.Programme ?? "", row.Board?.Programme ?? ""), row.Board is null || mine.Contains(row.Board.Coordinator), now))
            .ToListAsync(cancel);
        return new BoardView(filter.Of(lines), lines, filter, names, new CommunityDays(reader.Zone).DateOf(now), now);
    }

    /// <summary>Whose communities are the reader's to see to: their own, and of those for whom they stand in.</summary>
    private async Task<HashSet<PersonId>> Mine(PersonId reader, Instant now, CancellationToken cancel)
    {
        var mine = new HashSet<PersonId> { reader };
        foreach (var coordinator in await accounts.All(cancel))
        {
            if ((await absences.StandIn(coordinator, now, cancel)).Id == reader)
            {
                mine.Add(coordinator.Id);
            }
        }

        return mine;
    }
}
