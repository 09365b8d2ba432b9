using System.Collections.Immutable;
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
/// <param name="Next">What is asked now; where nothing is, what comes next. Null where the row was written before it held that.</param>
/// <param name="Board">What a coordinator of many communities reads of it. Null where the row was written before it held that.</param>
/// <param name="IsParked">Whether it was stopped after turns that failed, until a person says "try again".</param>
public sealed record HomeRow(
    CycleId Cycle,
    string Community,
    StageId? Stage,
    long Revision,
    bool NeedsCoordinator,
    LocalDate? Ended = null,
    NextSteps? Next = null,
    BoardEntry? Board = null,
    bool IsParked = false)
    : ViewRow(Cycle, Revision);

/// <param name="Zone">The community's IANA time zone.</param>
/// <param name="Now">What is asked now.</param>
/// <param name="Later">What comes next, where nothing is asked now.</param>
public sealed record NextSteps(string Zone, ImmutableList<NextStep> Now, NextStep? Later);

/// <param name="Stage">Which stage's.</param>
/// <param name="Kind">The kind of message that asks for it; "" for the session itself.</param>
/// <param name="At">What is asked, by when, or null; what comes, when.</param>
/// <param name="IsCoordinators">Whether it is the coordinator who is asked.</param>
public sealed record NextStep(StageId Stage, string Kind, Instant? At, bool IsCoordinators = false);

/// <summary>The list of communities.</summary>
public sealed class HomeRows(IRecordStore records) : ViewRows<HomeRow>(records)
{
    private const string Partition = "views-home";
    private const string Needs = "needs";
    private const string Ended = "ended";
    private const string Next = "next";
    private const string Board = "board";
    private const string Parked = "parked";

    public IAsyncEnumerable<HomeRow> All(CancellationToken cancel = default) => In(Partition, cancel);

    /// <summary>Null where nothing is shown yet.</summary>
    public Task<HomeRow?> Find(CycleId cycle, CancellationToken cancel = default) => Find(KeyOf(cycle), cancel);

    protected override HomeRow Read(Record row) => new(
        CycleId.From(row.Key.Row),
        row["community"],
        row["stage"].Length == 0 ? null : StageId.From(row["stage"]),
        RevisionOf(row),
        row.Properties.GetValueOrDefault(Needs) == "yes",
        row.Properties.GetValueOrDefault(Ended) is { Length: > 0 } day ? LocalDatePattern.Iso.Parse(day).Value : null,
        row.Properties.GetValueOrDefault(Next) is { Length: > 0 } next ? ParsedOnce.Read<NextSteps>(next) : null,
        row.Properties.GetValueOrDefault(Board) is { Length: > 0 } board ? ParsedOnce.Read<BoardEntry>(board) : null,
        row.Properties.GetValueOrDefault(Parked) == "yes");

    protected override Record Write(HomeRow row) => Record.Of(
        KeyOf(row.Cycle),
        ("community", row.Community),
        ("stage", row.Stage?.Value ?? ""),
        (Revision, row.Revision.ToString(CultureInfo.InvariantCulture)),
        (Needs, row.NeedsCoordinator ? "yes" : "no"),
        (Ended, row.Ended is { } day ? LocalDatePattern.Iso.Format(day) : ""),
        (Next, row.Next is { } next ? Json.Write(next) : ""),
        (Board, row.Board is { } board ? Json.Write(board) : ""),
        (Parked, row.IsParked ? "yes" : "no"));

    private static RecordKey KeyOf(CycleId cycle) => new(Partition, cycle.Value);
}
