using Cohesion.Workflows.Coordinators.Today;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using NodaTime;

namespace Cohesion.Workflows.AzureHost.Walk;

/// <summary>What happens by the clock, whoever rings or does not.</summary>
public sealed class Timers(Wakes wakes, DurableBell bell, Sender sender, MorningMail morning, Pulse pulse, IClock clock)
{
    /// <summary>By the time that an instance's last sleep began.</summary>
    private static readonly Duration KeepsFinishedFor = Duration.FromDays(30);

    /// <summary>Less than a minute, so that the next time takes over and not the runtime's time-out of a function.</summary>
    private static readonly Duration SendsFor = Duration.FromSeconds(50);

    private static readonly OrchestrationRuntimeStatus[] Finished =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Wakes every cycle that is due: a ring was lost, or its instance is missing or failed. Fails where it could not wake one.</summary>
    [Function(nameof(Sweep))]
    public async Task Sweep([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        bell.UseClient(client);
        var now = clock.GetCurrentInstant();
        var failures = new List<Exception>();
        await foreach (var wake in wakes.All(cancel).Where(wake => wake.IsDue(now)))
        {
            try
            {
                await bell.Wake(wake.Cycle, cancel);
            }
            catch (Exception failure) when (!cancel.IsCancellationRequested)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException("Cycles are due and could not be woken.", failures);
        }
    }

    /// <summary>Sends what is due; first, what the morning brings is put to it.</summary>
    [Function(nameof(SendPost))]
    public async Task SendPost([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancel)
    {
        var until = clock.GetCurrentInstant() + SendsFor;
        await morning.Post(cancel);
        while (await sender.Pass(cancel) && clock.GetCurrentInstant() < until)
        {
        }
    }

    /// <summary>Tells how many cycles are open and how much mail waits.</summary>
    [Function(nameof(TakePulse))]
    public Task TakePulse([TimerTrigger("30 */5 * * * *")] TimerInfo timer, CancellationToken cancel) => pulse.Take(cancel);

    /// <summary>Forgets instances that finished long ago; the records keep what happened.</summary>
    [Function(nameof(PurgeFinished))]
    public async Task PurgeFinished([TimerTrigger("0 30 9 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        var before = (clock.GetCurrentInstant() - KeepsFinishedFor).ToDateTimeOffset();
        await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(DateTimeOffset.UnixEpoch, before, Finished), cancel);
    }
}
