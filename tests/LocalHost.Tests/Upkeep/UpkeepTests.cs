using System.Text.Json;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.LocalHost.Stepped;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Upkeep;

/// <summary>The commands on a data folder that the program is not running on.</summary>
public sealed class UpkeepTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("cohesion-").FullName;
    private int _records;

    public async ValueTask InitializeAsync()
    {
        await using var host = await SteppedHost.Start(_data, CedarInletStory.Start);
        using var coordinator = new Coordinator(host.Address);
        await coordinator.SetUp(host.SetUpPath);
        await coordinator.Browser.Open("/cycles/new");
        await coordinator.Start(CedarInlet.Form);
        await host.StepTo(CedarInletStory.Start + NodaTime.Duration.FromDays(5));
        var records = host.Services.GetRequiredService<IRecordStore>();
        foreach (var partition in await ((SqliteRecordStore)records).Partitions())
        {
            _records += await records.All(RowRange.Whole(partition)).CountAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_folder_as_the_program_left_it_passes_the_check()
    {
        var (code, _) = await ProgramTests.Run("check", "--data", _data);
        code.ShouldBe(0);
    }

    [Fact]
    public async Task A_line_of_the_timeline_that_somebody_changed_is_found()
    {
        await using (var folder = DataFolder.Open(_data))
        await using (var records = folder.OpenRecords())
        {
            var cycle = (await records.Partitions()).Single(name => name.StartsWith("cycle-", StringComparison.Ordinal));
            var line = await records.All(RowRange.StartingWith(cycle, Rows.History)).FirstAsync();
            var changed = line with { Properties = line.Properties.SetItem("body", line["body"] + " ") };
            await records.Commit([new RecordWrite.Put(changed)]);
        }

        (await ProgramTests.Run("check", "--data", _data)).Code.ShouldBe(1);
    }

    [Fact]
    public async Task An_export_holds_every_record_and_leaves_a_file_that_is_there_alone()
    {
        var file = Path.Combine(_data, "export.jsonl");
        (await ProgramTests.Run("export", "--data", _data, "--to", file)).Code.ShouldBe(0);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var lines = await File.ReadAllLinesAsync(file);
        lines[^1].ShouldBe($"{{\"records\":{_records}}}");
        lines.Length.ShouldBe(_records + 1);
        lines[..^1].Select(line => JsonDocument.Parse(line).RootElement.GetProperty("partition").GetString()).ShouldContain("coordinators");
        lines.ShouldContain(line => line.Contains("Gus xʷməθkʷəy̓əm", StringComparison.Ordinal));

        var (code, said) = await ProgramTests.Run("export", "--data", _data, "--to", file);
        (code, said.Trim().Split('\n').Length).ShouldBe((1, 1));
        (await File.ReadAllLinesAsync(file)).ShouldBe(lines);
        File.Exists(file + ".part").ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_exported_is_imported_into_a_folder_that_holds_the_same_and_into_none_that_holds_records()
    {
        var (file, back, again) = (Path.Combine(_data, "export.jsonl"), Path.Combine(_data, "back"), Path.Combine(_data, "again.jsonl"));
        await ProgramTests.Run("export", "--data", _data, "--to", file);
        (await ProgramTests.Run("import", "--data", back, "--from", file)).Said.ShouldContain("keys");
        Directory.CreateDirectory(Path.Combine(back, "keys"));
        File.Copy(Path.Combine(_data, "keys", "secret"), Path.Combine(back, "keys", "secret"));
        (await ProgramTests.Run("import", "--data", back, "--from", file)).Code.ShouldBe(0);
        await ProgramTests.Run("export", "--data", back, "--to", again);
        (await File.ReadAllLinesAsync(again)).ShouldBe(await File.ReadAllLinesAsync(file));
        (await ProgramTests.Run("check", "--data", back)).Code.ShouldBe(0);

        var (code, said) = await ProgramTests.Run("import", "--data", back, "--from", file);
        (code, said.Trim().Split('\n').Length).ShouldBe((1, 1));
        said.ShouldContain("holds records");
    }

    [Fact]
    public async Task An_export_into_a_folder_that_is_not_there_says_so_in_one_sentence()
    {
        var folder = Path.Combine(_data, "missing");
        var (code, said) = await ProgramTests.Run("export", "--data", _data, "--to", Path.Combine(folder, "export.jsonl"));
        (code, said.Trim().Split('\n').Length).ShouldBe((1, 1));
        said.ShouldContain($"there is no folder '{folder}'. Make it, or give --to another file.");
    }

    [Fact]
    public async Task A_session_that_goes_on_is_not_purged()
    {
        (await ProgramTests.Run("purge", "--data", _data, "--remove")).Code.ShouldBe(0);
        (await ProgramTests.Run("check", "--data", _data)).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("purge")]
    public async Task A_folder_without_records_is_refused(string command)
    {
        var (code, said) = await ProgramTests.Run(command, "--data", Path.Combine(_data, "elsewhere"));
        (code, said.Trim().Split('\n').Length).ShouldBe((1, 1));
        said.ShouldContain("--data");
        Directory.Exists(Path.Combine(_data, "elsewhere")).ShouldBeFalse();
    }
}
