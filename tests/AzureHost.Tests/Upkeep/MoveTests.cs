using System.Diagnostics;
using Azure.Data.Tables;
using Cohesion.Workflows.AzureHost.Keys;
using Cohesion.Workflows.AzureHost.Records;
using Cohesion.Workflows.AzureHost.Tests.Keys;
using Cohesion.Workflows.AzureHost.Tests.Storage;
using Cohesion.Workflows.AzureHost.Tests.Walk;
using Cohesion.Workflows.AzureHost.Upkeep;
using Cohesion.Workflows.Keeping;
using Cohesion.Workflows.Keys;
using Cohesion.Workflows.LocalHost.Stepped;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.AzureHost.Tests.Upkeep;

/// <summary>An installation goes from one machine to Azure and back.</summary>
public sealed class MoveTests(Azurite azurite) : IAsyncLifetime
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("cohesion-");
    private readonly int _port = FreePort.Find();
    private readonly FakeVault _vault = new();
    private TableRecordStore? _onAzure;
    private bool _hasVault;

    private string Data => PathOf("data");

    private string KeysOfData => Path.Combine(Data, "keys");

    private string Exported => PathOf("records.jsonl");

    private string Url => $"http://127.0.0.1:{_port}";

    public async ValueTask InitializeAsync()
    {
        await using (await SteppedHost.Start(Data, CedarInletStory.Start))
        {
            // Its keys and its first records are made.
        }

        (await OneMachine("export", "--data", Data, "--to", Exported)).ShouldBe(0);
    }

    public ValueTask DisposeAsync()
    {
        _home.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Where a key vault keeps the secret and the keys of surveys, too: the app that ran before has made a secret of its own there.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_community_that_moves_to_Azure_and_back_walks_on_as_if_nothing_had_been(bool hasVault)
    {
        _hasVault = hasVault;
        var local = await SteppedHost.Start(Data, CedarInletStory.Start, Url);
        using var coordinator = new Coordinator(new Uri(Url));
        await coordinator.SetUp(local.SetUpPath);

        // First while people hold invitations; then while a survey is open, whose answers are sealed by a key that moves too.
        await using var mover = new Mover(
            new StoryOn(local.Services, local, instant => local.StepTo(instant)),
            (Instant.FromUtc(2027, 4, 20, 19, 0), MoveToAzure),
            (Instant.FromUtc(2027, 6, 3, 19, 0), MoveBack));
        var story = new CedarInletStory(coordinator, mover);
        await story.Play();

        mover.Moves.ShouldBe(2);
        _vault.Names.Count().ShouldBe(hasVault ? 2 : 0, "the secret, and the key of the survey that was open");
        Approved.Matches("whole-cycle", await new CycleReport(mover.Present.Services).Of(story.Cycle));
        await mover.DisposeAsync();
        (await OneMachine("check", "--data", PathOf("back"))).ShouldBe(0);
    }

    [Fact]
    public async Task Records_are_not_mixed()
    {
        var records = new TableRecordStore(await azurite.NewTable());
        await records.Commit([new RecordWrite.Insert(Record.Of(new RecordKey("person-x", "person"), ("name", "Ada Wong")))]);
        (await Should.ThrowAsync<RecordLinesException>(() => MoveOf(records).Import(Exported, KeysOfData))).Message.ShouldContain("not mixed");
        (await OneMachine("import", "--data", Data, "--from", Exported)).ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_is_cut_off_or_damaged_changes_nothing()
    {
        var records = new TableRecordStore(await azurite.NewTable());
        var lines = await File.ReadAllLinesAsync(Exported);
        lines.Length.ShouldBeGreaterThan(1);
        foreach (var wrong in (string[][])[lines[..^1], lines[1..], [lines[0][..^4], .. lines[1..]], ["[]", .. lines], ["{}", .. lines], []])
        {
            await File.WriteAllLinesAsync(Exported, wrong);
            await Should.ThrowAsync<RecordLinesException>(() => MoveOf(records).Import(Exported, KeysOfData));
            (await records.Partitions()).ShouldBeEmpty();
        }

        (await OneMachine("import", "--data", PathOf("none"), "--from", Exported)).ShouldBe(1);
        File.Exists(Path.Combine(PathOf("none"), "records.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task Where_a_setting_holds_the_secret_it_must_be_the_one_that_signed_the_mail_that_is_out()
    {
        var records = new TableRecordStore(await azurite.NewTable());
        var move = new Move(records, new FileRoundKeys(PathOf("rounds")), new byte[32], keepsSecret: false);
        (await Should.ThrowAsync<RecordLinesException>(() => move.Import(Exported, KeysOfData))).Message.ShouldContain("Cohesion__Secret");
        (await Should.ThrowAsync<RecordLinesException>(() => move.Import(Exported, PathOf("nowhere")))).Message.ShouldContain("--keys");
        (await records.Partitions()).ShouldBeEmpty();
    }

    private Move MoveOf(TableRecordStore records) => MoveOf(records, File.ReadAllBytes(Path.Combine(KeysOfData, "secret")));

    private Move MoveOf(TableRecordStore records, byte[] secret) => new(records, KeysOn(records), secret, keepsSecret: _hasVault);

    private IRoundKeys KeysOn(TableRecordStore records) => _hasVault ? new KeyVaultRoundKeys(_vault, records) : new FileRoundKeys(PathOf("rounds"));

    private async Task<StoryOn> MoveToAzure(Instant at)
    {
        File.Delete(Exported);
        (await OneMachine("export", "--data", Data, "--to", Exported)).ShouldBe(0);
        var table = await azurite.NewTable();
        var records = new TableRecordStore(table);
        await RanBefore(table, await SecretOn(records));
        await MoveOf(records, await SecretOn(records)).Import(Exported, KeysOfData);
        var installation = await Installation.Start(SettingsOf(table, at, await SecretOn(records)) with { Port = _port });
        _onAzure = records;
        return new StoryOn(installation.Services, installation, installation.StepTo, installation.Act);
    }

    /// <summary>As the app prepares itself: of a setting, or of the vault, which makes one where there is none.</summary>
    private Task<byte[]> SecretOn(TableRecordStore records) =>
        _hasVault ? KeysOn(records).FindOrCreate(AzureServices.SecretName) : File.ReadAllBytesAsync(Path.Combine(KeysOfData, "secret"));

    private InstallationSettings SettingsOf(TableClient table, Instant at, byte[] secret) => new(table, PathOf("rounds"), new VirtualClock(at))
    {
        Secret = secret,
        Add = services => services.AddSingleton(KeysOn(new TableRecordStore(table))),
    };

    /// <summary>As "azd up" starts the app before it is stopped.</summary>
    private async Task RanBefore(TableClient table, byte[] secret)
    {
        await using var installation = await Installation.Start(SettingsOf(table, CedarInletStory.Start, secret));
        (await new TableRecordStore(table).Partitions()).ShouldBe(_hasVault ? ["data-protection", "round-keys"] : ["data-protection"]);
    }

    private async Task<StoryOn> MoveBack(Instant at)
    {
        var (exported, back) = (PathOf("back.jsonl"), PathOf("back"));
        await MoveOf(_onAzure!, await SecretOn(_onAzure!)).Export(exported, Path.Combine(back, "keys"));
        (await File.ReadAllTextAsync(exported)).ShouldNotContain("\"round-keys\"");
        (await File.ReadAllBytesAsync(Path.Combine(back, "keys", "secret"))).ShouldBe(await File.ReadAllBytesAsync(Path.Combine(KeysOfData, "secret")));
        (await OneMachine("import", "--data", back, "--from", exported)).ShouldBe(0);
        var local = await SteppedHost.Start(back, at, Url);
        return new StoryOn(local.Services, local, instant => local.StepTo(instant));
    }

    private string PathOf(string name) => Path.Combine(_home.FullName, name);

    private static async Task<int> OneMachine(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Cohesion.Workflows.LocalHost.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>A host that a story plays on until it moves.</summary>
    private sealed record StoryOn(IServiceProvider Services, IAsyncDisposable Host, Func<Instant, Task> StepTo, Func<Func<Task>, Task>? Act = null);

    /// <summary>Plays on one host after another.</summary>
    private sealed class Mover(StoryOn first, params IEnumerable<(Instant At, Func<Instant, Task<StoryOn>> Move)> moves) : IStoryHost, IAsyncDisposable
    {
        private readonly Queue<(Instant At, Func<Instant, Task<StoryOn>> Move)> _toCome = new(moves);

        public StoryOn Present { get; private set; } = first;

        public int Moves { get; private set; }

        public async Task StepTo(Instant instant)
        {
            while (_toCome.TryPeek(out var next) && next.At <= instant)
            {
                await Present.StepTo(next.At);
                await Present.Host.DisposeAsync();
                Present = await _toCome.Dequeue().Move(next.At);
                Moves++;
            }

            await Present.StepTo(instant);
        }

        public Task Act(Func<Task> act) => Present.Act is { } on ? on(act) : act();

        public ValueTask DisposeAsync() => Present.Host.DisposeAsync();
    }
}
