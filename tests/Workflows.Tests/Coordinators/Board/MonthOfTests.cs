using Cohesion.Workflows.Coordinators.Board;
using NodaTime;

namespace Cohesion.Workflows.Tests.Coordinators.Board;

public sealed class MonthOfTests
{
    [Theory]
    [InlineData("2027-05", "2027-04-25", "2027-06-05")]
    [InlineData("2026-02", "2026-02-01", "2026-02-28")]
    [InlineData("2027-08", "2027-08-01", "2027-09-04")]
    public void A_month_is_whole_weeks_from_Sunday_on(string month, string first, string last)
    {
        var weeks = MonthOf.Weeks(MonthOf.From(month, Lines.Today)).ToList();
        weeks.ShouldAllBe(week => week.Length == 7 && week[0].DayOfWeek == IsoDayOfWeek.Sunday);
        (weeks[0][0], weeks[^1][6]).ShouldBe((Day(first), Day(last)));
    }

    [Theory]
    [InlineData("2027-12", "2027-12")]
    [InlineData("", "2027-03")]
    [InlineData("2027-13", "2027-03")]
    [InlineData("9999-12", "2027-03")]
    [InlineData("soon", "2027-03")]
    public void What_is_no_month_is_this_one(string text, string month) => MonthOf.Text(MonthOf.From(text, Lines.Today)).ShouldBe(month);

    [Fact]
    public void A_day_has_its_sessions_and_deadlines_in_the_order_of_their_hours()
    {
        var entries = MonthOf.Entries(
            [Lines.Of("Elk Pass", session: "2027-03-12T18:00"), Lines.Of("Cedar", deadline: "2027-03-12T17:00"), Lines.Of("Birch", deadline: "2027-03-09T17:00")], Lines.Now);
        entries[new LocalDate(2027, 3, 12)].Select(entry => (entry.Line.Row.Community, entry.What, entry.IsSession))
            .ShouldBe([("Cedar", "dates", false), ("Elk Pass", "session", true)]);
        entries[new LocalDate(2027, 3, 9)].ShouldBeEmpty("A deadline that has passed is none.");
    }

    private static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}
