using Cohesion.Workflows.Stages.SurveyCollection.Sealing;

namespace Cohesion.Workflows.Testing;

/// <summary>The round keys as one process sees them: it can die at each.</summary>
public sealed class FaultyRoundKeys(IRoundKeys keys, Lifetime life) : IRoundKeys
{
    public Task<byte[]> FindOrCreate(string name, CancellationToken cancel = default) => life.Step(() => keys.FindOrCreate(name, cancel));

    public Task<byte[]?> Find(string name, CancellationToken cancel = default)
    {
        life.MustLive();
        return keys.Find(name, cancel);
    }

    public Task Destroy(string name, CancellationToken cancel = default) => life.Step(async () =>
    {
        await keys.Destroy(name, cancel);
        return true;
    });

    public IAsyncEnumerable<string> Names(CancellationToken cancel = default) => keys.Names(cancel);

    public Task Keep(string name, byte[] key, CancellationToken cancel = default) => keys.Keep(name, key, cancel);
}
