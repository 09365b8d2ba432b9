using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Testing.Stories;
using NodaTime;

namespace Cohesion.Workflows.AzureHost.Tests.Walk;

/// <summary>A worker that dies in the middle of what it writes, with all that its durable host knew; people try again.</summary>
internal sealed class Mortal(InstallationSettings settings, int seed) : IStoryHost, IAsyncDisposable
{
    private readonly Fate _fate = new(step => (Death)(new Habits(seed).Does(0.05, "death", $"{step.Number}") ? 1 + new Habits(seed).Pick(2, "how", $"{step.Number}") : 0));
    private Lifetime _life = null!;

    public Installation Installation { get; private set; } = null!;

    public int Deaths { get; private set; }

    public Task StepTo(Instant instant) => Survive(() => Installation.StepTo(instant));

    public Task Act(Func<Task> act) => Survive(() => Installation.Act(act));

    public async Task Restart()
    {
        await DisposeAsync();
        _life = new Lifetime(_fate);
        Installation = await Installation.Start(settings with { Store = store => new FaultyRecordStore(store, _life, () => Task.CompletedTask) });
    }

    public ValueTask DisposeAsync() => Installation is null ? ValueTask.CompletedTask : Installation.DisposeAsync();

    private async Task Survive(Func<Task> act)
    {
        var next = act;
        while (!await Survives(next))
        {
            Deaths++;
            await Restart();
            next = () => AfterASweep(act);
        }
    }

    /// <summary>What a dead process rang for, the sweep finds.</summary>
    private async Task AfterASweep(Func<Task> act)
    {
        await Installation.Sweep();
        await act();
    }

    private async Task<bool> Survives(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception) when (_life.IsDead)
        {
            // It died of that.
        }

        return !_life.IsDead;
    }
}
