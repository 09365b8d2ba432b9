using System.Collections.Immutable;
using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>Nothing is asked and nothing closes for a while; what people tell is kept until it goes on.</summary>
/// <param name="Number">From 1.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">When it went on; null while it has not.</param>
public sealed record Paused(int Number, Instant From, Instant? Until = null) : Fact
{
    public override string Row() => RowFact.Of("paused", RowFact.Round(Number));
}

/// <summary>What plans read of pauses.</summary>
public static class PauseReading
{
    public static ImmutableList<Paused> Pauses(this Snapshot cycle) => [.. cycle.All<Paused>().OrderBy(pause => pause.Number)];

    /// <summary>The pause that lasts; null where none does.</summary>
    public static Paused? Pause(this Snapshot cycle) =>
        cycle.Stopped() is null ? cycle.All<Paused>().SingleOrDefault(pause => pause.Until is null) : null;

    /// <summary>A day that counts from a moment, later by the days of every pause between the two.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="start">From when on it counts.</param>
    /// <param name="date">The day, were there no pause.</param>
    /// <param name="time">At which hour of it.</param>
    public static LocalDate Shifted(this Snapshot cycle, Instant start, LocalDate date, LocalTime time)
    {
        var zone = DateTimeZoneProviders.Tzdb[cycle.KickOff.Zone];
        foreach (var pause in cycle.Pauses())
        {
            var from = Instant.Max(pause.From, start);
            if (pause.Until > start && zone.AtLeniently(date + time).ToInstant() > from)
            {
                date = date.PlusDays(Days(zone, from, pause.Until.Value));
            }
        }

        return date;
    }

    /// <summary>How many days later it is at the end of a pause.</summary>
    public static int Days(this Snapshot cycle, Paused pause, Instant until) => Days(DateTimeZoneProviders.Tzdb[cycle.KickOff.Zone], pause.From, until);

    private static int Days(DateTimeZone zone, Instant from, Instant until) => Period.DaysBetween(from.InZone(zone).Date, until.InZone(zone).Date);
}
