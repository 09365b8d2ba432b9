using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Cohesion.Workflows.Telemetry;

/// <summary>
/// What the product tells of itself to whoever listens: counts, times and opaque ids, never a name, an address or an answer. A host
/// listens by <see cref="Name"/>; nobody needs to.
/// </summary>
public static class Vitals
{
    /// <summary>Of the source of activities and of the meter.</summary>
    public const string Name = "Cohesion.Workflows";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    public static Counter<long> Turns { get; } = Meter.CreateCounter<long>("cohesion.turns", "{turn}", "Turns taken.");

    public static Counter<long> Failures { get; } = Meter.CreateCounter<long>("cohesion.turns.failed", "{turn}", "Turns that failed.");

    public static Counter<long> Conflicts { get; } = Meter.CreateCounter<long>("cohesion.turns.conflicts", "{turn}", "Turns before which another writer was.");

    public static Counter<long> Sent { get; } = Meter.CreateCounter<long>("cohesion.post.sent", "{mail}", "Mails that the provider took.");

    public static Counter<long> Bounced { get; } = Meter.CreateCounter<long>("cohesion.post.bounced", "{mail}", "Mails that the provider did not deliver.");

    public static Gauge<long> Open { get; } = Meter.CreateGauge<long>("cohesion.cycles.open", "{cycle}", "Cycles under way.");

    public static Gauge<long> Parked { get; } = Meter.CreateGauge<long>("cohesion.cycles.parked", "{cycle}", "Cycles that have stopped until a person says \"try again\".");

    public static Gauge<long> PostLength { get; } = Meter.CreateGauge<long>("cohesion.post.length", "{person}", "People for whom mail could go out and waits.");

    public static Gauge<double> PostAge { get; } = Meter.CreateGauge<double>("cohesion.post.age", "s", "How long the first of that mail has waited.");

    /// <summary>Something that the product does; null where nobody listens.</summary>
    /// <param name="what">"turn", "send".</param>
    /// <param name="id">Of what it is done to: opaque.</param>
    public static Activity? Begin(string what, string id) => Source.StartActivity(what)?.SetTag("cohesion.id", id);
}
