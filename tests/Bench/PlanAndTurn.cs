using BenchmarkDotNet.Attributes;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Bench;

/// <summary>
/// A week before the session: all were invited, every third is silent and was reminded twice. The turn finds nothing to record, as most
/// turns do; its records are in memory.
/// </summary>
[MemoryDiagnoser]
public class PlanAndTurn
{
    private Snapshot _cycle = null!;
    private Instant _now;
    private Incarnation _product = null!;

    [Params(10, 100, 1_000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public async Task Prepare()
    {
        var driver = PlanDriver.KickedOff("2027-03-01T10:00", participants: Participants).OpensAttendance("2027-05-18T18:00").RunsUntil("2027-04-20T12:00");
        foreach (var number in Enumerable.Range(1, Participants).Where(number => number % 3 > 0))
        {
            driver.Replies(Cast.Participant(number), comes: true);
        }

        driver.RunsUntil("2027-05-11T12:00");
        (_cycle, _now) = (driver.Cycle, driver.Now);
        _product = await Recorded(_cycle, _now);
        await Turn();
    }

    [GlobalCleanup]
    public void CleanUp() => _product.Dispose();

    /// <summary>Of a cycle as it was just read: what it looks up is not looked up yet.</summary>
    [Benchmark]
    public TurnPlan Plan() => Planner.Plan(_cycle.With([]), _now);

    [Benchmark]
    public Task<TurnResult> Turn() => _product.Get<Turn>().Take(_cycle.Cycle);

    private static async Task<Incarnation> Recorded(Snapshot cycle, Instant now)
    {
        var (records, clock) = (new MemoryRecordStore(), new VirtualClock(now));
        foreach (var rows in cycle.Facts.Select(fact => CycleRecords.Write(cycle.Cycle, fact)).Chunk(RecordLimits.WritesPerTransaction))
        {
            await records.Commit([.. rows.Select(row => new RecordWrite.Put(row))]);
        }

        await records.InsertIfAbsent(CycleRecords.NewCycleRow(cycle.Cycle));
        await new Wakes(records).Ring(cycle.Cycle, now);
        return new Incarnation(new Ports(
            records, new MemoryRoundKeys(), new MailProvider(clock), new FakeBell(clock, _ => []), new SeededIds(1), clock, new ErrorLog()));
    }
}
