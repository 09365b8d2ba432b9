using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>A community's calendar: local days and times in its zone, from NodaTime's own data.</summary>
public sealed class CommunityDays(string zone)
{
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[zone];

    public LocalDate DateOf(Instant instant) => LocalTimeOf(instant).Date;

    public LocalDateTime LocalTimeOf(Instant instant) => instant.InZone(_zone).LocalDateTime;

    /// <summary>A local time as an instant: skipped by a clock change, the time as long after it; doubled, the earlier one.</summary>
    public Instant At(LocalDateTime local) => _zone.AtLeniently(local).ToInstant();

    public Instant At(LocalDate date, LocalTime time) => At(date + time);
}
