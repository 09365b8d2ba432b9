using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Coordinators.Audit;

/// <summary>Somebody who is signed in read or sent something.</summary>
/// <param name="By">Who.</param>
/// <param name="Did">The method and the route: "POST /cycles/{id}/adapt".</param>
/// <param name="Cycle">In which cycle; "" where in none.</param>
/// <param name="About">About whom; "" for nobody.</param>
/// <param name="Why">As typed, as far as forms take it.</param>
/// <param name="WasRefused">Whether what was sent was given back.</param>
/// <param name="At">When.</param>
/// <param name="Programme">Of which programme; "" of none.</param>
public sealed record AuditEntry(
    PersonId By, string Did, string Cycle = "", string About = "", string Why = "", bool WasRefused = false, Instant At = default, string Programme = "");

/// <summary>Who did or read what, month by month (UTC), the newest first. What people answer by their links stands in their community's timeline.</summary>
public sealed class AuditLog(IRecordStore records, IIdSource ids, IClock clock)
{
    /// <summary>So many months are kept.</summary>
    public const int KeptMonths = 24;

    private const string Prefix = "audit-";

    private static readonly YearMonthPattern Month = YearMonthPattern.CreateWithInvariantCulture("uuuu-MM");

    public Task Add(AuditEntry entry, CancellationToken cancel = default)
    {
        var now = clock.GetCurrentInstant();
        var row = string.Create(CultureInfo.InvariantCulture, $"{long.MaxValue - now.ToUnixTimeTicks():D19}.{ids.New()}");
        var key = new RecordKey(Prefix + Month.Format(MonthOf(now)), row);
        return records.Commit([new RecordWrite.Insert(Record.Of(key, ("entry", Json.Write(entry with { At = now }))))], cancel);
    }

    public IAsyncEnumerable<AuditEntry> In(YearMonth month, CancellationToken cancel = default) =>
        records.All(RowRange.Whole(Prefix + Month.Format(month)), cancel).Select(row => Json.Read<AuditEntry>(row["entry"]));

    public static YearMonth MonthOf(Instant instant) => instant.InUtc().Date.ToYearMonth();

    /// <summary>Null where the text names no month.</summary>
    public static YearMonth? MonthIn(string? text) => Month.Parse(text ?? "") is { Success: true, Value: var month } ? month : null;

    public static string Name(YearMonth month) => Month.Format(month);

    /// <summary>The partitions, of all there are, that hold entries.</summary>
    /// <param name="partitions">The names of all there are.</param>
    /// <param name="now">When.</param>
    /// <param name="areOver">Those that are kept no longer, or those that are.</param>
    public static IEnumerable<string> Of(IEnumerable<string> partitions, Instant now, bool areOver) => partitions
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && MonthIn(name[Prefix.Length..]) is not null)
        .Where(name => areOver == (MonthIn(name[Prefix.Length..])!.Value.ToDateInterval().Start.PlusMonths(KeptMonths) < MonthOf(now).ToDateInterval().Start));
}
