using Azure;
using Azure.Security.KeyVault.Secrets;
using Cohesion.Workflows.AzureHost.Keys;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.AzureHost.Tests.Keys;

/// <summary>On a vault of our own making, which answers as the documentation of Key Vault says.</summary>
public sealed class KeyVaultRoundKeysTests
{
    private const string Round = "a-cycle-01";

    private readonly FakeVault _vault = new();
    private readonly MemoryRecordStore _records = new();

    private KeyVaultRoundKeys Keys => new(_vault, _records);

    [Fact]
    public async Task A_round_has_the_same_key_whenever_it_is_asked_for()
    {
        (await Keys.Find(Round)).ShouldBeNull();
        var key = await Keys.FindOrCreate(Round);
        key.Length.ShouldBe(32);
        (await Keys.FindOrCreate(Round)).ShouldBe(key);
        (await Keys.Find(Round)).ShouldBe(key);
        (await Keys.FindOrCreate("a-cycle-02")).ShouldNotBe(key);
    }

    [Fact]
    public async Task Of_many_who_make_a_key_at_once_all_get_the_same()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Keys.FindOrCreate(Round))));
        keys.Select(Convert.ToHexString).Distinct().ShouldHaveSingleItem();
        (await Keys.Find(Round)).ShouldBe(keys[0]);
    }

    [Fact]
    public async Task A_destroyed_key_is_purged_with_all_its_versions_and_the_name_gets_a_new_one()
    {
        var key = await Keys.FindOrCreate(Round);
        await Keys.Destroy(Round);
        (await Keys.Find(Round)).ShouldBeNull();
        _vault.Purged.ShouldBe([Round]);
        (await Keys.FindOrCreate(Round)).ShouldNotBe(key);
    }

    [Fact]
    public async Task Destroying_is_finished_when_repeated_wherever_it_was_interrupted()
    {
        foreach (var step in (string[])["delete", "purge"])
        {
            await Keys.FindOrCreate(Round);
            _vault.FailsAfter = step;
            await Should.ThrowAsync<RequestFailedException>(() => Keys.Destroy(Round));
            _vault.FailsAfter = "";
            await Keys.Destroy(Round);
            (await Keys.Find(Round)).ShouldBeNull();
            _vault.IsEmpty.ShouldBeTrue();
        }

        await Keys.Destroy(Round);
    }

    [Fact]
    public async Task Of_two_who_destroy_a_key_at_once_both_have()
    {
        await Keys.FindOrCreate(Round);
        _vault.BeforePurge = () =>
        {
            _vault.BeforePurge = () => Task.CompletedTask;
            return Keys.Destroy(Round);
        };
        await Keys.Destroy(Round);
        (await Keys.Find(Round)).ShouldBeNull();
        _vault.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_key_of_another_installation_takes_the_place_of_the_one_that_is_there()
    {
        await Keys.FindOrCreate(Round);
        var key = new byte[32];
        await Keys.Keep(Round, key);
        (await Keys.FindOrCreate(Round)).ShouldBe(key);
        (await Keys.Names().ToListAsync()).ShouldBe([Round]);
    }

    [Fact]
    public async Task A_name_that_is_no_id_is_refused() => await Should.ThrowAsync<FormatException>(() => Keys.FindOrCreate("../key"));

    /// <summary>Soft delete without purge protection: a deleted secret keeps its name until it is purged.</summary>
    private sealed class FakeVault : SecretClient
    {
        private readonly Lock _gate = new();
        private readonly List<KeyVaultSecret> _versions = [];
        private readonly HashSet<string> _deleted = [];

        public string FailsAfter { get; set; } = "";

        public Func<Task> BeforePurge { get; set; } = () => Task.CompletedTask;

        public List<string> Purged { get; } = [];

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
}
