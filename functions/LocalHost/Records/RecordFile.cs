using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cohesion.Workflows.LocalHost.Records;

/// <summary>Opens the database file, and leaves as it is what this program cannot work with.</summary>
internal static class RecordFile
{
    private const int Readers = 4;

    /// <exception cref="DataFolderException">The file is no database, damaged, another program's or a newer version's.</exception>
    public static SqliteRecordStore Open(string file)
    {
        var writer = OpenWriter(file);
        var readers = Enumerable.Range(0, Readers).Select(_ => OpenReader(file));
        return new SqliteRecordStore(new ConnectionPool(writer), new ConnectionPool([.. readers]));
    }

    internal static SqliteConnection OpenWriter(string file)
    {
        try
        {
            return Ready(Connect(file), file);
        }
        catch (SqliteException failure)
        {
            throw new DataFolderException(Explain(failure, file), failure);
        }
    }

    internal static SqliteConnection OpenReader(string file)
    {
        var reader = Connect(file);
        reader.Execute("PRAGMA query_only = ON");
        return reader;
    }

    private static SqliteConnection Connect(string file)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, Mode = SqliteOpenMode.ReadWrite };
        var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        return connection;
    }

    private static SqliteConnection Ready(SqliteConnection writer, string file)
    {
        try
        {
            Inspect(writer, file);
            Prepare(writer, file);
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Reads only; if it throws, closing leaves the log of a process that was killed where it is.</summary>
    private static void Inspect(SqliteConnection writer, string file)
    {
        CheckpointAtClose(writer, false);
        var version = RecordSchema.VersionOf(writer);
        var isOurs = writer.Scalar("PRAGMA application_id") is RecordSchema.ApplicationId;
        Require(isOurs || writer.Scalar("SELECT 1 FROM sqlite_schema") is null, Foreign(file));
        Require(version <= RecordSchema.Version, Newer(file));
        Require(writer.Scalar("PRAGMA quick_check(1)") is "ok", Damaged(file));
        CheckpointAtClose(writer, true);
    }

    private static void Prepare(SqliteConnection writer, string file)
    {
        Require(writer.Scalar("PRAGMA journal_mode = WAL") is "wal", NoLog(file));
        writer.Execute("PRAGMA synchronous = FULL");
        // Without it an fsync of macOS stops at the drive's cache.
        writer.Execute("PRAGMA fullfsync = ON");
        writer.Execute("PRAGMA secure_delete = ON");
        RecordSchema.Upgrade(writer);
    }

    private static void CheckpointAtClose(SqliteConnection connection, bool wanted) =>
        raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, wanted ? 0 : 1, out _);

    private static string Explain(SqliteException failure, string file) => failure.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB => Foreign(file),
        raw.SQLITE_CORRUPT => Damaged(file),
        _ => $"SQLite cannot use '{file}' (error {failure.SqliteErrorCode}). Make it writable, or start with --data and another folder.",
    };

    private static string Foreign(string file) =>
        $"The file '{file}' is no database of Cohesion Workflows. Start with --data and another folder.";

    private static string Damaged(string file) =>
        $"The file '{file}' is damaged. Put a backup in its place, or start with --data and another folder.";

    private static string Newer(string file) =>
        $"A newer version of Cohesion Workflows wrote '{file}'. Use that version, or start this one with --data and another folder.";

    private static string NoLog(string file) =>
        $"SQLite cannot keep its log beside '{file}'. Start with --data and a folder on a local disk.";

    private static void Require(bool holds, string reason)
    {
        if (!holds)
        {
            throw new DataFolderException(reason);
        }
    }
}
