using Cohesion.Workflows.Keys;

namespace Cohesion.Workflows.Tests.Keys;

public sealed class FileRoundKeysTests : IDisposable
{
    private const string Round = "cycle-1-survey-1";

    private readonly string data = Directory.CreateTempSubdirectory("cohesion-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(data, "keys", "rounds");

    private FileRoundKeys Keys => new(Folder);

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task A_round_has_the_same_key_whenever_it_is_asked_for()
    {
        var key = await Keys.FindOrCreate(Round, Cancel);
        key.Length.ShouldBe(32);
        (await Keys.FindOrCreate(Round, Cancel)).ShouldBe(key);
        (await Keys.Find(Round, Cancel)).ShouldBe(key);
    }

    [Fact]
    public async Task Two_rounds_have_two_keys() =>
        (await Keys.FindOrCreate(Round, Cancel)).ShouldNotBe(await Keys.FindOrCreate("cycle-1-survey-2", Cancel));

    [Fact]
    public async Task A_key_nobody_made_is_not_found() => (await Keys.Find(Round, Cancel)).ShouldBeNull();

    [Fact]
    public async Task Twenty_who_create_a_key_at_once_get_the_same_one()
    {
        for (var round = 0; round < 50; round++)
        {
            var keys = await AtOnce(20, $"round-{round}");
            keys.Select(Convert.ToHexString).Distinct().ShouldHaveSingleItem();
            (await Keys.Find($"round-{round}", Cancel)).ShouldBe(keys[0]);
        }
    }

    [Fact]
    public async Task Only_keys_are_left_in_the_folder()
    {
        await AtOnce(20, Round);
        Directory.GetFiles(Folder).Select(Path.GetFileName).ShouldBe([Round]);
    }

    [Fact]
    public async Task Only_the_hosts_account_reads_a_key()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead.");
        await Keys.FindOrCreate(Round, Cancel);
        ModeOf(Path.Combine(Folder, Round)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ModeOf(Folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_destroyed_key_is_gone_and_never_comes_back()
    {
        var key = await Keys.FindOrCreate(Round, Cancel);
        await Keys.Destroy(Round, Cancel);
        (await Keys.Find(Round, Cancel)).ShouldBeNull();
        Directory.GetFiles(Folder).ShouldBeEmpty();
        (await Keys.FindOrCreate(Round, Cancel)).ShouldNotBe(key);
    }

    [Fact]
    public async Task A_destroyed_keys_bytes_are_overwritten()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A file has one name there, so nothing is left to look at.");
        await Keys.FindOrCreate(Round, Cancel);
        var sameBytes = Path.Combine(data, "same-bytes");
        FreeName.TryTake(sameBytes, Path.Combine(Folder, Round)).ShouldBeTrue();
        await Keys.Destroy(Round, Cancel);
        (await File.ReadAllBytesAsync(sameBytes, Cancel)).ShouldBe(new byte[32]);
    }

    [Fact]
    public async Task A_missing_key_is_destroyed_without_complaint()
    {
        await Keys.Destroy(Round, Cancel);
        await Keys.FindOrCreate("another", Cancel);
        await Keys.Destroy(Round, Cancel);
    }

    [Fact]
    public async Task What_an_interrupted_destroy_left_is_destroyed_by_the_next()
    {
        await Keys.FindOrCreate(Round, Cancel);
        File.Move(Path.Combine(Folder, Round), Path.Combine(Folder, Round + ".gone"));
        await Keys.Destroy(Round, Cancel);
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_is_destroyed_by_several_at_once()
    {
        await Keys.FindOrCreate(Round, Cancel);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Keys.Destroy(Round, Cancel), Cancel)));
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_of_another_installation_is_kept_and_never_takes_the_place_of_one()
    {
        var key = new byte[32];
        await Keys.Keep(Round, key, Cancel);
        await Keys.Keep(Round, key, Cancel);
        (await Keys.FindOrCreate(Round, Cancel)).ShouldBe(key);
        await Should.ThrowAsync<IOException>(() => Keys.Keep(Round, [.. Enumerable.Repeat((byte)1, 32)], Cancel));
        (await Keys.Find(Round, Cancel)).ShouldBe(key);
        (await Keys.Names(Cancel).ToListAsync(Cancel)).ShouldBe([Round]);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("cycle-1.gone")]
    [InlineData("")]
    public async Task A_name_that_is_no_id_text_is_refused(string name)
    {
        await Should.ThrowAsync<FormatException>(async () => await Keys.Find(name, Cancel));
        await Should.ThrowAsync<FormatException>(async () => await Keys.FindOrCreate(name, Cancel));
        await Should.ThrowAsync<FormatException>(async () => await Keys.Destroy(name, Cancel));
    }

    private Task<byte[][]> AtOnce(int count, string name)
    {
        return Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => Keys.FindOrCreate(name, Cancel), Cancel)));
    }

    private static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
}
