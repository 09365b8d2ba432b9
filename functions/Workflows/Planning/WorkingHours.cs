using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>When people get mail that can wait: from 8:00 to 18:00 of their zone, on working days.</summary>
public sealed class WorkingHours(string zone)
{
    public static readonly LocalTime Opens = new(8, 0);
    public static readonly LocalTime Closes = new(18, 0);

    private readonly CommunityDays _days = new(zone);

    public bool Include(Instant instant)
    {
        var local = _days.LocalTimeOf(instant);
        return Holidays.IsWorkingDay(local.Date) && Include(local.TimeOfDay);
    }

    /// <summary>Whether a time of a working day is in them.</summary>
    public static bool Include(LocalTime time) => time >= Opens && time < Closes;

    /// <summary>The first moment of working hours, not before another.</summary>
    public Instant Next(Instant from) => Include(from) ? from : NextMorning(from);

    /// <summary>The first beginning of working hours, not before a moment.</summary>
    public Instant NextMorning(Instant from)
    {
        var today = _days.DateOf(from);
        return Holidays.IsWorkingDay(today) && from <= Morning(today) ? Morning(today) : MorningAfter(from);
    }

    /// <summary>The beginning of working hours on a later day than a moment's.</summary>
    public Instant MorningAfter(Instant instant) => Morning(Holidays.AddWorkingDays(_days.DateOf(instant), 1));

    private Instant Morning(LocalDate date) => _days.At(date, Opens);
}
