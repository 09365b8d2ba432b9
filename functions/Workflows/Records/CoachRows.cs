using System.Collections.Immutable;
using System.Globalization;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Records;

/// <summary>A coach's open tasks in one community.</summary>
/// <param name="Coach">Whose.</param>
/// <param name="Cycle">Which.</param>
/// <param name="Community">Its name.</param>
/// <param name="Zone">Its IANA time zone.</param>
/// <param name="Tasks">What is due first comes first.</param>
/// <param name="Revision">The cycle's revision that it shows.</param>
public sealed record CoachRow(PersonId Coach, CycleId Cycle, string Community, string Zone, ImmutableList<BoardTask> Tasks, long Revision)
    : ViewRow(Cycle, Revision);

/// <param name="Task">"community", or the id of the person who asked.</param>
/// <param name="Since">When it was given.</param>
/// <param name="State">How far it is.</param>
/// <param name="Due">The day on which it needs a call, in the community.</param>
/// <param name="IsSnoozed">Whether the coach put it off to that day.</param>
/// <param name="Phone">Of whom the coach calls, as typed; null where they gave none.</param>
public sealed record BoardTask(string Task, Instant Since, CoachTaskState State, LocalDate Due, bool IsSnoozed, string? Phone = null);

/// <summary>The coaches' boards.</summary>
public sealed class CoachRows(IRecordStore records) : ViewRows<CoachRow>(records)
{
    private const string Tasks = "tasks";

    public IAsyncEnumerable<CoachRow> Of(PersonId coach, CancellationToken cancel = default) => In(PartitionOf(coach.Value), cancel);

    protected override CoachRow Read(Record row) => new(
        PersonId.From(row.Key.Partition[PartitionOf("").Length..]),
        CycleId.From(row.Key.Row),
        row["community"],
        row["zone"],
        Json.Read<ImmutableList<BoardTask>>(row[Tasks]),
        RevisionOf(row));

    protected override Record Write(CoachRow row) => Record.Of(
        new RecordKey(PartitionOf(row.Coach.Value), row.Cycle.Value),
        ("community", row.Community),
        ("zone", row.Zone),
        (Tasks, Json.Write(row.Tasks)),
        (Revision, row.Revision.ToString(CultureInfo.InvariantCulture)));

    private static string PartitionOf(string coach) => $"views-coach-{coach}";
}
