using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Planning;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Tests.Planning;

public sealed class HolidaysTests
{
    private const int HolidaysAYear = 11;

    private static readonly LocalDate First = new(2026, 1, 1);
    private static readonly LocalDate Last = new(2036, 12, 31);

    private static Arbitrary<LocalDate> Dates => Gen.Choose(0, Period.DaysBetween(First, Last)).Select(First.PlusDays).ToArbitrary();

    private static Arbitrary<int> WorkingDays => Gen.Choose(0, 60).ToArbitrary();

    /// <summary>As the province published them.</summary>
    [Theory]
    [InlineData("2026-01-01")]
    [InlineData("2026-02-16")]
    [InlineData("2026-04-03")]
    [InlineData("2026-05-18")]
    [InlineData("2026-07-01")]
    [InlineData("2026-08-03")]
    [InlineData("2026-09-07")]
    [InlineData("2026-09-30")]
    [InlineData("2026-10-12")]
    [InlineData("2026-11-11")]
    [InlineData("2026-12-25")]
    [InlineData("2027-02-15")]
    [InlineData("2027-03-26")]
    [InlineData("2027-05-24")]
    [InlineData("2029-07-02")]
    [InlineData("2030-04-19")]
    [InlineData("2035-03-23")]
    [InlineData("2036-04-11")]
    public void A_holiday_is_known(string date) => Holidays.IsHoliday(LocalDatePattern.Iso.Parse(date).Value).ShouldBeTrue();

    /// <summary>Easter Monday, Boxing Day and the day after a holiday on a Sunday are worked, but for Canada Day.</summary>
    [Theory]
    [InlineData("2026-04-06")]
    [InlineData("2026-12-26")]
    [InlineData("2027-12-27")]
    [InlineData("2029-07-01")]
    [InlineData("2026-05-25")]
    public void Another_day_is_none(string date) => Holidays.IsHoliday(LocalDatePattern.Iso.Parse(date).Value).ShouldBeFalse();

    [Fact]
    public void Every_year_has_eleven()
    {
        for (var year = First.Year; year <= Last.Year; year++)
        {
            var days = Enumerable.Range(0, 366).Select(new LocalDate(year, 1, 1).PlusDays).Where(date => date.Year == year);
            days.Count(Holidays.IsHoliday).ShouldBe(HolidaysAYear, $"{year}");
        }
    }

    [Fact]
    public void So_many_working_days_later_is_a_working_day_with_so_many_until_it() =>
        Prop.ForAll(Dates, WorkingDays, (date, days) =>
        {
            var due = Holidays.AddWorkingDays(date, days);
            var between = Enumerable.Range(1, Period.DaysBetween(date, due)).Select(date.PlusDays).Count(Holidays.IsWorkingDay);
            return between == days && (days == 0 ? due == date : Holidays.IsWorkingDay(due));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Working_days_add_up() =>
        Prop.ForAll(Dates, WorkingDays, WorkingDays, (date, some, more) =>
            Holidays.AddWorkingDays(Holidays.AddWorkingDays(date, some), more) == Holidays.AddWorkingDays(date, some + more)).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    /// <summary>A local day and time of the programme's hours is that day and time again, in every zone that communities live by.</summary>
    [Fact]
    public void A_day_at_nine_or_five_is_that_day_in_every_zone() =>
        Prop.ForAll(Dates, Gen.Elements<string>([.. KickOffForm.Zones]).ToArbitrary(), Gen.Elements(9, 17).ToArbitrary(), (date, zone, hour) =>
        {
            var days = new CommunityDays(zone);
            return days.LocalTimeOf(days.At(date, new LocalTime(hour, 0))) == date.At(new LocalTime(hour, 0));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
