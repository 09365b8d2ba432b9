using Cohesion.Workflows.AzureHost.Keys;
using Cohesion.Workflows.AzureHost.Records;
using Cohesion.Workflows.Keeping;
using Cohesion.Workflows.Keys;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;
using Cohesion.Workflows.Web.DataProtection;

namespace Cohesion.Workflows.AzureHost.Upkeep;

/// <summary>
/// Moves an installation between here and one machine, whose folder of keys has the one that signs links as "secret" and those of open
/// surveys in "rounds". Nothing may run on either while it moves.
/// </summary>
/// <param name="records">Here.</param>
/// <param name="keys">Here.</param>
/// <param name="secret">The present one, here.</param>
/// <param name="keepsSecret">Whether it stands among the keys; else in a setting.</param>
internal sealed class Move(TableRecordStore records, IRoundKeys keys, byte[] secret, bool keepsSecret)
{
    /// <summary>Of the folder of keys.</summary>
    private const string Secret = "secret";

    /// <returns>How many records.</returns>
    /// <exception cref="RecordLinesException">Something stands in the way; nothing was written here.</exception>
    public async Task<int> Import(string from, string keyFolder, CancellationToken cancel = default)
    {
        if ((await records.Partitions(cancel)).Except([KeyVaultRoundKeys.Partition, RecordXmlRepository.Partition]).Any())
        {
            throw new RecordLinesException("The table holds records, and records are not mixed. Delete the table, wait a minute, and import again.");
        }

        var moved = await FilesIn(keyFolder).Find(Secret, cancel)
            ?? throw new RecordLinesException($"There is no '{Path.Combine(keyFolder, Secret)}'. Give --keys the folder 'keys' of that installation.");
        if (!keepsSecret && !moved.SequenceEqual(secret))
        {
            throw new RecordLinesException($"Links in mail that is out are signed by another secret. Set Cohesion__Secret to what 'base64 {Path.Combine(keyFolder, Secret)}' prints.");
        }

        var count = await new RecordLines(records).Read(from, ForgetOwnRing, cancel);
        await CopyKeys(RoundsIn(keyFolder), keys, cancel);
        if (keepsSecret)
        {
            await keys.Keep(AzureServices.SecretName, moved, cancel);
        }

        return count;
    }

    /// <returns>How many records.</returns>
    /// <exception cref="RecordLinesException">The file cannot be written.</exception>
    public async Task<int> Export(string to, string keyFolder, CancellationToken cancel = default)
    {
        if (secret.Length != AzureSettings.SecretBytes)
        {
            throw new RecordLinesException($"One machine takes a secret of {AzureSettings.SecretBytes} bytes, and Cohesion__Secret has {secret.Length}.");
        }

        await CopyTo(keyFolder, cancel);
        var partitions = await records.Partitions(cancel);
        return await new RecordLines(records).Write(partitions.Where(name => name != KeyVaultRoundKeys.Partition), to, cancel);
    }

    private async Task CopyTo(string keyFolder, CancellationToken cancel)
    {
        try
        {
            await FilesIn(keyFolder).Keep(Secret, secret, cancel);
            await CopyKeys(keys, RoundsIn(keyFolder), cancel);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new RecordLinesException($"Cannot write the keys: {refused.Message} Give --keys a folder that is not there yet.");
        }
    }

    /// <summary>What an app that ran here protected cookies by is wrapped by the secret that is replaced.</summary>
    private async Task ForgetOwnRing(CancellationToken cancel)
    {
        await foreach (var key in records.All(RowRange.Whole(RecordXmlRepository.Partition), cancel))
        {
            await records.DeleteIfThere(key.Key, cancel);
        }
    }

    private static FileRoundKeys FilesIn(string keyFolder) => new(keyFolder);

    private static FileRoundKeys RoundsIn(string keyFolder) => new(Path.Combine(keyFolder, "rounds"));

    private static async Task CopyKeys(IRoundKeys from, IRoundKeys to, CancellationToken cancel)
    {
        await foreach (var name in from.Names(cancel).Where(name => name != AzureServices.SecretName))
        {
            if (await from.Find(name, cancel) is { } key)
            {
                await to.Keep(name, key, cancel);
            }
        }
    }
}
