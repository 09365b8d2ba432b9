using System.Text;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Texts;
using CsvHelper;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Coordinators.Board;

/// <summary>The list as a table for a spreadsheet (RFC 4180). Times are local to the community; no text of it is run as a formula.</summary>
public static class BoardCsv
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    /// <summary>Excel takes it for UTF-8 only with a byte order mark.</summary>
    public static byte[] Of(IEnumerable<BoardLine> lines)
    {
        using var text = new StringWriter();
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { Injection = CsvInjection.Escape }))
        {
            csv.WriteHeader(
            [
                BoardTexts.Community, BoardTexts.Programme, BoardTexts.Stage, BoardTexts.Waiting, BoardTexts.Since, BoardTexts.Next, BoardTexts.NextWhat,
                BoardTexts.SessionColumn, BoardTexts.Zone, BoardTexts.Risk,
            ]);
            foreach (var line in lines)
            {
                csv.WriteRecord(Fields(line));
            }
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

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
