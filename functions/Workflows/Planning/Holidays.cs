using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>
/// The statutory holidays of British Columbia (Employment Standards Act, section 1; National Day for Truth and Reconciliation
/// since 2023), computed, so that no year is missing. Canada Day is 2 July where the first is a Sunday (Holidays Act of Canada,
/// section 2); the other days stay where they fall.
/// </summary>
public static class Holidays
{
    public static bool IsHoliday(LocalDate date) => (date.Month, date.Day) switch
    {
        (1, 1) or (9, 30) or (11, 11) or (12, 25) => true,
        (7, 1) => date.DayOfWeek != IsoDayOfWeek.Sunday,
        (7, 2) => date.DayOfWeek == IsoDayOfWeek.Monday,
        _ => IsHolidayMonday(date) || date == Easter(date.Year).PlusDays(-2),
    };

    /// <summary>Monday to Friday, and no holiday.</summary>
    public static bool IsWorkingDay(LocalDate date) =>
        date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) && !IsHoliday(date);

    /// <summary>The working day that is so many working days after a date, or before it (negative); 0 is the date itself, whatever it is.</summary>
    public static LocalDate AddWorkingDays(LocalDate date, int days)
    {
        for (var step = Math.Sign(days); days != 0; days -= IsWorkingDay(date) ? step : 0)
        {
            date = date.PlusDays(step);
        }

        return date;
    }

    /// <summary>Family Day, Victoria Day (before 25 May), British Columbia Day, Labour Day, Thanksgiving.</summary>
    private static bool IsHolidayMonday(LocalDate date) => date.DayOfWeek == IsoDayOfWeek.Monday && (date.Month, date.Day) is
        (2, >= 15 and <= 21) or (5, >= 18 and <= 24) or (8, <= 7) or (9, <= 7) or (10, >= 8 and <= 14);

    /// <summary>Easter Sunday of the Gregorian calendar (anonymous algorithm, Nature, 20 April 1876).</summary>
    private static LocalDate Easter(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        var toSunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
        var late = (golden + 11 * epact + 22 * toSunday) / 451;
        var day = epact + toSunday - 7 * late + 114;
        return new LocalDate(year, day / 31, day % 31 + 1);
    }
}
