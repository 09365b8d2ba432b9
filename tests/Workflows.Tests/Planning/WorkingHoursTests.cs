using Cohesion.Workflows.Planning;
using NodaTime.Text;

namespace Cohesion.Workflows.Tests.Planning;

public sealed class WorkingHoursTests
{
    private static readonly CommunityDays Days = new("America/Vancouver");
    private static readonly WorkingHours Hours = new("America/Vancouver");

    [Theory]
    [InlineData("2027-05-20T08:00", "2027-05-20T08:00")]
    [InlineData("2027-05-20T17:59", "2027-05-20T17:59")]
    [InlineData("2027-05-20T07:59", "2027-05-20T08:00")]
    [InlineData("2027-05-20T18:00", "2027-05-21T08:00")]
    [InlineData("2027-05-21T18:00", "2027-05-25T08:00")]
    [InlineData("2027-05-23T12:00", "2027-05-25T08:00")]
    public void What_can_wait_waits_for_the_next_working_hour_past_weekend_and_holiday(string from, string next) =>
        Hours.Next(At(from)).ShouldBe(At(next));

    [Theory]
    [InlineData("2027-05-20T08:00", "2027-05-20T08:00")]
    [InlineData("2027-05-20T08:01", "2027-05-21T08:00")]
    [InlineData("2027-05-21T09:00", "2027-05-25T08:00")]
    [InlineData("2027-05-22T02:00", "2027-05-25T08:00")]
    public void A_morning_is_the_next_working_day_s_once_it_has_begun(string from, string next) =>
        Hours.NextMorning(At(from)).ShouldBe(At(next));

    [Fact]
    public void Each_zone_has_its_own_hours() =>
        new WorkingHours("America/St_Johns").Include(At("2027-05-20T14:00")).ShouldBeFalse();

    private static NodaTime.Instant At(string local) => Days.At(LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value);
}
