using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;

namespace Cohesion.Workflows.Testing;

/// <summary>Round keys that outlive a process, as files do. A name that was destroyed gets another key.</summary>
public sealed class MemoryRoundKeys : IRoundKeys
{
    private readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);
    private int _made;

    /// <summary>Of which there is a key.</summary>
    public IReadOnlyCollection<string> Kept => _keys.Keys;

    public Task<byte[]> FindOrCreate(string name, CancellationToken cancel = default)
    {
        if (!_keys.TryGetValue(name, out var key))
        {
            key = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name}.{++_made}")));
            _keys[name] = key;
        }

        return Task.FromResult(key);
    }

    public Task<byte[]?> Find(string name, CancellationToken cancel = default) => Task.FromResult(_keys.GetValueOrDefault(name));

    public Task Destroy(string name, CancellationToken cancel = default)
    {
        _keys.Remove(name);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<string> Names(CancellationToken cancel = default) => _keys.Keys.ToAsyncEnumerable();

    public Task Keep(string name, byte[] key, CancellationToken cancel = default)
    {
        _keys[name] = key;
        return Task.CompletedTask;
    }
}
