using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Testing;

public abstract partial class RecordStoreCompliance
{
    [Fact]
    public async Task A_long_range_comes_in_pages_without_a_gap_or_a_double()
    {
        var rows = Enumerable.Range(0, 2_500).Select(i => $"{i:D4}").ToList();
        await InsertAll(rows);
        var pages = await Pages(RowRange.Whole(_partition));

        pages.ShouldAllBe(page => page.Records.Count <= RecordLimits.PageSize);
        pages.SelectMany(page => page.Records).Select(record => record.Key.Row).ShouldBe(rows);
    }

    [Fact]
    public async Task A_page_of_the_middle_stops_at_the_end_of_its_range()
    {
        await InsertAll(Enumerable.Range(0, 1_200).Select(i => $"{i:D4}"));
        var pages = await Pages(new RowRange(_partition, "0050", "1100"));

        var rows = pages.SelectMany(page => page.Records).Select(record => record.Key.Row).ToList();
        (rows.Count, rows[0], rows[^1]).ShouldBe((1_050, "0050", "1099"));
    }

    [Fact]
    public async Task A_row_that_is_deleted_between_two_pages_takes_no_other_with_it()
    {
        await InsertAll(Enumerable.Range(0, 1_010).Select(i => $"{i:D4}"));
        var first = await Store.Query(RowRange.Whole(_partition));
        await Store.Commit([.. Enumerable.Range(998, 4).Select(i => new RecordWrite.Delete(Key($"{i:D4}"), null))]);
        var second = await Store.Query(RowRange.Whole(_partition), first.Continuation.ShouldNotBeNull());

        second.Records.Select(record => record.Key.Row).ShouldBe(Enumerable.Range(1_002, 8).Select(i => $"{i:D4}"));
        second.Continuation.ShouldBeNull();
    }

    [Fact]
    public async Task A_range_has_its_first_row_and_not_its_last()
    {
        await InsertAll(["a", "b", "ba", "c", "d"]);

        (await Rows(new RowRange(_partition, "b", "c"))).ShouldBe(["b", "ba"]);
        (await Rows(new RowRange(_partition, "c", "b"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_prefix_finds_the_rows_that_start_with_it()
    {
        await InsertAll(["fact", "fact-1", "fact-é", "fact-😀", "fact.", "facts"]);

        (await Rows(RowRange.StartingWith(_partition, "fact-"))).ShouldBe(["fact-1", "fact-é", "fact-😀"]);
    }

    /// <summary>An emoji is written as two surrogates, which stand before U+E000 and what follows; in UTF-8 it stands after.</summary>
    [Fact]
    public async Task Rows_come_in_ordinal_order()
    {
        string[] ordered =
            ["", "-", "10", "9", "A", "Z", "_", "a", "a ", "aa", "z", "é", "ʷ", "中", "😀", "😁", "\uE000", "ﬁ", "\uFFFD"];
        await InsertAll(ordered.Reverse());

        (await Rows(RowRange.Whole(_partition))).ShouldBe(ordered);
        (await Rows(new RowRange(_partition, "中", "\uE000"))).ShouldBe(["中", "😀", "😁"]);
    }

    [Fact]
    public async Task A_partition_without_records_is_one_empty_page()
    {
        var page = await Store.Query(RowRange.Whole(_partition));

        page.Records.ShouldBeEmpty();
        page.Continuation.ShouldBeNull();
    }

    [Fact]
    public async Task A_page_has_its_records_whole()
    {
        var etag = await Commit(new RecordWrite.Insert(Row("a", ("Text", "here"))));

        var record = (await Store.Query(RowRange.Whole(_partition))).Records.ShouldHaveSingleItem();
        (record.Key, record["Text"], record.ETag).ShouldBe((Key("a"), "here", etag));
    }

    private async Task InsertAll(IEnumerable<string> rows)
    {
        foreach (var chunk in rows.Chunk(RecordLimits.WritesPerTransaction))
        {
            await Store.Commit([.. chunk.Select(row => Insert(row))]);
        }
    }

    private async Task<List<RecordPage>> Pages(RowRange range)
    {
        List<RecordPage> pages = [await Store.Query(range)];
        while (pages[^1].Continuation is { } continuation)
        {
            pages.Add(await Store.Query(range, continuation));
        }

        return pages;
    }
}
