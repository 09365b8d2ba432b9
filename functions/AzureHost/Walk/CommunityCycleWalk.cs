using Cohesion.Workflows.Walking;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Cohesion.Workflows.AzureHost.Walk;

/// <summary>
/// A community's walk, one instance a cycle, the cycle's id its own. It sleeps first, so the history of one that sleeps holds a timer
/// and nothing that a new version could change. What it knows is what the last turn told; all else stands in the records.
/// </summary>
public static class CommunityCycleWalk
{
    /// <summary>The orchestration's name, in instances that run for months: it never changes.</summary>
    public const string Name = "CommunityCycle";

    /// <summary>The event that wakes it. It may be lost, doubled or late: the wake row is the bell.</summary>
    public const string Ring = "ring";

    /// <summary>A turn counts its own failures; what is tried again here is a record store that was away.</summary>
    private static readonly TaskOptions Retries = new(new TaskRetryOptions(
        new RetryPolicy(maxNumberOfAttempts: 3, firstRetryInterval: TimeSpan.FromSeconds(10), backoffCoefficient: 3)));

    [Function(Name)]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext walk)
    {
        var at = walk.GetInput<TurnResult>()!;
        walk.SetCustomStatus(at);
        await UntilWakeOrRing(walk, at.NextWake);
        at = (await walk.CallActivityAsync<TurnResult>(StageActivities.NameAt(at), walk.InstanceId, Retries)).After(at);
        if (at.Ended)
        {
            walk.SetCustomStatus(at);
            return;
        }

        walk.ContinueAsNew(at, preserveUnprocessedEvents: false);
    }

    private static async Task UntilWakeOrRing(TaskOrchestrationContext walk, DateTime wake)
    {
        using var over = new CancellationTokenSource();
        var timer = walk.CreateTimer(wake, over.Token);
        var ring = walk.WaitForExternalEvent<object?>(Ring, over.Token);
        await Task.WhenAny(timer, ring);
#pragma warning disable CA1849 // An orchestration awaits nothing but its own tasks.
        over.Cancel();
#pragma warning restore CA1849
    }
}
