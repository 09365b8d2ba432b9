using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Tests.Coordinators;

public sealed class BlackoutsTests
{
    [Theory]
    [InlineData("2027-03-15", 15, 15)]
    [InlineData(" 2027-03-15 to 2027-03-26 ", 15, 26)]
    [InlineData("2027-03-15..2027-03-26", 15, 26)]
    public void A_line_is_a_day_or_the_first_and_the_last(string typed, int from, int to) =>
        Blackouts.Read(typed).Spans.ShouldBe([new DaySpan(new LocalDate(2027, 3, from), new LocalDate(2027, 3, to))]);

    [Theory]
    [InlineData("spring break")]
    [InlineData("2027-03-26 to 2027-03-15")]
    [InlineData("2027-02-30")]
    public void A_line_that_cannot_be_read_is_named_by_its_number(string typed) =>
        Blackouts.Read("2027-03-01\n\n" + typed).Problems.ShouldHaveSingleItem().ShouldStartWith("Line 3:");

    [Fact]
    public void Nothing_typed_is_nothing_blacked_out() => Blackouts.Read(" \n").Spans.ShouldBeEmpty();
}
