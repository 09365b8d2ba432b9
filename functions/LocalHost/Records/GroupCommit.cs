using System.Collections.Concurrent;
using Cohesion.Workflows.Records;
using Microsoft.Data.Sqlite;

namespace Cohesion.Workflows.LocalHost.Records;

/// <summary>
/// Transactions that wait for the writer at the same time share one commit, and so one fsync. Who gets the writer commits what waits by
/// then; each transaction stands behind a savepoint, so that one that is refused takes no other with it.
/// See docs/decisions/0020-commits-are-shared.md.
/// </summary>
/// <param name="writer">The only connection that may write.</param>
/// <param name="write">Does a transaction's writes, and returns their ETags; throws where a guard condition does not hold.</param>
internal sealed class GroupCommit(ConnectionPool writer, Func<SqliteConnection, IReadOnlyList<RecordWrite>, IReadOnlyList<string?>> write)
{
    private const string Savepoint = "one";

    private readonly ConcurrentQueue<Waiting> _waiting = new();

    /// <summary>Returns when the commit that holds the writes has.</summary>
    /// <param name="writes">One transaction.</param>
    /// <param name="cancel">Stops only the wait for the writer.</param>
    public async Task<IReadOnlyList<string?>> Commit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel)
    {
        var mine = new Waiting(writes);
        _waiting.Enqueue(mine);
        try
        {
            await writer.Use(CommitWaiting, cancel);
        }
        catch
        {
            if (mine.TryTake())
            {
                throw;
            }

            // Who had the writer before has committed it all the same.
        }

        return await mine.Outcome;
    }

    private int CommitWaiting(SqliteConnection connection)
    {
        var group = TakeWaiting();
        if (group.Count == 0)
        {
            return 0;
        }

        try
        {
            var ends = CommitTogether(connection, group);
            ends.ForEach(end => end());
        }
        catch (Exception failure)
        {
            group.ForEach(one => one.Fails(failure));
        }

        return group.Count;
    }

    /// <summary>What comes in from now on is left to the next.</summary>
    private List<Waiting> TakeWaiting()
    {
        var group = new List<Waiting>();
        for (var left = _waiting.Count; left > 0 && _waiting.TryDequeue(out var one); left--)
        {
            if (one.TryTake())
            {
                group.Add(one);
            }
        }

        return group;
    }

    /// <returns>What tells each how it ended.</returns>
    private List<Action> CommitTogether(SqliteConnection connection, List<Waiting> group)
    {
        using var transaction = connection.BeginTransaction();
        var ends = group.ConvertAll(one => Write(connection, transaction, one));
        transaction.Commit();
        return ends;
    }

    private Action Write(SqliteConnection connection, SqliteTransaction transaction, Waiting one)
    {
        transaction.Save(Savepoint);
        try
        {
            var etags = write(connection, one.Writes);
            transaction.Release(Savepoint);
            return () => one.Ends(etags);
        }
        catch (RecordConflictException refusal)
        {
            transaction.Rollback(Savepoint);
            transaction.Release(Savepoint);
            return () => one.Fails(refusal);
        }
    }

    /// <summary>A transaction that is to be taken once: by who commits it, or by its caller, who does not wait any more.</summary>
    private sealed class Waiting(IReadOnlyList<RecordWrite> writes)
    {
        /// <summary>Its caller goes on elsewhere, not within the work of who committed it.</summary>
        private readonly TaskCompletionSource<IReadOnlyList<string?>> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _isTaken;

        public IReadOnlyList<RecordWrite> Writes { get; } = writes;

        public Task<IReadOnlyList<string?>> Outcome => _outcome.Task;

        public bool TryTake() => !Interlocked.Exchange(ref _isTaken, true);

        public void Ends(IReadOnlyList<string?> etags) => _outcome.SetResult(etags);

        public void Fails(Exception failure) => _outcome.SetException(failure);
    }
}
