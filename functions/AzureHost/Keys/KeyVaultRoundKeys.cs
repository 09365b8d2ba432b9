using System.Security.Cryptography;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;

namespace Cohesion.Workflows.AzureHost.Keys;

/// <summary>
/// A secret a key, in a key vault with soft delete and without purge protection: the host's identity may purge. Setting a secret that
/// is there makes a newer version of it, so of two who make a key at once a record says whose version is the key.
/// </summary>
public sealed class KeyVaultRoundKeys(SecretClient vault, IRecordStore records) : IRoundKeys
{
    /// <summary>Where the records stand that say which versions are the keys: of this vault alone.</summary>
    public const string Partition = "round-keys";

    private const int KeySize = 32;
    private const string Version = "version";

    public async Task<byte[]> FindOrCreate(string name, CancellationToken cancel = default)
    {
        if (await Find(name, cancel) is { } key)
        {
            return key;
        }

        KeyVaultSecret made = await vault.SetSecretAsync(name, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeySize)), cancel);
        await records.InsertIfAbsent(Record.Of(RowOf(name), (Version, made.Properties.Version)), cancel);
        return await Find(name, cancel) ?? throw new IOException($"The key {name} was destroyed while it was made.");
    }

    public async Task<byte[]?> Find(string name, CancellationToken cancel = default) =>
        await records.Find(RowOf(name), cancel) is { } row && await Read(name, row[Version], cancel) is { } secret
            ? Convert.FromBase64String(secret.Value)
            : null;

    /// <summary>Deleted, then purged: until it is purged, whoever may recover secrets could bring it back. The record goes last.</summary>
    public async Task Destroy(string name, CancellationToken cancel = default)
    {
        var row = await records.Find(RowOf(name), cancel);
        if (await Delete(name, cancel))
        {
            await Purge(name, cancel);
        }

        if (row is not null)
        {
            await Forget(row, cancel);
        }
    }

    public IAsyncEnumerable<string> Names(CancellationToken cancel = default) =>
        records.All(RowRange.Whole(Partition), cancel).Select(row => row.Key.Row);

    /// <summary>The vault keeps versions, so the key takes the place of one that is there.</summary>
    public async Task Keep(string name, byte[] key, CancellationToken cancel = default)
    {
        KeyVaultSecret kept = await vault.SetSecretAsync(name, Convert.ToBase64String(key), cancel);
        await records.Commit([new RecordWrite.Put(Record.Of(RowOf(name), (Version, kept.Properties.Version)))], cancel);
    }

    private static RecordKey RowOf(string name) => new(Partition, IdText.Checked(name));

    private async Task<KeyVaultSecret?> Read(string name, string version, CancellationToken cancel)
    {
        try
        {
            return await vault.GetSecretAsync(name, version, cancel);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <returns>Whether there is something to purge.</returns>
    private async Task<bool> Delete(string name, CancellationToken cancel)
    {
        try
        {
            var deletion = await vault.StartDeleteSecretAsync(name, cancel);
            await deletion.WaitForCompletionAsync(cancel);
            return true;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return await IsDeleted(name, cancel);
        }
    }

    private async Task Purge(string name, CancellationToken cancel)
    {
        try
        {
            await vault.PurgeDeletedSecretAsync(name, cancel);
        }
        catch (RequestFailedException purged) when (purged.Status == 404)
        {
            // Another call has done it.
        }
    }

    private async Task<bool> IsDeleted(string name, CancellationToken cancel)
    {
        try
        {
            await vault.GetDeletedSecretAsync(name, cancel);
            return true;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return false;
        }
    }

    private async Task Forget(Record row, CancellationToken cancel)
    {
        try
        {
            await records.Commit([new RecordWrite.Delete(row.Key, row.ETag)], cancel);
        }
        catch (RecordConflictException)
        {
            // Another call has done it.
        }
    }
}
