using NodaTime;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>The demo's time, for the walk and for every page: it stands until it is moved, and never goes back.</summary>
internal sealed class DemoClock(Instant start) : IClock
{
    private long _ticks = start.ToUnixTimeTicks();

    public Instant GetCurrentInstant() => Instant.FromUnixTimeTicks(Interlocked.Read(ref _ticks));

    public void MoveTo(Instant instant) =>
        Interlocked.Exchange(ref _ticks, Math.Max(Interlocked.Read(ref _ticks), instant.ToUnixTimeTicks()));
}
