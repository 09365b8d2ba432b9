using System.Globalization;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Records;

/// <summary>One line of the list of communities.</summary>
/// <param name="Cycle">Which.</param>
/// <param name="Community">Its name.</param>
/// <param name="Stage">The earliest open stage, or null after the end.</param>
/// <param name="Revision">The cycle's revision that it shows.</param>
/// <param name="NeedsCoordinator">Whether it is the coordinator's move.</param>
public sealed record HomeRow(CycleId Cycle, string Community, StageId? Stage, long Revision, bool NeedsCoordinator);

/// <summary>The list of communities: a view, written after commit, an older one never over a newer one.</summary>
public sealed class HomeRows(IRecordStore records)
{
    private const string Partition = "views-home";
    private const string Revision = "revision";
    private const string Needs = "needs";

    public IAsyncEnumerable<HomeRow> All(CancellationToken cancel = default) =>
        records.All(RowRange.Whole(Partition), cancel).Select(Read);

    public async Task Show(HomeRow row, CancellationToken cancel = default)
    {
        var shown = false;
        while (!shown)
        {
            var before = await records.Find(Key(row.Cycle), cancel);
            shown = (before is not null && IsShown(row, Read(before))) || await TryWrite(row, before, cancel);
        }
    }

    private static bool IsShown(HomeRow row, HomeRow before) => before.Revision >= row.Revision || before with { Revision = row.Revision } == row;

    private static RecordKey Key(CycleId cycle) => new(Partition, cycle.Value);

    private static HomeRow Read(Record row) => new(
        CycleId.From(row.Key.Row),
        row["community"],
        row["stage"].Length == 0 ? null : StageId.From(row["stage"]),
        long.Parse(row[Revision], CultureInfo.InvariantCulture),
        row.Properties.GetValueOrDefault(Needs) == "yes");

    private static Record Write(HomeRow row) => Record.Of(
        Key(row.Cycle),
        ("community", row.Community),
        ("stage", row.Stage?.Value ?? ""),
        (Revision, row.Revision.ToString(CultureInfo.InvariantCulture)),
        (Needs, row.NeedsCoordinator ? "yes" : "no"));

    private async Task<bool> TryWrite(HomeRow row, Record? before, CancellationToken cancel)
    {
        try
        {
            await records.Commit([before is null ? new RecordWrite.Insert(Write(row)) : new RecordWrite.Replace(Write(row), before.ETag!)], cancel);
            return true;
        }
        catch (RecordConflictException)
        {
            return false;
        }
    }
}
