using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Walking;

namespace Cohesion.Workflows.Tests.Walking;

/// <summary>What a turn costs: the one that reminds every participant of the session.</summary>
public sealed class CountTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_turn_reads_facts_only_and_grows_with_the_participants_no_faster_than_they_do()
    {
        var (ten, hundred, thousand) = (await Remind(10), await Remind(100), await Remind(1_000));

        thousand.Read.Keys.ShouldBe(["c", "f.", "views", "wake"], ignoreOrder: true);
        thousand.Read["c"].ShouldBe(1);
        PerParticipant(ten.Read, hundred.Read, 90).ShouldBe(PerParticipant(hundred.Read, thousand.Read, 900), tolerance: 0.01);
        PerParticipant(ten.Written, hundred.Written, 90).ShouldBe(PerParticipant(hundred.Written, thousand.Written, 900), tolerance: 0.05);
    }

    /// <summary>What was measured, with a tenth to spare. See docs/decisions/0025-one-post.md.</summary>
    [Fact]
    public async Task A_cycle_of_40_participants_takes_no_more_record_operations_than_it_did()
    {
        var operations = new Dictionary<Actor, int>();
        await Runs.ToTheEnd(new WorldSettings(Runs.Small) { Participants = 40, Meanwhile = Count });
        output.WriteLine(string.Join(", ", operations.Select(count => $"{count.Key} {count.Value}")));
        operations.Values.Sum().ShouldBeLessThan(10_100);

        IEnumerable<Actor> Count(Operation operation)
        {
            operations[operation.Actor] = operations.GetValueOrDefault(operation.Actor) + 1;
            return [];
        }
    }

    private static double PerParticipant(IReadOnlyDictionary<string, int> few, IReadOnlyDictionary<string, int> many, int more) =>
        (many.Values.Sum() - few.Values.Sum()) / (double)more;

    private async Task<CountingRecordStore> Remind(int participants)
    {
        using var world = new World(new WorldSettings(Runs.Small) { Participants = participants });
        await world.RunUntil(async () => (await world.Snapshot())!.RoundOf(StageIds.Attendance) is not null);
        var counted = await NextTurn(world);
        while (!counted.Written.ContainsKey("post"))
        {
            counted = await NextTurn(world);
        }

        output.WriteLine($"{participants} participants: read {Text(counted.Read)}; written {Text(counted.Written)}");
        return counted;
    }

    private static async Task<CountingRecordStore> NextTurn(World world)
    {
        var counted = new CountingRecordStore(world.Records);
        using var process = world.NewProcess(counted);
        world.Clock.MoveTo((await world.Get<Wakes>().Find(world.Cycle))!.Next);
        await process.Get<Turn>().Take(world.Cycle);
        return counted;
    }

    private static string Text(IReadOnlyDictionary<string, int> counts) =>
        string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"));
}
