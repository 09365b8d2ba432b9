using System.Security.Cryptography;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;

namespace Cohesion.Workflows.Keys;

/// <summary>
/// A file a key, in a folder beside the database, readable by the host's account only. Where a disk writes elsewhere than
/// it is told (flash, copy-on-write), overwriting a key is no proof: encrypt such a disk.
/// </summary>
/// <param name="folder">Made when first needed. All of it must be on one file system, and in no backup.</param>
public sealed class FileRoundKeys(string folder) : IRoundKeys
{
    private const int KeySize = 32;

    // Nobody keeps another from a file: a key is read while its maker still has it open.
    private const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;

    public async Task<byte[]> FindOrCreate(string name, CancellationToken cancel = default)
    {
        while (true)
        {
            if (await Find(name, cancel) is { } key)
            {
                return key;
            }

            // Only one of several at once creates; the others read in the next round what it created.
            await Create(PathOf(name), RandomNumberGenerator.GetBytes(KeySize), cancel);
        }
    }

    public async Task Keep(string name, byte[] key, CancellationToken cancel = default)
    {
        await Create(PathOf(name), key, cancel);
        if (await Find(name, cancel) is not { } kept || !kept.SequenceEqual(key))
        {
            throw new IOException($"There is another key in the place of {PathOf(name)}.");
        }
    }

    // An id text has no dot; what is on its way in or out has one.
    public IAsyncEnumerable<string> Names(CancellationToken cancel = default) =>
        (Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)) : []).Where(name => !name.Contains('.')).ToAsyncEnumerable();

    public async Task<byte[]?> Find(string name, CancellationToken cancel = default)
    {
        try
        {
            await using var file = new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, Shared);
            var key = new byte[KeySize];
            await file.ReadExactlyAsync(key, cancel);
            return key;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // Out of the way first: whoever looks meanwhile finds no key rather than half of one, and after a crash the remains have
    // a name that the repeated call knows.
    public Task Destroy(string name, CancellationToken cancel = default)
    {
        var path = PathOf(name);
        var remains = path + ".gone";
        Shred(remains);
        if (IfThere(() => File.Move(path, remains, overwrite: true)))
        {
            Shred(remains);
        }

        return Task.CompletedTask;
    }

    // The name appears when its bytes are on the disk, never before. An id text has no dot, so no key has these names.
    private async Task Create(string path, byte[] key, CancellationToken cancel)
    {
        PrivateFiles.MakeFolder(folder);
        var draft = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            await using var file = PrivateFiles.Open(draft, FileMode.CreateNew, FileAccess.Write, Shared);
            await file.WriteAsync(key, cancel);
            file.Flush(flushToDisk: true);
            FreeName.TryTake(path, draft);

            // The new name is part of the file's metadata on the usual file systems, so this makes it last, too.
            file.Flush(flushToDisk: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static void Shred(string path) => IfThere(() =>
    {
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, Shared))
        {
            file.Write(new byte[file.Length]);
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
    });

    private static bool IfThere(Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private string PathOf(string name) => Path.Combine(folder, IdText.Checked(name));
}
