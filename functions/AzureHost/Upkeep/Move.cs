using Cohesion.Workflows.AzureHost.Keys;
using Cohesion.Workflows.AzureHost.Records;
using Cohesion.Workflows.Keeping;
using Cohesion.Workflows.Keys;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;

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
        if ((await records.Partitions(cancel)).Any(name => name != KeyVaultRoundKeys.Partition))
        {
            throw new RecordLinesException("The table holds records, and records are not mixed. Delete the table, wait a minute, and import again.");
        }

        var moved = await FilesIn(keyFolder).Find(Secret, cancel)
            ?? throw new RecordLinesException($"There is no '{Path.Combine(keyFolder, Secret)}'. Give --keys the folder 'keys' of that installation.");
        if (!keepsSecret && !moved.SequenceEqual(secret))
        {
            throw new RecordLinesException($"Links in mail that is out are signed by another secret. Set Cohesion__Secret to what 'base64 {Path.Combine(keyFolder, Secret)}' prints.");
        }

        var count = await new RecordLines(records).Read(from, cancel);
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
        var partitions = await records.Partitions(cancel);
        var count = await new RecordLines(records).Write(partitions.Where(name => name != KeyVaultRoundKeys.Partition), to, cancel);
        await FilesIn(keyFolder).Keep(Secret, secret, cancel);
        await CopyKeys(keys, RoundsIn(keyFolder), cancel);
        return count;
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
