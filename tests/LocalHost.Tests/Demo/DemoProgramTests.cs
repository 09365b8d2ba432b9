using System.Diagnostics;
using Cohesion.Workflows.LocalHost.Demo;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.LocalHost.Tests.Records;

namespace Cohesion.Workflows.LocalHost.Tests.Demo;

/// <summary>The demo as a person starts it.</summary>
public sealed class DemoProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("--communities", "0")]
    [InlineData("--communities", "21")]
    [InlineData("--communities", "many")]
    [InlineData("--speed", "0")]
    [InlineData("--speed", "-2")]
    [InlineData("--seed", "x")]
    [InlineData("--data", " ")]
    public async Task A_setting_that_cannot_be_used_is_refused(string option, string value)
    {
        var (code, said) = await ProgramTests.Run("demo", "--fast", option, value);
        code.ShouldBe(1);
        said.ShouldContain(option);
        said.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_with_communities_and_no_demo_is_refused()
    {
        await using (var host = await Stepped.SteppedHost.Start(_folder.Path, DemoWorld.Start))
        {
            using var coordinator = new Testing.Stories.Coordinator(host.Address);
            await coordinator.SetUp(host.SetUpPath);
        }

        var (code, said) = await ProgramTests.Run("demo", "--fast", "--data", _folder.Path);
        code.ShouldBe(1);
        said.ShouldContain("no demo");
        said.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_with_another_demo_is_refused()
    {
        await using (await DemoRun.Open(DemoToTheEnd.Settings(seed: 7), _folder.Path))
        {
        }

        var (code, said) = await ProgramTests.Run("demo", "--fast", "--data", _folder.Path);
        code.ShouldBe(1);
        said.ShouldContain("--seed 7 --communities 2");
        said.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_demo_that_is_killed_goes_on_and_comes_to_the_same_end()
    {
        foreach (var mails in (int[])[3, 40, 12])
        {
            await StartAndKill(mails);
        }

        using var whole = new TemporaryFolder();
        var settings = DemoToTheEnd.Settings(seed: 1) with { Communities = 1 };
        (await DemoToTheEnd.Summary(settings, _folder.Path)).ShouldBe(await DemoToTheEnd.Summary(settings, whole.Path));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Kills it in the middle of what it does after so many mails.</summary>
    private async Task StartAndKill(int mails)
    {
        var info = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        string[] arguments = ["demo", "--data", _folder.Path, "--communities", "1", "--speed", "1000", "--urls", "http://127.0.0.1:0"];
        foreach (var argument in (string[])[typeof(DataFolder).Assembly.Location, .. arguments])
        {
            info.ArgumentList.Add(argument);
        }

        using var process = Process.Start(info)!;
        for (var line = 0; line <= mails; line++)
        {
            (await process.StandardOutput.ReadLineAsync()).ShouldNotBeNull();
        }

        process.Kill();
        await process.WaitForExitAsync();
    }
}
