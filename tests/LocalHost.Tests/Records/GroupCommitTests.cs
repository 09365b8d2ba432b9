using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.Records;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cohesion.Workflows.LocalHost.Tests.Records;

/// <summary>Transactions that wait at the same time: all come in while the writer is at work on something else.</summary>
public sealed class GroupCommitTests : IAsyncDisposable
{
    private const int Many = 100;

    private readonly TemporaryFolder _temporary = new();
    private readonly ConnectionPool _writer;
    private readonly SqliteRecordStore _store;

    /// <summary>What SQLite asks before each commit: whether it may be.</summary>
    private Func<bool> _mayCommit = () => true;
    private int _commits;

    public GroupCommitTests()
    {
        var file = _temporary.File("records.db");
        File.Create(file).Dispose();
        var writer = RecordFile.OpenWriter(file);
        raw.sqlite3_commit_hook(writer.Handle, _ => _mayCommit() && ++_commits > 0 ? 0 : 1, null);
        _writer = new ConnectionPool(writer);
        _store = new SqliteRecordStore(_writer, new ConnectionPool(RecordFile.OpenReader(file)));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _temporary.Dispose();
    }

    [Fact]
    public async Task A_hundred_transactions_that_wait_share_one_commit()
    {
        var commits = await WhileTheWriterIsBusy(() => [.. Enumerable.Range(0, Many).Select(i => Insert($"{i}"))]);

        var etags = await Task.WhenAll(commits);
        _commits.ShouldBe(1);
        etags.Select(etag => etag[0]).ShouldBeUnique();
        (await Rows()).Count.ShouldBe(Many);
    }

    [Fact]
    public async Task One_that_is_refused_takes_no_other_with_it()
    {
        var etag = (await Insert("a"))[0]!;
        var commits = await WhileTheWriterIsBusy(() =>
        [
            Insert("b"), Insert("c", "a", "d"), Replace("a", etag), Replace("a", etag), Insert("e"), Insert("e"), Delete("b"), Insert("b"),
        ]);

        (await Task.WhenAll(commits.Select(EndOf))).ShouldBe(
            [null, RecordConflict.Exists, null, RecordConflict.Changed, null, RecordConflict.Exists, null, null]);
        _commits.ShouldBe(2);
        (await Rows()).ShouldBe(["a", "b", "e"]);
    }

    /// <summary>Just before the commit their writes are in it already: they are told then no more than the others, and how it ended.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_stops_waiting_once_their_writes_are_taken_is_told_how_the_commit_ends(bool mayCommit)
    {
        using var patience = new CancellationTokenSource();
        _mayCommit = () =>
        {
            patience.Cancel();
            return mayCommit;
        };
        var commits = await WhileTheWriterIsBusy(() => [Insert("a"), _store.Commit([new RecordWrite.Insert(Of("b"))], patience.Token)]);

        (await Task.WhenAll(commits.Select(IsDone))).ShouldBe([mayCommit, mayCommit]);
        (await Rows()).ShouldBe(mayCommit ? ["a", "b"] : []);
    }

    [Fact]
    public async Task A_commit_that_fails_is_told_to_all_that_it_held_and_the_next_one_is_a_new_one()
    {
        _mayCommit = () => false;
        var commits = await WhileTheWriterIsBusy(() => [.. Enumerable.Range(0, Many).Select(i => Insert($"{i}"))]);

        foreach (var commit in commits)
        {
            await Should.ThrowAsync<SqliteException>(() => commit);
        }

        _mayCommit = () => true;
        await Insert("later");
        (await Rows()).ShouldBe(["later"]);
    }

    [Fact]
    public async Task Who_does_not_wait_writes_nothing()
    {
        var gone = new CancellationToken(canceled: true);
        var commits = await WhileTheWriterIsBusy(() => [Insert("a"), _store.Commit([new RecordWrite.Insert(Of("b"))], gone), Insert("c")]);

        await Should.ThrowAsync<OperationCanceledException>(() => commits[1]);
        await Task.WhenAll(commits[0], commits[2]);
        (await Rows()).ShouldBe(["a", "c"]);
    }

    private async Task<Task<IReadOnlyList<string?>>[]> WhileTheWriterIsBusy(Func<Task<IReadOnlyList<string?>>[]> begin)
    {
        var (isBusy, isDone) = (new TaskCompletionSource(), new TaskCompletionSource());
        var work = Task.Run(() => _writer.Use(_ =>
        {
            isBusy.SetResult();
            isDone.Task.Wait();
            return 0;
        }, CancellationToken.None));
        await isBusy.Task;
        var commits = begin();
        isDone.SetResult();
        await work;
        return commits;
    }

    private Task<IReadOnlyList<string?>> Insert(params string[] rows) =>
        _store.Commit([.. rows.Select(row => new RecordWrite.Insert(Of(row)))]);

    private Task<IReadOnlyList<string?>> Replace(string row, string etag) => _store.Commit([new RecordWrite.Replace(Of(row), etag)]);

    private Task<IReadOnlyList<string?>> Delete(string row) => _store.Commit([new RecordWrite.Delete(Of(row).Key, null)]);

    private async Task<List<string>> Rows() => [.. (await _store.Query(RowRange.Whole("p"))).Records.Select(record => record.Key.Row)];

    private static Record Of(string row) => Record.Of(new RecordKey("p", row));

    /// <summary>False where SQLite refused the commit.</summary>
    private static async Task<bool> IsDone(Task commit)
    {
        try
        {
            await commit;
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static async Task<RecordConflict?> EndOf(Task commit)
    {
        try
        {
            await commit;
            return null;
        }
        catch (RecordConflictException refusal)
        {
            return refusal.Conflict;
        }
    }
}
