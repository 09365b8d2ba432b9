using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Testing;

/// <summary>
/// Events on their way to the walk. Each ring becomes calls at a later time: none where it is lost, two where it is doubled, in
/// another order where one is late.
/// </summary>
/// <param name="clock">The time of a ring.</param>
/// <param name="delays">After which delays the n-th ring calls.</param>
public sealed class FakeBell(VirtualClock clock, Func<int, IEnumerable<Duration>> delays) : IBell
{
    private readonly List<(CycleId Cycle, Instant At)> _calls = [];

    /// <summary>Rings so far.</summary>
    public int Rings { get; private set; }

    public Instant? NextCall => _calls.Count == 0 ? null : _calls.Min(call => call.At);

    public Task Hasten(CycleId cycle, CancellationToken cancel = default)
    {
        _calls.AddRange(delays(++Rings).Select(delay => (cycle, clock.Now + delay)));
        return Task.CompletedTask;
    }

    /// <summary>The post's due rows are read anyway.</summary>
    public Task HastenPost(CancellationToken cancel = default) => Task.CompletedTask;

    /// <summary>Takes the calls that have come.</summary>
    public IReadOnlyList<CycleId> TakeCalls()
    {
        var come = _calls.FindAll(call => call.At <= clock.Now);
        _calls.RemoveAll(come.Contains);
        return [.. come.Select(call => call.Cycle)];
    }
}
