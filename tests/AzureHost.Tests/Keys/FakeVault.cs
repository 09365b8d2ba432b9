using Azure;
using Azure.Security.KeyVault.Secrets;

namespace Cohesion.Workflows.AzureHost.Tests.Keys;

/// <summary>A vault of our own making. Soft delete without purge protection: a deleted secret keeps its name until it is purged.</summary>
internal sealed class FakeVault : SecretClient
{
    private readonly Lock _gate = new();
    private readonly List<KeyVaultSecret> _versions = [];
    private readonly HashSet<string> _deleted = [];

    public string FailsAfter { get; set; } = "";

    public Func<Task> BeforePurge { get; set; } = () => Task.CompletedTask;

    public List<string> Purged { get; } = [];

    public IEnumerable<string> Names => _versions.Select(secret => secret.Name).Distinct();

    public bool IsEmpty => _versions.Count == 0 && _deleted.Count == 0;

    public override Task<Response<KeyVaultSecret>> SetSecretAsync(string name, string value, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            Require(!_deleted.Contains(name), 409);
            var version = Guid.NewGuid().ToString("N");
            var secret = SecretModelFactory.KeyVaultSecret(SecretModelFactory.SecretProperties(name: name, version: version), value);
            _versions.Add(secret);
            return Answer(secret);
        }
    }

    public override Task<Response<KeyVaultSecret>> GetSecretAsync(string name, string? version, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _versions.Find(secret => secret.Name == name && secret.Properties.Version == version) is { } found
                ? Answer(found)
                : throw new RequestFailedException(404, "SecretNotFound");
        }
    }

    public override Task<DeleteSecretOperation> StartDeleteSecretAsync(string name, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            Require(_versions.RemoveAll(secret => secret.Name == name) > 0, 404);
            _deleted.Add(name);
            Require(FailsAfter != "delete", 503);
            return Task.FromResult<DeleteSecretOperation>(new Deletion());
        }
    }

    public override Task<Response<DeletedSecret>> GetDeletedSecretAsync(string name, CancellationToken cancellationToken = default)
    {
        Require(_deleted.Contains(name), 404);
        return Answer(SecretModelFactory.DeletedSecret(SecretModelFactory.SecretProperties(name: name), null));
    }

    public override async Task<Response> PurgeDeletedSecretAsync(string name, CancellationToken cancellationToken = default)
    {
        await BeforePurge();
        Require(_deleted.Remove(name), 404);
        Purged.Add(name);
        Require(FailsAfter != "purge", 503);
        return null!;
    }

    private static Task<Response<T>> Answer<T>(T value) => Task.FromResult(Response.FromValue(value, null!));

    private static void Require(bool holds, int otherwise)
    {
        if (!holds)
        {
            throw new RequestFailedException(otherwise, "The vault says no.");
        }
    }

    private sealed class Deletion : DeleteSecretOperation
    {
        public override ValueTask<Response<DeletedSecret>> WaitForCompletionAsync(CancellationToken cancellationToken = default) => default;
    }
}
