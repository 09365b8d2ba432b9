using System.Text;
using Cohesion.Workflows.Coordinators.Board;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Tests.Coordinators.Board;

public sealed class BoardCsvTests
{
    [Fact]
    public void A_line_is_a_line_with_times_that_a_spreadsheet_sorts() =>
        Written(Lines.Of("Elk Pass", needs: true, deadline: "2027-03-20T17:00", session: "2027-05-25T18:00", risk: RiskKind.FewExpected))[1].ShouldBe(
            "Elk Pass,Adult Mental Health,Scheduling,\"you, 1 Division lead\",2027-03-01 10:00,2027-03-20 17:00,dates,2027-05-25 18:00,America/Vancouver,few expected: 5 of 6");

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    public void No_name_is_run_as_a_formula(string community) => Written(Lines.Of(community))[1]
        .ShouldStartWith($"\"'{community}\"");

    [Fact]
    public void A_spreadsheet_takes_it_for_UTF_8() =>
        BoardCsv.File([]).FileContents.Span.StartsWith(Encoding.UTF8.Preamble).ShouldBeTrue();

    private static string[] Written(BoardLine line) => Encoding.UTF8.GetString(BoardCsv.File([line]).FileContents.Span).Split("\r\n");
}
