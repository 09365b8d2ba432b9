using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Coordinators.Board;

/// <summary>The list as a table for a spreadsheet. Times are local to the community.</summary>
public static class BoardCsv
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    public static FileContentHttpResult File(IEnumerable<BoardLine> lines) => CsvTable.File(
        "communities.csv",
        [
            BoardTexts.Community, BoardTexts.Programme, BoardTexts.Stage, BoardTexts.Waiting, BoardTexts.Since, BoardTexts.Next, BoardTexts.NextWhat,
            BoardTexts.SessionColumn, BoardTexts.Zone, BoardTexts.Risk,
        ],
        lines.Select(Fields));

    private static string[] Fields(BoardLine line) =>
    [
        line.Row.Community,
        line.Programme,
        line.Where,
        line.Waiting,
        Local(line.Row.Board?.Since, line.Zone),
        Local(line.Next?.At, line.Zone),
        line.Next?.What ?? "",
        line.Row.Board?.Session is { } session ? Minute.Format(session) : "",
        line.Row.Board?.Zone ?? "",
        string.Join("; ", line.Risks.Select(BoardWords.Of)),
    ];

    private static string Local(Instant? instant, string zone) => instant is { } at ? Minute.Format(new CommunityDays(zone).LocalTimeOf(at)) : "";
}
