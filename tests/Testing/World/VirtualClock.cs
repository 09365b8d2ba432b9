using NodaTime;

namespace Cohesion.Workflows.Testing;

/// <summary>A clock that stands still until it is moved: ninety days pass in milliseconds.</summary>
public sealed class VirtualClock(Instant start) : IClock
{
    public Instant Now { get; private set; } = start;

    public Instant GetCurrentInstant() => Now;

    public void MoveTo(Instant instant) => Now = Instant.Max(Now, instant);
}
