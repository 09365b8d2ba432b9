using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Testing;

public abstract partial class RecordStoreCompliance
{
    [Fact]
    public async Task An_insert_where_a_record_stands_is_refused()
    {
        var etag = await Commit(Insert("a"));

        await ShouldConflict(RecordConflict.Exists, Insert("a"));
        (await Store.Find(Key("a")))!.ETag.ShouldBe(etag);
    }

    [Fact]
    public async Task A_put_writes_whatever_stands_there()
    {
        var first = await Commit(new RecordWrite.Put(Row("a")));
        var second = await Commit(new RecordWrite.Put(Row("a")));

        second.ShouldNotBe(first);
        (await Store.Find(Key("a")))!.ETag.ShouldBe(second);
    }

    [Fact]
    public async Task A_replace_under_the_present_etag_writes()
    {
        var etag = await Commit(Insert("a"));
        await Commit(new RecordWrite.Replace(Row("a", ("Text", "new")), etag!));

        (await Store.Find(Key("a")))!["Text"].ShouldBe("new");
    }

    [Fact]
    public async Task A_replace_under_an_old_etag_is_refused()
    {
        var old = await Commit(Insert("a"));
        var present = await Commit(new RecordWrite.Put(Row("a")));

        await ShouldConflict(RecordConflict.Changed, new RecordWrite.Replace(Row("a", ("Text", "lost")), old!));
        (await Store.Find(Key("a")))!.ETag.ShouldBe(present);
    }

    [Fact]
    public async Task A_replace_where_no_record_stands_is_refused()
    {
        var etag = await Commit(Insert("other"));

        await ShouldConflict(RecordConflict.Missing, new RecordWrite.Replace(Row("a"), etag!));
        (await Store.Find(Key("a"))).ShouldBeNull();
    }

    [Fact]
    public async Task A_delete_under_the_present_etag_deletes()
    {
        var etag = await Commit(Insert("a"));
        await Commit(new RecordWrite.Delete(Key("a"), etag));

        (await Store.Find(Key("a"))).ShouldBeNull();
    }

    [Fact]
    public async Task A_delete_under_an_old_etag_is_refused()
    {
        var old = await Commit(Insert("a"));
        await Commit(new RecordWrite.Put(Row("a")));

        await ShouldConflict(RecordConflict.Changed, new RecordWrite.Delete(Key("a"), old));
        (await Store.Find(Key("a"))).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_delete_where_no_record_stands_is_refused()
    {
        var etag = await Commit(Insert("other"));

        await ShouldConflict(RecordConflict.Missing, new RecordWrite.Delete(Key("a"), null));
        await ShouldConflict(RecordConflict.Missing, new RecordWrite.Delete(Key("a"), etag));
    }

    [Fact]
    public async Task A_record_that_was_deleted_and_inserted_again_has_another_etag()
    {
        var old = await Commit(Insert("a"));
        await Commit(new RecordWrite.Delete(Key("a"), old));
        await Commit(Insert("a"));

        await ShouldConflict(RecordConflict.Changed, new RecordWrite.Replace(Row("a"), old!));
    }

    [Fact]
    public async Task A_transaction_whose_last_guard_does_not_hold_is_refused_whole()
    {
        await Commit(new RecordWrite.Insert(Row("kept", ("Text", "old"))));
        await Commit(Insert("taken"));

        await ShouldConflict(RecordConflict.Exists, Insert("new"), new RecordWrite.Put(Row("kept")), Insert("taken"));
        (await Store.Find(Key("new"))).ShouldBeNull();
        (await Store.Find(Key("kept")))!["Text"].ShouldBe("old");
    }

    [Fact]
    public async Task A_refused_transaction_does_not_stop_the_next()
    {
        await Commit(Insert("a"));
        await ShouldConflict(RecordConflict.Exists, Insert("a"));

        (await Commit(Insert("b"))).ShouldNotBeNull();
    }

    /// <summary>Asserts that the transaction is refused for its last write.</summary>
    private async Task ShouldConflict(RecordConflict conflict, params RecordWrite[] writes)
    {
        var refusal = await Should.ThrowAsync<RecordConflictException>(() => Store.Commit(writes));
        refusal.Conflict.ShouldBe(conflict);
        refusal.Key.ShouldBe(writes[^1].Key);
    }
}
