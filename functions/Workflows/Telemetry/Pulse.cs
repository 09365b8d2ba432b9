using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Telemetry;

/// <summary>Looks every few minutes how many cycles are open and how much mail waits.</summary>
public sealed class Pulse(Wakes wakes, DuePeople duePeople, IClock clock)
{
    public static readonly Duration Every = Duration.FromMinutes(5);

    public async Task Take(CancellationToken cancel = default)
    {
        var (now, open, parked) = (clock.GetCurrentInstant(), 0, 0);
        await foreach (var wake in wakes.All(cancel))
        {
            open++;
            parked += wake.IsParked ? 1 : 0;
        }

        var ready = await duePeople.Ready(now, cancel);
        Vitals.Open.Record(open);
        Vitals.Parked.Record(parked);
        Vitals.PostLength.Record(ready.Select(row => row.Person).Distinct().Count());
        Vitals.PostAge.Record((now - ready.Select(row => row.Due).Append(now).Min()).TotalSeconds);
    }
}
