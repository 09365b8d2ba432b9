using Microsoft.Data.Sqlite;

namespace Cohesion.Workflows.LocalHost.Records;

/// <summary>The numbered scripts that make the database: PRAGMA user_version counts those that it has.</summary>
internal static class RecordSchema
{
    /// <summary>PRAGMA application_id, set by the first script.</summary>
    public const long ApplicationId = 0x436F5766;

    private static readonly string[] Scripts =
    [
        .. typeof(RecordSchema).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("Schema/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The version that this program works with.</summary>
    public static int Version => Scripts.Length;

    public static long VersionOf(SqliteConnection connection) => (long)connection.Scalar("PRAGMA user_version")!;

    /// <summary>Runs the scripts that the database lacks: all of them, or none.</summary>
    public static void Upgrade(SqliteConnection connection)
    {
        var present = (int)VersionOf(connection);
        if (present == Version)
        {
            return;
        }

        using var transaction = connection.BeginTransaction();
        foreach (var script in Scripts.Skip(present))
        {
            connection.Execute(TextOf(script));
        }

        connection.Execute($"PRAGMA user_version = {Version}");
        transaction.Commit();
    }

    private static string TextOf(string script)
    {
        using var text = new StreamReader(typeof(RecordSchema).Assembly.GetManifestResourceStream(script)!);
        return text.ReadToEnd();
    }
}
