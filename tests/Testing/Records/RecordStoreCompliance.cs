using System.Globalization;
using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Testing;

/// <summary>
/// What every <see cref="IRecordStore"/> does: a store's tests inherit it and say how the store is opened. Each test writes to
/// partitions of its own, so the store may be shared.
/// </summary>
public abstract partial class RecordStoreCompliance
{
    private readonly string _partition = Guid.NewGuid().ToString("N");

    /// <summary>The store under test.</summary>
    protected abstract IRecordStore Store { get; }

    [Fact]
    public async Task An_inserted_record_is_found_as_it_was_written()
    {
        var etag = await Commit(new RecordWrite.Insert(Row("a", ("Name", "Anna"), ("Empty", ""))));

        var found = (await Store.Find(Key("a"))).ShouldNotBeNull();
        found.Key.ShouldBe(Key("a"));
        found.ETag.ShouldBe(etag);
        found.Properties.ShouldBe(Row("a", ("Empty", ""), ("Name", "Anna")).Properties);
    }

    [Fact]
    public async Task Nothing_is_found_where_nothing_was_written() => (await Store.Find(Key("a"))).ShouldBeNull();

    [Fact]
    public async Task A_write_replaces_all_properties()
    {
        await Commit(new RecordWrite.Insert(Row("a", ("Old", "1"))));
        await Commit(new RecordWrite.Put(Row("a", ("New", "2"))));

        (await Store.Find(Key("a")))!.Properties.Keys.ShouldBe(["New"]);
    }

    [Fact]
    public async Task A_record_without_properties_is_kept()
    {
        await Commit(new RecordWrite.Insert(Row("a")));

        (await Store.Find(Key("a")))!.Properties.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_record_is_gone()
    {
        await Commit(new RecordWrite.Insert(Row("a")));
        (await Commit(new RecordWrite.Delete(Key("a"), null))).ShouldBeNull();

        (await Store.Find(Key("a"))).ShouldBeNull();
        (await Rows(RowRange.Whole(_partition))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_transaction_answers_the_new_ETag_of_each_write_in_order()
    {
        await Store.Commit([Insert("a"), Insert("b"), Insert("c")]);
        var etags = await Store.Commit([new RecordWrite.Put(Row("c")), new RecordWrite.Delete(Key("b"), null), Insert("d")]);

        etags.ShouldBe([(await Store.Find(Key("c")))!.ETag, null, (await Store.Find(Key("d")))!.ETag]);
    }

    [Fact]
    public async Task The_same_row_stands_in_two_partitions_apart()
    {
        await Commit(new RecordWrite.Insert(Row("a", ("Text", "here"))));
        await Commit(new RecordWrite.Insert(Record.Of(new RecordKey(_partition + "2", "a"), ("Text", "there"))));

        (await Store.Find(Key("a")))!["Text"].ShouldBe("here");
        (await Rows(RowRange.Whole(_partition))).ShouldBe(["a"]);
    }

    [Fact]
    public async Task What_was_cancelled_before_it_began_writes_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(() => Store.Commit([Insert("a")], cancelled));
        (await Store.Find(Key("a"))).ShouldBeNull();
    }

    [Fact]
    public async Task A_commit_is_seen_by_whoever_reads_once_it_has_returned()
    {
        await InParallel(16, async writer =>
        {
            for (var i = 0; i < 20; i++)
            {
                var etag = await Commit(new RecordWrite.Put(Row($"{writer}")));
                (await Store.Find(Key($"{writer}")))!.ETag.ShouldBe(etag);
            }
        });
    }

    [Fact]
    public async Task Of_many_who_insert_the_same_key_one_wins()
    {
        var won = 0;
        await InParallel(16, async _ =>
        {
            if (await TryCommit(Insert("a")))
            {
                Interlocked.Increment(ref won);
            }
        });

        won.ShouldBe(1);
    }

    [Fact]
    public async Task Parallel_writers_under_an_ETag_lose_no_update()
    {
        await Commit(new RecordWrite.Insert(Row("a", ("Count", "0"))));
        await InParallel(8, async _ =>
        {
            for (var i = 0; i < 25; i++)
            {
                await Increment(Key("a"));
            }
        });

        (await Store.Find(Key("a")))!["Count"].ShouldBe("200");
    }

    private async Task Increment(RecordKey key)
    {
        Record present;
        string next;
        do
        {
            present = (await Store.Find(key))!;
            next = (int.Parse(present["Count"], CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        }
        while (!await TryCommit(new RecordWrite.Replace(Record.Of(key, ("Count", next)), present.ETag!)));
    }

    private async Task<bool> TryCommit(RecordWrite write)
    {
        try
        {
            await Store.Commit([write]);
            return true;
        }
        catch (RecordConflictException)
        {
            return false;
        }
    }

    private static Task InParallel(int count, Func<int, Task> work) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => work(i))));

    private RecordKey Key(string row) => new(_partition, row);

    private Record Row(string row, params ReadOnlySpan<(string Name, string Text)> properties) => Record.Of(Key(row), properties);

    private async Task<string?> Commit(RecordWrite write) => (await Store.Commit([write])).ShouldHaveSingleItem();

    private async Task<List<string>> Rows(RowRange range) =>
        [.. (await Store.Query(range)).Records.Select(record => record.Key.Row)];
}
