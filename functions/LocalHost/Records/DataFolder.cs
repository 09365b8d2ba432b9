using System.Security.Cryptography;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Keys;

namespace Cohesion.Workflows.LocalHost.Records;

/// <summary>
/// The folder that holds all that this machine keeps: records.db, keys/ and the lock. One process uses it at a time, and nobody but the
/// user who made it may read it.
/// </summary>
internal sealed class DataFolder : IAsyncDisposable
{
    public const string RecordsFile = "records.db";

    private readonly Lock _keys = new();
    private readonly FileStream _held;
    private SqliteRecordStore? _records;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _held = held;
    }

    public string Path { get; }

    /// <summary>Makes the folder where it is missing, and holds it until disposed or until the process ends, however that comes.</summary>
    /// <exception cref="DataFolderException">It cannot be made or written, or another process holds it.</exception>
    public static DataFolder Open(string path)
    {
        var folder = System.IO.Path.GetFullPath(path);
        return Explained(folder, () =>
        {
            PrivateFiles.MakeFolder(folder);
            return new DataFolder(folder, Hold(folder));
        });
    }

    /// <summary>The records, closed with the folder. To be called once: a second writer could corrupt them.</summary>
    /// <exception cref="DataFolderException">The file is no database, damaged, another program's or a newer version's.</exception>
    public SqliteRecordStore OpenRecords()
    {
        if (_records is not null)
        {
            throw new InvalidOperationException("The records are open.");
        }

        var file = System.IO.Path.Combine(Path, RecordsFile);
        // SQLite would let everybody read what it creates; its log takes over the mode of the file.
        Explained(Path, () => PrivateFiles.Open(file, FileMode.OpenOrCreate)).Dispose();
        return _records = RecordFile.Open(file);
    }

    /// <summary>A random key that stays the same from its first use on.</summary>
    /// <param name="name">An id.</param>
    /// <param name="length">In bytes.</param>
    /// <exception cref="DataFolderException">The key cannot be read or written, or has another length.</exception>
    public byte[] KeyFile(string name, int length)
    {
        var keys = System.IO.Path.Combine(Path, "keys");
        var file = System.IO.Path.Combine(keys, IdText.Checked(name));
        lock (_keys)
        {
            var key = Explained(keys, () => ReadOrMakeKey(file, length));
            return key.Length == length ? key : throw new DataFolderException(
                $"The key '{file}' should have {length} bytes, not {key.Length}. Put a backup in its place.");
        }
    }

    /// <summary>Makes the records under another name until they are whole: half of an installation is none.</summary>
    public async Task<int> ImportRecords(Func<SqliteRecordStore, Task<int>> import)
    {
        var (file, unfinished) = (System.IO.Path.Combine(Path, RecordsFile), System.IO.Path.Combine(Path, RecordsFile + ".part"));
        File.Delete(unfinished);
        PrivateFiles.Open(unfinished, FileMode.CreateNew).Dispose();
        int count;
        await using (var records = RecordFile.Open(unfinished))
        {
            count = await import(records);
        }

        File.Move(unfinished, file, overwrite: false);
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        if (_records is not null)
        {
            await _records.DisposeAsync();
        }

        await _held.DisposeAsync();
    }

    private static byte[] ReadOrMakeKey(string file, int length)
    {
        if (!File.Exists(file))
        {
            PrivateFiles.MakeFolder(System.IO.Path.GetDirectoryName(file)!);
            MakeKey(file, length);
        }

        return File.ReadAllBytes(file);
    }

    /// <summary>Under another name first, so that a key is never seen half written.</summary>
    private static void MakeKey(string file, int length)
    {
        using (var unfinished = PrivateFiles.Open(file + ".new", FileMode.Create))
        {
            unfinished.Write(RandomNumberGenerator.GetBytes(length));
            unfinished.Flush(flushToDisk: true);
        }

        File.Move(file + ".new", file);
    }

    /// <summary>The system lets go at any end of the process. The file stays: deleting it would race with who opens it next.</summary>
    private static FileStream Hold(string folder)
    {
        try
        {
            return PrivateFiles.Open(System.IO.Path.Combine(folder, "lock"), FileMode.OpenOrCreate);
        }
        catch (IOException failure) when (IsHeld(failure))
        {
            throw new DataFolderException(
                $"Another process uses the folder '{folder}'. Stop it, or start this one with --data and another folder.", failure);
        }
    }

    /// <summary>EWOULDBLOCK of Linux and of macOS, and ERROR_SHARING_VIOLATION.</summary>
    private static bool IsHeld(IOException failure) => failure.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static T Explained<T>(string folder, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException(
                $"The folder '{folder}' cannot be created or written. Make it writable, or start with --data and another folder.", failure);
        }
    }
}

/// <summary>The data folder cannot be used. The message is one for the person at the machine: what is wrong, and what to do next.</summary>
internal sealed class DataFolderException(string message, Exception? cause = null) : Exception(message, cause);
