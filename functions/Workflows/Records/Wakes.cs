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
/// <param name="Expects">A fact on its way will stand by then, if it ever does: no turn before sleeps longer.</param>
public sealed record Wake(
    CycleId Cycle, Instant Next, int Failures = 0, int Parks = 0, bool IsParked = false, string? ETag = null, Instant? Expects = null)
{
    /// <summary>Of a parked cycle too, until its coordinator is told.</summary>
    public bool IsDue(Instant now) => Next <= now;

    /// <summary>The row of a turn that sleeps until an instant, or shorter where a fact is on its way.</summary>
    public Wake Sleep(Instant until, Instant now) => Expects > now
        ? this with { Next = Instant.Min(until, Expects.Value), Failures = 0 }
        : this with { Next = until, Failures = 0, Expects = null };
}

/// <summary>The wake rows of all cycles.</summary>
public sealed class Wakes(IRecordStore records)
{
    private const string Next = "next";
    private const string Failures = "failures";
    private const string Parks = "parks";
    private const string Parked = "parked";
    private const string Expects = "expects";

    private static readonly Duration RecordingTakesAtMost = Duration.FromMinutes(1);
    private static readonly Duration ServingTakesAtMost = Duration.FromMinutes(1);

    public async Task<Wake?> Find(CycleId cycle, CancellationToken cancel = default) =>
        await records.Find(KeyOf(cycle), cancel) is { } row ? Read(row) : null;

    public IAsyncEnumerable<Wake> All(CancellationToken cancel = default) =>
        Rows.WakePartitions.ToAsyncEnumerable().SelectMany(partition => records.All(RowRange.Whole(partition), cancel)).Select(Read);

    /// <summary>
    /// A fact is about to be written. Who writes it may die before ringing for it, and find it recorded when the form is sent
    /// again: the cycle looks for it within a minute all the same.
    /// </summary>
    /// <returns>For <see cref="Ring"/>: the row's ETag, or null where another fact is on its way too.</returns>
    public async Task<string?> Expect(CycleId cycle, Instant now, CancellationToken cancel = default)
    {
        var by = now + RecordingTakesAtMost;
        var isAlone = true;
        var etag = await Change(cycle, wake =>
        {
            isAlone = !(wake?.Expects > now);
            return wake is null
                ? new Wake(cycle, by, Expects: by)
                : wake with { Next = Instant.Min(wake.Next, by), Expects = Instant.Max(wake.Expects ?? by, by) };
        }, cancel);
        return isAlone ? etag : null;
    }

    /// <summary>The same for a turn that is about to write a fact itself.</summary>
    /// <param name="turns">The row as that turn read it.</param>
    /// <param name="now">When.</param>
    /// <param name="cancel">Stops the wait.</param>
    /// <returns>The row for the turn to sleep by: it expects what it did before. Where another write came first, the turn will be refused its sleep.</returns>
    public async Task<Wake> ExpectOwn(Wake turns, Instant now, CancellationToken cancel = default)
    {
        if (await TryWrite(turns with { Expects = now + RecordingTakesAtMost }, cancel) is { } etag)
        {
            return turns with { ETag = etag };
        }

        await Expect(turns.Cycle, now, cancel);
        return turns;
    }

    /// <summary>
    /// Rings: after the fact is written and before its page answers. Always writes, also on a row that is due already, since a
    /// turn that has read the facts before this one must not set the row to a later time.
    /// </summary>
    /// <param name="cycle">Which.</param>
    /// <param name="now">When.</param>
    /// <param name="expected">What <see cref="Expect"/> returned: where the row has not changed since, nothing is expected any more.</param>
    /// <param name="cancel">Stops the wait.</param>
    /// <returns>False where the row was due already, since less than a minute: the turn that serves it serves this ring too.</returns>
    public async Task<bool> Ring(CycleId cycle, Instant now, string? expected = null, CancellationToken cancel = default)
    {
        var isFirst = true;
        await Change(cycle, wake =>
        {
            isFirst = !(wake?.Next <= now && now - wake.Next < ServingTakesAtMost);
            return wake is null
                ? new Wake(cycle, now)
                : wake with { Next = Instant.Min(wake.Next, now), Expects = wake.ETag == expected ? null : wake.Expects };
        }, cancel);
        return isFirst;
    }

    /// <summary>Writes the row under the ETag it was read with, or as a new one. False where another write came first.</summary>
    public async Task<bool> TrySet(Wake wake, CancellationToken cancel = default) => await TryWrite(wake, cancel) is not null;

    /// <summary>Removes the row of a cycle that has ended. False where somebody rang meanwhile.</summary>
    public async Task<bool> TryRemove(Wake wake, CancellationToken cancel = default) =>
        await Try(new RecordWrite.Delete(KeyOf(wake.Cycle), wake.ETag), cancel) is not null;

    private static RecordKey KeyOf(CycleId cycle) => new(Rows.WakePartition(cycle), cycle.Value);

    private static Record Write(Wake wake) => Record.Of(
        KeyOf(wake.Cycle),
        (Next, InstantPattern.ExtendedIso.Format(wake.Next)),
        (Failures, wake.Failures.ToString(CultureInfo.InvariantCulture)),
        (Parks, wake.Parks.ToString(CultureInfo.InvariantCulture)),
        (Parked, wake.IsParked ? "yes" : "no"),
        (Expects, wake.Expects is { } expects ? InstantPattern.ExtendedIso.Format(expects) : ""));

    internal static Wake Read(Record row) => new(
        CycleId.From(row.Key.Row),
        InstantPattern.ExtendedIso.Parse(row[Next]).Value,
        int.Parse(row[Failures], CultureInfo.InvariantCulture),
        int.Parse(row[Parks], CultureInfo.InvariantCulture),
        row[Parked] == "yes",
        row.ETag,
        row.Properties.GetValueOrDefault(Expects) is { Length: > 0 } expects ? InstantPattern.ExtendedIso.Parse(expects).Value : null);

    private async Task<string> Change(CycleId cycle, Func<Wake?, Wake> change, CancellationToken cancel)
    {
        string? etag = null;
        while (etag is null)
        {
            etag = await TryWrite(change(await Find(cycle, cancel)), cancel);
        }

        return etag;
    }

    private async Task<string?> TryWrite(Wake wake, CancellationToken cancel) =>
        (await Try(wake.ETag is null ? new RecordWrite.Insert(Write(wake)) : new RecordWrite.Replace(Write(wake), wake.ETag), cancel))?[0];

    /// <summary>The new ETags, or null where another write came first.</summary>
    private async Task<IReadOnlyList<string?>?> Try(RecordWrite write, CancellationToken cancel)
    {
        try
        {
            return await records.Commit([write], cancel);
        }
        catch (RecordConflictException)
        {
            return null;
        }
    }
}
