using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Coordinators.Audit;

/// <summary>An entry in words.</summary>
/// <param name="At">In the reader's zone.</param>
/// <param name="Who">By name.</param>
/// <param name="What">What they did.</param>
/// <param name="Community">Where; "" for nowhere.</param>
/// <param name="About">Of whom, or of which programme; "" for neither.</param>
/// <param name="Why">As typed.</param>
public sealed record AuditLine(LocalDateTime At, string Who, string What, string Community, string About, string Why);

/// <summary>What a month's page shows.</summary>
/// <param name="Month">Which.</param>
/// <param name="This">The present one.</param>
/// <param name="Who">Of whom alone: part of a name; "" for everybody.</param>
/// <param name="Lines">Newest first.</param>
public sealed record AuditView(YearMonth Month, YearMonth This, string Who, IReadOnlyList<AuditLine> Lines);

/// <summary>Who did or read what: a month on a page, or as a table for a spreadsheet.</summary>
public sealed class AuditPages(AuditLog audit, HomeRows home, People people, ProgrammeVersions programmes, IClock clock)
{
    private static readonly LocalDateTimePattern Second = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    public async Task<IResult> Show(HttpContext http) => Pages.Of<AuditPage>((nameof(AuditPage.View), await Read(http)));

    public async Task<IResult> Csv(HttpContext http)
    {
        var view = await Read(http);
        return CsvTable.File(
            $"audit-{AuditLog.Name(view.Month)}.csv",
            [AuditTexts.When, AuditTexts.Who, AuditTexts.What, AuditTexts.Community, AuditTexts.About, AuditTexts.Why],
            view.Lines.Select(line => (string[])[Second.Format(line.At), line.Who, line.What, line.Community, line.About, line.Why]));
    }

    private async Task<AuditView> Read(HttpContext http)
    {
        var (query, cancel) = (http.Request.Query, http.RequestAborted);
        var (now, zone) = (clock.GetCurrentInstant(), (await people.Get(SignIn.Of(http.User), cancel)).Zone);
        var (month, who) = (AuditLog.MonthIn(query["month"]) ?? AuditLog.MonthOf(now), query["who"].ToString().Trim());
        var entries = await audit.In(month, cancel).ToListAsync(cancel);
        var names = await NamesOf(entries, cancel);
        var communities = await home.All(cancel).ToDictionaryAsync(row => row.Cycle.Value, row => row.Community, StringComparer.Ordinal, cancel);
        var catalogue = await programmes.Now(cancel);
        var lines = entries.Select(entry => new AuditLine(
            new CommunityDays(zone).LocalTimeOf(entry.At),
            names.GetValueOrDefault(entry.By.Value, entry.By.Value),
            AuditWords.Of(entry),
            communities.GetValueOrDefault(entry.Cycle, entry.Cycle),
            entry.Programme.Length > 0 ? catalogue.Find(entry.Programme)?.Name ?? entry.Programme : names.GetValueOrDefault(entry.About, entry.About),
            entry.Why));
        return new AuditView(month, AuditLog.MonthOf(now), who, [.. lines.Where(line => line.Who.Contains(who, StringComparison.OrdinalIgnoreCase))]);
    }

    /// <summary>By id; whose time was up is named no more.</summary>
    private async Task<Dictionary<string, string>> NamesOf(List<AuditEntry> entries, CancellationToken cancel)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in entries.SelectMany(entry => new[] { entry.By.Value, entry.About }).Where(id => id.Length > 0).Distinct())
        {
            if (await people.Find(PersonId.From(id), cancel) is { } person)
            {
                names.Add(id, person.Name);
            }
        }

        return names;
    }
}
