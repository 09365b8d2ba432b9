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

    /// <summary>The working day that is so many working days (Monday to Friday) after a date.</summary>
    public static LocalDate AddWorkingDays(LocalDate date, int days)
    {
        while (days > 0)
        {
            date = date.PlusDays(1);
            days -= date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday ? 0 : 1;
        }

        return date;
    }
}
