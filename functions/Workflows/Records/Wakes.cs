using System.Globalization;
using Cohesion.Workflows.Cycles;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Records;

/// <summary>When a cycle is to take its next turn: one row per open cycle. The row is the bell.</summary>
/// <param name="Cycle">Whose.</param>
/// <param name="Next">Due from then on.</param>
/// <param name="Failures">Turns that failed in a row.</param>
/// <param name="Parks">How often the cycle was parked: it names the mail that tells of it.</param>
/// <param name="IsParked">After five failures, until a person says "try again".</param>
/// <param name="ETag">Guards the row; null on one that was not read.</param>
public sealed record Wake(CycleId Cycle, Instant Next, int Failures = 0, int Parks = 0, bool IsParked = false, string? ETag = null)
{
    public bool IsDue(Instant now) => !IsParked && Next <= now;
}

/// <summary>The wake rows of all cycles.</summary>
public sealed class Wakes(IRecordStore records)
{
    private const string Next = "next";
    private const string Failures = "failures";
    private const string Parks = "parks";
    private const string Parked = "parked";

    public async Task<Wake?> Find(CycleId cycle, CancellationToken cancel = default) =>
        await records.Find(KeyOf(cycle), cancel) is { } row ? Read(row) : null;

    public IAsyncEnumerable<Wake> All(CancellationToken cancel = default) =>
        Rows.WakePartitions.ToAsyncEnumerable().SelectMany(partition => records.All(RowRange.Whole(partition), cancel)).Select(Read);

    /// <summary>
    /// Rings: after the fact is written and before its page answers. Always writes, also on a row that is due already, since a
    /// turn that has read the facts before this one must not set the row to a later time.
    /// </summary>
    public async Task Ring(CycleId cycle, Instant now, CancellationToken cancel = default)
    {
        var rung = false;
        while (!rung)
        {
            var wake = await Find(cycle, cancel);
            rung = await TrySet(wake is null ? new Wake(cycle, now) : wake with { Next = Instant.Min(wake.Next, now) }, cancel);
        }
    }

    /// <summary>Writes the row under the ETag it was read with, or as a new one. False where another write came first.</summary>
    public Task<bool> TrySet(Wake wake, CancellationToken cancel = default) =>
        Try(wake.ETag is null ? new RecordWrite.Insert(Write(wake)) : new RecordWrite.Replace(Write(wake), wake.ETag), cancel);

    /// <summary>Removes the row of a cycle that has ended. False where somebody rang meanwhile.</summary>
    public Task<bool> TryRemove(Wake wake, CancellationToken cancel = default) =>
        Try(new RecordWrite.Delete(KeyOf(wake.Cycle), wake.ETag), cancel);

    private static RecordKey KeyOf(CycleId cycle) => new(Rows.WakePartition(cycle), cycle.Value);

    private static Record Write(Wake wake) => Record.Of(
        KeyOf(wake.Cycle),
        (Next, InstantPattern.ExtendedIso.Format(wake.Next)),
        (Failures, wake.Failures.ToString(CultureInfo.InvariantCulture)),
        (Parks, wake.Parks.ToString(CultureInfo.InvariantCulture)),
        (Parked, wake.IsParked ? "yes" : "no"));

    private static Wake Read(Record row) => new(
        CycleId.From(row.Key.Row),
        InstantPattern.ExtendedIso.Parse(row[Next]).Value,
        int.Parse(row[Failures], CultureInfo.InvariantCulture),
        int.Parse(row[Parks], CultureInfo.InvariantCulture),
        row[Parked] == "yes",
        row.ETag);

    private async Task<bool> Try(RecordWrite write, CancellationToken cancel)
    {
        try
        {
            await records.Commit([write], cancel);
            return true;
        }
        catch (RecordConflictException)
        {
            return false;
        }
    }
}
