using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using NodaTime;

namespace Cohesion.Workflows.AzureHost.Walk;

/// <summary>What happens by the clock, whoever rings or does not.</summary>
public sealed class Timers(Wakes wakes, DurableBell bell, Sender sender, IClock clock)
{
    private static readonly Duration KeepsFinishedFor = Duration.FromDays(30);

    private static readonly OrchestrationRuntimeStatus[] Finished =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Wakes every cycle that is due: a ring was lost, or its instance is missing or failed.</summary>
    [Function(nameof(Sweep))]
    public async Task Sweep([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        bell.RingThrough(client);
        var now = clock.GetCurrentInstant();
        await foreach (var wake in wakes.All(cancel).Where(wake => wake.IsDue(now)).WithCancellation(cancel))
        {
            await bell.Hasten(wake.Cycle, cancel);
        }
    }

    /// <summary>Sends what is due.</summary>
    [Function(nameof(SendPost))]
    public async Task SendPost([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancel)
    {
        while (await sender.Pass(cancel))
        {
        }
    }

    /// <summary>Forgets instances that finished long ago; the records keep what happened.</summary>
    [Function(nameof(PurgeFinished))]
    public async Task PurgeFinished([TimerTrigger("0 30 9 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        var before = (clock.GetCurrentInstant() - KeepsFinishedFor).ToDateTimeOffset();
        await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(DateTimeOffset.UnixEpoch, before, Finished), cancel);
    }
}
