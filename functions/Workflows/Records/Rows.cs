using System.Globalization;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Records;

/// <summary>Names of partitions and rows: the storage's shape in one place. Released names never change.</summary>
public static class Rows
{
    /// <summary>A cycle's own row; a transaction of a turn rewrites it under its ETag.</summary>
    public const string CycleRow = "c";

    /// <summary>The first row of a kick-off: which content its cycle id stands for.</summary>
    public const string Claim = "a";

    public const string Facts = "f.";

    /// <summary>What happened, in order; never read by a turn.</summary>
    public const string History = "h.";

    /// <summary>The chain of the timeline; never read by a turn.</summary>
    public const string Links = "k.";

    /// <summary>Lines of the timeline that no link holds yet.</summary>
    public const string Unlinked = "l.";

    /// <summary>Messages on their way to the post.</summary>
    public const string Outbox = "o.";

    public const string SealedAnswers = "s.";

    /// <summary>Stands while a turn tells the calendar service.</summary>
    public const string CalendarLease = "t";

    public const string Person = "person";

    public const string Bookings = "booking.";

    public const string Trainings = "training.";

    /// <summary>Of everybody's messages, envelopes and due rows: one partition takes many times what a mail provider does.</summary>
    public const string PostPartition = "post";

    private const int WakeShards = 4;

    public static IEnumerable<string> WakePartitions => Enumerable.Range(0, WakeShards).Select(WakeShard);

    public static string CyclePartition(CycleId cycle) => $"cycle-{cycle}";

    public static string PersonPartition(PersonId person) => $"person-{person}";

    public static string WakePartition(CycleId cycle) => WakeShard(Shard(cycle.Value, WakeShards));

    public static RecordKey Of(CycleId cycle, string row) => new(CyclePartition(cycle), row);

    public static RecordKey Of(CycleId cycle, Fact fact) => Of(cycle, Facts + fact.Row());

    /// <summary>An instant as 15 digits of Unix milliseconds, so that rows sort by time.</summary>
    public static string Time(Instant instant) => instant.ToUnixTimeMilliseconds().ToString("D15", CultureInfo.InvariantCulture);

    /// <summary>The instant that a text begins with.</summary>
    public static Instant TimeOf(string text) => Instant.FromUnixTimeMilliseconds(long.Parse(text.AsSpan(0, 15), CultureInfo.InvariantCulture));

    private static string WakeShard(int shard) => string.Create(CultureInfo.InvariantCulture, $"wake-{shard:00}");

    /// <summary>FNV-1a, since a shard must be the same on every machine.</summary>
    private static int Shard(string id, int shards) =>
        (int)(id.Aggregate(2166136261u, (hash, character) => unchecked((hash ^ character) * 16777619u)) % (uint)shards);
}
