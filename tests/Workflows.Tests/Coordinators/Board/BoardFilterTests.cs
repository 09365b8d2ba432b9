using Cohesion.Workflows.Coordinators.Board;
using Cohesion.Workflows.Cycles;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Cohesion.Workflows.Tests.Coordinators.Board;

public sealed class BoardFilterTests
{
    private static readonly BoardLine[] All =
    [
        Lines.Of("Elk Pass", deadline: "2027-03-20T17:00", since: "2027-03-05T10:00"),
        Lines.Of("Cedar Inlet", StageIds.Attendance, needs: true, deadline: "2027-03-12T17:00", risk: RiskKind.FewExpected),
        Lines.Of("Ânswell", StageIds.CaseStudySelection, needs: true, isMine: false, since: "2027-02-20T10:00", programme: "child"),
        Lines.Of("Birch", isParked: true),
        Lines.Complete("Old Town"),
    ];

    [Theory]
    [InlineData("", "Cedar Inlet, Ânswell, Birch, Elk Pass")]
    [InlineData("?stage=attendance", "Cedar Inlet")]
    [InlineData("?stage=complete", "Old Town")]
    [InlineData("?stage=all", "Cedar Inlet, Ânswell, Birch, Elk Pass, Old Town")]
    [InlineData("?needs=me", "Cedar Inlet")]
    [InlineData("?risk=any", "Cedar Inlet, Birch")]
    [InlineData("?risk=Stopped", "Birch")]
    [InlineData("?programme=child", "Ânswell")]
    [InlineData("?text=answ", "Ânswell")]
    [InlineData("?text=no-such", "")]
    [InlineData("?sort=Community", "Ânswell, Birch, Cedar Inlet, Elk Pass")]
    [InlineData("?sort=Community&reversed=yes", "Elk Pass, Cedar Inlet, Birch, Ânswell")]
    [InlineData("?sort=Since", "Ânswell, Birch, Cedar Inlet, Elk Pass")]
    [InlineData("?sort=Next", "Cedar Inlet, Elk Pass, Ânswell, Birch")]
    [InlineData("?sort=Risk", "Birch, Cedar Inlet, Ânswell, Elk Pass")]
    [InlineData("?sort=Stage", "Ânswell, Birch, Elk Pass, Cedar Inlet")]
    [InlineData("?stage=nonsense&risk=99&sort=99&needs=you", "Cedar Inlet, Ânswell, Birch, Elk Pass")]
    public void What_the_address_says_is_shown(string query, string shown) =>
        string.Join(", ", From(query).Of(All).Select(line => line.Row.Community)).ShouldBe(shown);

    [Theory]
    [InlineData("")]
    [InlineData("?stage=attendance&programme=child&needs=me&risk=any&text=a%26b&sort=Next&reversed=yes")]
    public void The_address_of_a_filter_is_the_one_it_came_from(string query) => From(query).Query.ShouldBe(query);

    [Fact]
    public void The_same_order_again_is_the_other_way_round()
    {
        var byRisk = new BoardFilter().By(BoardOrder.Risk);
        byRisk.IsReversed.ShouldBeFalse();
        byRisk.By(BoardOrder.Risk).IsReversed.ShouldBeTrue();
        byRisk.By(BoardOrder.Risk).By(BoardOrder.Next).IsReversed.ShouldBeFalse();
    }

    [Fact]
    public void A_line_says_whose_move_it_is_and_what_comes_next()
    {
        var cedar = All[1];
        (cedar.Waiting, cedar.Next!.What, cedar.Where).ShouldBe(("you, 1 Division lead", "reply", "Attendance"));
        All[2].Waiting.ShouldBe("coordinator, 1 Division lead");
        Lines.Of("Far", session: "2027-05-25T18:00").Next!.What.ShouldBe("session");
        Lines.Of("Past", session: "2027-03-09T18:00", deadline: "2027-03-09T17:00").Next.ShouldBeNull();
    }

    private static BoardFilter From(string query) => BoardFilter.From(new QueryCollection(QueryHelpers.ParseQuery(query)));
}
