using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.LocalHost.Tests.Records;

public sealed class SqliteRecordStoreTests : RecordStoreCompliance, IAsyncDisposable
{
    private static readonly RecordKey Key = new("p", "a");

    private readonly TemporaryFolder _temporary = new();
    private readonly DataFolder _folder;
    private readonly SqliteRecordStore _store;

    public SqliteRecordStoreTests()
    {
        _folder = DataFolder.Open(_temporary.Path);
        _store = _folder.OpenRecords();
    }

    protected override IRecordStore Store => _store;

    public async ValueTask DisposeAsync()
    {
        await _folder.DisposeAsync();
        _temporary.Dispose();
    }

    [Fact]
    public async Task Records_and_their_ETags_are_there_after_reopening()
    {
        var etags = await _store.Commit([new RecordWrite.Insert(Record.Of(Key, ("Text", "xʷməθkʷəy̓əm 😀")))]);
        await _folder.DisposeAsync();

        await using var again = DataFolder.Open(_temporary.Path);
        var found = (await again.OpenRecords().Find(Key)).ShouldNotBeNull();
        (found["Text"], found.ETag).ShouldBe(("xʷməθkʷəy̓əm 😀", etags[0]));
    }

    [Fact]
    public async Task An_ETag_does_not_come_again_after_reopening()
    {
        var old = (await _store.Commit([new RecordWrite.Insert(Record.Of(Key))]))[0]!;
        await _store.Commit([new RecordWrite.Delete(Key, old)]);
        await _folder.DisposeAsync();

        await using var again = DataFolder.Open(_temporary.Path);
        (await again.OpenRecords().Commit([new RecordWrite.Insert(Record.Of(Key))])).ShouldNotContain(old);
    }

    /// <summary>A copy of the files of a running store is what a kill leaves.</summary>
    [Fact]
    public async Task A_commit_that_returned_outlives_a_kill()
    {
        await _store.Commit([new RecordWrite.Insert(Record.Of(Key))]);
        using var killed = new TemporaryFolder();
        File.Copy(_temporary.File("records.db"), killed.File("records.db"));
        File.Copy(_temporary.File("records.db-wal"), killed.File("records.db-wal"));

        await using var again = DataFolder.Open(killed.Path);
        (await again.OpenRecords().Find(Key)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Closing_leaves_one_file_without_a_log()
    {
        await _store.Commit([new RecordWrite.Insert(Record.Of(Key))]);
        await _folder.DisposeAsync();

        Directory.GetFiles(_temporary.Path, "records*").ShouldBe([_temporary.File("records.db")]);
    }

    [Fact]
    public async Task What_is_under_way_ends_before_the_store_closes()
    {
        var commits = Enumerable.Range(0, 50)
            .Select(i => Task.Run(() => _store.Commit([new RecordWrite.Insert(Record.Of(new RecordKey("p", $"{i}")))])))
            .ToList();
        await commits[0];
        await _folder.DisposeAsync();
        var committed = (await Task.WhenAll(commits.Select(Succeeded))).Count(succeeded => succeeded);

        await using var again = DataFolder.Open(_temporary.Path);
        (await again.OpenRecords().Query(RowRange.Whole("p"))).Records.Count.ShouldBe(committed);
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        await _folder.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => _store.Find(Key));
        await Should.ThrowAsync<ObjectDisposedException>(() => _store.Commit([new RecordWrite.Insert(Record.Of(Key))]));
    }

    [Fact]
    public async Task A_deleted_text_is_gone_from_the_file()
    {
        var text = new string('x', 500) + "secret";
        await _store.Commit([new RecordWrite.Insert(Record.Of(Key, ("Text", text)))]);
        await _store.Commit([new RecordWrite.Delete(Key, null)]);
        await _folder.DisposeAsync();

        File.ReadAllBytes(_temporary.File("records.db")).AsSpan().IndexOf("secret"u8).ShouldBe(-1);
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", 2L)]
    [InlineData("secure_delete", 1L)]
    [InlineData("query_only", 0L)]
    public void The_writer_is_durable_and_deletes_for_good(string pragma, object value)
    {
        using var folder = new TemporaryFolder();
        File.Create(folder.File("records.db")).Dispose();
        using var writer = RecordFile.OpenWriter(folder.File("records.db"));

        writer.Scalar($"PRAGMA {pragma}").ShouldBe(value);
    }

    [Fact]
    public void A_reader_cannot_write()
    {
        using var reader = RecordFile.OpenReader(_temporary.File("records.db"));

        Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => reader.Execute("DELETE FROM record"));
    }

    [Fact]
    public async Task Every_reader_sees_a_commit_at_once()
    {
        for (var i = 0; i < 50; i++)
        {
            var etag = (await _store.Commit([new RecordWrite.Put(Record.Of(Key))]))[0];
            var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _store.Find(Key))));
            found.ShouldAllBe(record => record!.ETag == etag);
        }
    }

    private static async Task<bool> Succeeded(Task commit)
    {
        try
        {
            await commit;
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}
