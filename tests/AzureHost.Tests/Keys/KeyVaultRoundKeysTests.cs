using Azure;
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
}
