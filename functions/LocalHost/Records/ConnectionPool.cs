using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Cohesion.Workflows.LocalHost.Records;

/// <summary>Open connections, each lent to one user at a time, in the order of asking.</summary>
internal sealed class ConnectionPool : IAsyncDisposable
{
    private readonly Channel<SqliteConnection> _idle = Channel.CreateUnbounded<SqliteConnection>();
    private readonly int _count;
    private bool _disposed;

    public ConnectionPool(params IReadOnlyCollection<SqliteConnection> connections)
    {
        _count = connections.Count;
        foreach (var connection in connections)
        {
            _idle.Writer.TryWrite(connection);
        }
    }

    /// <param name="work">Runs to its end once it has begun.</param>
    /// <param name="cancel">Stops only the wait for a connection.</param>
    public async Task<T> Use<T>(Func<SqliteConnection, T> work, CancellationToken cancel)
    {
        var connection = await Take(cancel);
        try
        {
            return work(connection);
        }
        finally
        {
            _idle.Writer.TryWrite(connection);
        }
    }

    /// <summary>Closes each connection when its user is done; who asks afterwards is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        for (var i = 0; i < _count; i++)
        {
            await (await _idle.Reader.ReadAsync()).DisposeAsync();
        }

        _idle.Writer.Complete();
    }

    private async ValueTask<SqliteConnection> Take(CancellationToken cancel)
    {
        try
        {
            return await _idle.Reader.ReadAsync(cancel);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException("The records are closed.", closed);
        }
    }
}
