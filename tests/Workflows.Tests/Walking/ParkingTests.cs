using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Walking;

/// <summary>A cycle that no turn can go on with: it does not stand still without its coordinator knowing.</summary>
public sealed class ParkingTests
{
    private const string Unknown = Rows.Facts + "from-the-future";

    [Fact]
    public async Task After_five_failures_the_cycle_is_parked_and_its_coordinator_told_once()
    {
        using var process = await Broken();
        await RunUntilParked(process);
        process.Delivered(Townsfolk.Coordinator).ShouldBe(["-.parked.p1"]);
    }

    [Theory]
    [InlineData(Death.Before)]
    [InlineData(Death.After)]
    public async Task A_crash_at_any_step_of_it_keeps_nobody_from_being_told_once(Death death)
    {
        var steps = await StepsToPark();
        for (var step = 1; step <= steps; step++)
        {
            using var process = await Broken();
            process.Fate = Fate.DiesAt(step, death);
            process.Restart();
            await RunUntilParked(process);
            process.Delivered(Townsfolk.Coordinator).ShouldBe(["-.parked.p1"], $"a crash {death} step {step}");
        }
    }

    [Fact]
    public async Task Told_to_try_again_it_goes_on_and_parked_again_it_tells_again()
    {
        using var process = await Broken();
        await RunUntilParked(process);
        await process.Product.Get<Turn>().TryAgain(process.Cycle);
        await RunUntilParked(process);
        process.Delivered(Townsfolk.Coordinator).ShouldBe(["-.parked.p1", "-.parked.p2"]);
    }

    [Fact]
    public async Task The_list_of_communities_says_so_until_it_goes_on()
    {
        using var process = await Broken();
        await RunUntilParked(process);
        (await IsShownAsParked(process)).ShouldBeTrue();
        await process.Records.Commit([new RecordWrite.Delete(Rows.Of(process.Cycle, Unknown), null)]);
        var (views, stored) = (process.Product.Get<CycleViews>(), (await process.Product.Get<CycleRecords>().Read(process.Cycle))!);
        await views.Rebuild(stored, process.Clock.Now);
        (await IsShownAsParked(process)).ShouldBeTrue("Written anew it is parked still.");
        (await views.IsStale(stored, process.Clock.Now)).ShouldBeFalse();
        await process.Product.Get<Turn>().TryAgain(process.Cycle);
        await process.Turn();
        (await IsShownAsParked(process)).ShouldBeFalse();
    }

    private static async Task<bool> IsShownAsParked(OneProcess process) => (await process.Product.Get<HomeRows>().Find(process.Cycle))!.IsParked;

    private static async Task<int> StepsToPark()
    {
        using var process = await Broken();
        process.Fate = Fate.Kind();
        process.Restart();
        await RunUntilParked(process);
        return process.Fate.Steps;
    }

    /// <summary>A fact that nobody can read, of a later version, say; and the coordinator waits for other mail of that cycle.</summary>
    private static async Task<OneProcess> Broken()
    {
        var process = await OneProcess.KickedOff();
        var coordinator = (await process.Snapshot()).Coordinator;
        var waiting = new MessageKey(process.Cycle.Value, "scheduling", "propose", coordinator, "r1-ask");
        await process.Product.Get<PostOffice>().Insert([waiting], process.Clock.Now);
        await process.Product.Get<Wakes>().Ring(process.Cycle, process.Clock.Now);
        var unknown = Record.Of(Rows.Of(process.Cycle, Unknown), ("body", "{}"));
        await process.Records.Commit([new RecordWrite.Put(unknown)]);
        return process;
    }

    /// <summary>Five turns fail within half an hour; the post is looked at again and again after that.</summary>
    private static async Task RunUntilParked(OneProcess process)
    {
        var until = process.Clock.Now + Duration.FromHours(1);
        for (; process.Clock.Now < until; process.Clock.MoveTo(await NextInstant(process)))
        {
            try
            {
                await process.Pass();
                await process.Turn();
            }
            catch (CrashException)
            {
                process.Restart();
            }
        }

        (await new Wakes(process.Records).Find(process.Cycle))!.IsParked.ShouldBeTrue();
    }

    private static async Task<Instant> NextInstant(OneProcess process)
    {
        var wake = (await new Wakes(process.Records).Find(process.Cycle))!.Next;
        return Instant.Min(wake, await process.Product.Get<PostOffice>().NextDue() ?? wake);
    }
}
