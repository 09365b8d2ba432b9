using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>A community's calendar: local days and times in its zone, from NodaTime's own data.</summary>
public sealed class CommunityDays(string zone)
{
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[zone];

    /// <summary>British Columbia is UTC-7 all year since March 2026; older data is an hour off in winter.</summary>
    /// <exception cref="TimeZoneDataException">The time-zone data is older.</exception>
    public static void CheckData()
    {
        var winter = new LocalDateTime(2027, 1, 15, 12, 0).InZoneStrictly(DateTimeZoneProviders.Tzdb["America/Vancouver"]);
        if (winter.Offset != Offset.FromHours(-7))
        {
            throw new TimeZoneDataException($"The time-zone data {DateTimeZoneProviders.Tzdb.VersionId} is too old for British Columbia. Update NodaTime.");
        }
    }

    public LocalDate DateOf(Instant instant) => LocalTimeOf(instant).Date;

    public LocalDateTime LocalTimeOf(Instant instant) => instant.InZone(_zone).LocalDateTime;

    /// <summary>A local time as an instant: skipped by a clock change, the time as long after it; doubled, the earlier one.</summary>
    public Instant At(LocalDateTime local) => _zone.AtLeniently(local).ToInstant();

    public Instant At(LocalDate date, LocalTime time) => At(date + time);
}

/// <summary>The time-zone data cannot be used.</summary>
public sealed class TimeZoneDataException(string reason) : Exception(reason);
