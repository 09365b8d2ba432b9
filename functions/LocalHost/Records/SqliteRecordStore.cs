using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cohesion.Workflows.Records;
using Microsoft.Data.Sqlite;

namespace Cohesion.Workflows.LocalHost.Records;

/// <summary>
/// Records in one SQLite file. One connection does every write and every checkpoint, because two that do so at the same time can corrupt
/// the write-ahead log (SQLite 3.7.0 to 3.51.2); the readers may not write.
/// </summary>
/// <param name="writer">The only connection that may write.</param>
/// <param name="readers">Connections that see every commit that has returned.</param>
internal sealed class SqliteRecordStore(ConnectionPool writer, ConnectionPool readers) : IRecordStore, IAsyncDisposable
{
    private const string Insert = "INSERT INTO record VALUES ($partition, $row, $etag, $properties) ON CONFLICT DO NOTHING";
    private const string Put = "INSERT OR REPLACE INTO record VALUES ($partition, $row, $etag, $properties)";
    private const string Replace =
        "UPDATE record SET etag = $etag, properties = $properties WHERE partition = $partition AND row = $row AND etag = $old";
    private const string Delete = "DELETE FROM record WHERE partition = $partition AND row = $row AND ($old IS NULL OR etag = $old)";

    /// <summary>No row stands after it: none holds a character that is no character.</summary>
    private const string AfterAll = "\uFFFF";

    /// <summary>The file is no web page: what people typed stays readable in it.</summary>
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly GroupCommit _commits = new(writer, Write);

    public async Task<Record?> Find(RecordKey key, CancellationToken cancel = default)
    {
        RecordLimits.CheckKey(key);
        return await readers.Use(connection => Find(connection, key), cancel);
    }

    public async Task<RecordPage> Query(RowRange range, string? continuation = null, CancellationToken cancel = default)
    {
        RecordLimits.CheckKey(new RecordKey(range.Partition, ""));
        return await readers.Use(connection => Query(connection, range with { From = continuation ?? range.From }), cancel);
    }

    public async Task<IReadOnlyList<string?>> Commit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel = default)
    {
        RecordLimits.CheckTransaction(writes);
        return await _commits.Commit(writes, cancel);
    }

    /// <summary>The names of all partitions, in ordinal order.</summary>
    public Task<List<string>> Partitions(CancellationToken cancel = default) => readers.Use(connection =>
    {
        List<string> names = [];
        using var command = connection.Command("SELECT DISTINCT partition FROM record ORDER BY partition");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            names.Add(OrdinalText.Text(reader.GetFieldValue<byte[]>(0)));
        }

        return names;
    }, cancel);

    /// <summary>The writer goes last: the last connection that closes does the last checkpoint.</summary>
    public async ValueTask DisposeAsync()
    {
        await readers.DisposeAsync();
        await writer.DisposeAsync();
    }

    private static Record? Find(SqliteConnection connection, RecordKey key)
    {
        using var command = connection.Command(
            "SELECT row, etag, properties FROM record WHERE partition = $partition AND row = $row",
            ("$partition", OrdinalText.Bytes(key.Partition)),
            ("$row", OrdinalText.Bytes(key.Row)));
        return Read(command, key.Partition).SingleOrDefault();
    }

    /// <summary>The row after the page is its continuation.</summary>
    private static RecordPage Query(SqliteConnection connection, RowRange range)
    {
        using var command = connection.Command(
            """
            SELECT row, etag, properties FROM record
            WHERE partition = $partition AND row >= $from AND row < $before ORDER BY row LIMIT $limit
            """,
            ("$partition", OrdinalText.Bytes(range.Partition)),
            ("$from", OrdinalText.Bytes(range.From)),
            ("$before", OrdinalText.Bytes(range.Before ?? AfterAll)),
            ("$limit", RecordLimits.PageSize + 1));
        var found = Read(command, range.Partition);
        return found.Count <= RecordLimits.PageSize ? new RecordPage(found, null) : new RecordPage(found[..^1], found[^1].Key.Row);
    }

    private static List<Record> Read(SqliteCommand command, string partition)
    {
        List<Record> found = [];
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var key = new RecordKey(partition, OrdinalText.Text(reader.GetFieldValue<byte[]>(0)));
            found.Add(new Record(key, Properties(reader.GetString(2)), reader.GetString(1)));
        }

        return found;
    }

    private static IReadOnlyList<string?> Write(SqliteConnection connection, IReadOnlyList<RecordWrite> writes)
    {
        var number = (long)connection.Scalar("UPDATE counter SET commits = commits + 1 RETURNING commits")!;
        var etag = number.ToString(CultureInfo.InvariantCulture);
        foreach (var write in writes)
        {
            Write(connection, write, etag);
        }

        return [.. writes.Select(write => write is RecordWrite.Delete ? null : etag)];
    }

    private static void Write(SqliteConnection connection, RecordWrite write, string etag)
    {
        using var command = write switch
        {
            RecordWrite.Insert(var record) => WriteCommand(connection, Insert, record, etag, null),
            RecordWrite.Put(var record) => WriteCommand(connection, Put, record, etag, null),
            RecordWrite.Replace(var record, var old) => WriteCommand(connection, Replace, record, etag, old),
            RecordWrite.Delete(var key, var old) => WriteCommand(connection, Delete, Record.Of(key), etag, old),
            _ => throw new ArgumentException($"No store knows the write {write.GetType()}.", nameof(write)),
        };
        if (command.ExecuteNonQuery() == 0)
        {
            throw new RecordConflictException(ConflictOf(connection, write), write.Key);
        }
    }

    private static SqliteCommand WriteCommand(SqliteConnection connection, string sql, Record record, string etag, string? old) =>
        connection.Command(
            sql,
            ("$partition", OrdinalText.Bytes(record.Key.Partition)),
            ("$row", OrdinalText.Bytes(record.Key.Row)),
            ("$properties", JsonSerializer.Serialize(record.Properties, Json)),
            ("$etag", etag),
            ("$old", old));

    private static RecordConflict ConflictOf(SqliteConnection connection, RecordWrite write) =>
        write is RecordWrite.Insert ? RecordConflict.Exists
        : Find(connection, write.Key) is null ? RecordConflict.Missing
        : RecordConflict.Changed;

    private static ImmutableSortedDictionary<string, string> Properties(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json, Json)!.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
