using Cohesion.Workflows.Coordinators.Board;

namespace Cohesion.Workflows.Tests.Coordinators.Board;

/// <summary>A long list is shown by the hundred.</summary>
public sealed class BoardPageTests
{
    [Theory]
    [InlineData(0, "", 1, 1, 0)]
    [InlineData(100, "", 1, 1, 100)]
    [InlineData(101, "", 1, 1, 100)]
    [InlineData(101, "2", 2, 101, 1)]
    [InlineData(250, "2", 2, 101, 100)]
    [InlineData(250, "0", 1, 1, 100)]
    [InlineData(250, "-1", 1, 1, 100)]
    [InlineData(250, "two", 1, 1, 100)]
    [InlineData(250, "99999999999", 1, 1, 100)]
    [InlineData(250, "2147483647", 3, 201, 50)]
    public void The_page_of_an_address_is_one_that_there_is(int lines, string typed, int number, int first, int count)
    {
        var page = BoardPage.Of([.. Enumerable.Range(1, lines).Select(line => Lines.Of($"Community {line}"))], typed);
        (page.Number, page.First, page.Lines.Count).ShouldBe((number, first, count));
        page.Lines.Take(1).ShouldAllBe(line => line.Row.Community == $"Community {first}");
    }

    [Fact]
    public void Another_page_keeps_the_filter_and_the_order()
    {
        var filter = new BoardFilter(Stage: BoardFilter.All).By(BoardOrder.Since);
        BoardPage.Address("/cycles", filter, 2).ShouldBe("/cycles?stage=all&sort=Since&page=2");
        BoardPage.Address("/cycles", filter, 1).ShouldBe("/cycles?stage=all&sort=Since");
        BoardPage.Address("/cycles/lanes", new BoardFilter(), 3).ShouldBe("/cycles/lanes?page=3");
    }
}
