using System.Globalization;

namespace Cohesion.Workflows.Coordinators.Board;

/// <summary>A hundred communities of a list: writing a thousand takes longer than anybody wants to wait, and nobody reads them at once.</summary>
/// <param name="All">The whole list, in its order.</param>
/// <param name="Number">Which hundred, from 1.</param>
public sealed record BoardPage(IReadOnlyList<BoardLine> All, int Number)
{
    public const int Size = 100;

    public int Last => Math.Max(1, (All.Count + Size - 1) / Size);

    public int First => (Number - 1) * Size + 1;

    public IReadOnlyList<BoardLine> Lines => [.. All.Skip(First - 1).Take(Size)];

    /// <summary>The page of an address: "2". The first where it is none; the last where the list has become shorter.</summary>
    public static BoardPage Of(IReadOnlyList<BoardLine> all, string text)
    {
        var page = new BoardPage(all, int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(1, number) : 1);
        return page with { Number = Math.Min(page.Number, page.Last) };
    }

    /// <summary>Where another page of the same list is: "/cycles?stage=all&amp;page=2".</summary>
    public static string Address(string path, BoardFilter filter, int number)
    {
        var query = filter.Query;
        return number == 1 ? path + query : string.Create(CultureInfo.InvariantCulture, $"{path}{query}{(query.Length == 0 ? "?" : "&")}page={number}");
    }
}
