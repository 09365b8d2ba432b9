using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Walking;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Cohesion.Workflows.AzureHost.Walk;

/// <summary>Wakes a cycle's instance, or starts it where there is none.</summary>
public sealed class DurableBell(ILogger<DurableBell> log) : IBell
{
    private static readonly OrchestrationRuntimeStatus[] Walking =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private volatile DurableTaskClient? _client;

    /// <summary>The runtime gives its client to each function that asks, and to nobody else; they are all the same one.</summary>
    public void UseClient(DurableTaskClient client) => _client = client;

    /// <summary>A ring that is lost is none to tell a person of: the sweep finds the wake row.</summary>
    public async Task Hasten(CycleId cycle, CancellationToken cancel = default)
    {
        try
        {
            await Wake(cycle, cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(failure, "The ring for {Cycle} was lost", cycle);
        }
    }

    /// <summary>The post's timer comes within a minute.</summary>
    public Task HastenPost(CancellationToken cancel = default) => Task.CompletedTask;

    /// <summary>Rings the instance, or starts it where it is missing, failed, terminated or completed.</summary>
    public async Task Wake(CycleId cycle, CancellationToken cancel)
    {
        var client = _client ?? throw new InvalidOperationException("No function has given the bell its client.");
        if (await client.GetInstanceAsync(cycle.Value, cancel) is { } instance && Walking.Contains(instance.RuntimeStatus))
        {
            await client.RaiseEventAsync(cycle.Value, CommunityCycleWalk.Ring, cancellation: cancel);
        }
        else
        {
            await Start(client, cycle, cancel);
        }
    }

    /// <summary>One of several who start an instance at once does; the others are refused, and it takes its first turn anyway.</summary>
    private async Task Start(DurableTaskClient client, CycleId cycle, CancellationToken cancel)
    {
        try
        {
            var options = new StartOrchestrationOptions(cycle.Value).WithDedupeStatuses(Walking);
            await client.ScheduleNewOrchestrationInstanceAsync(CommunityCycleWalk.Name, TurnResult.AtOnce, options, cancel);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            log.LogInformation("Somebody else has just started {Cycle}", cycle);
        }
    }
}
