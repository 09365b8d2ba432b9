using System.Globalization;
using Cohesion.Workflows.Cycles;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Records;

/// <summary>One line of the list of communities.</summary>
/// <param name="Cycle">Which.</param>
/// <param name="Community">Its name.</param>
/// <param name="Stage">The earliest open stage, or null after the end.</param>
/// <param name="Revision">The cycle's revision that it shows.</param>
/// <param name="NeedsCoordinator">Whether it is the coordinator's move.</param>
/// <param name="Ended">The day it ended, in the community; null before, and where the row was written before it held the day.</param>
public sealed record HomeRow(CycleId Cycle, string Community, StageId? Stage, long Revision, bool NeedsCoordinator, LocalDate? Ended = null)
    : ViewRow(Cycle, Revision);

/// <summary>The list of communities.</summary>
public sealed class HomeRows(IRecordStore records) : ViewRows<HomeRow>(records)
{
    private const string Partition = "views-home";
    private const string Needs = "needs";
    private const string Ended = "ended";

    public IAsyncEnumerable<HomeRow> All(CancellationToken cancel = default) => In(Partition, cancel);

    protected override HomeRow Read(Record row) => new(
        CycleId.From(row.Key.Row),
        row["community"],
        row["stage"].Length == 0 ? null : StageId.From(row["stage"]),
        RevisionOf(row),
        row.Properties.GetValueOrDefault(Needs) == "yes",
        row.Properties.GetValueOrDefault(Ended) is { Length: > 0 } day ? LocalDatePattern.Iso.Parse(day).Value : null);

    protected override Record Write(HomeRow row) => Record.Of(
        new RecordKey(Partition, row.Cycle.Value),
        ("community", row.Community),
        ("stage", row.Stage?.Value ?? ""),
        (Revision, row.Revision.ToString(CultureInfo.InvariantCulture)),
        (Needs, row.NeedsCoordinator ? "yes" : "no"),
        (Ended, row.Ended is { } day ? LocalDatePattern.Iso.Format(day) : ""));
}
