using System.Diagnostics;
using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.LocalHost.Stepped;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Testing.Stories;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>The same story, on a process that is killed at random moments: the same mails, none twice, none missing.</summary>
public sealed class KillTests : IAsyncLifetime, IStoryHost
{
    private const int Kills = 20;

    private readonly string _data = Directory.CreateTempSubdirectory("cohesion-").FullName;
    private readonly Random _random = new(Seed);
    private readonly string _url = $"http://127.0.0.1:{FreePort.Find()}";
    private Process _process = null!;
    private Instant _now = CedarInletStory.Start;
    private int _kills;
    private string _setUpPath = "";

    private static int Seed => int.Parse(Environment.GetEnvironmentVariable("COHESION_SEED") ?? "1", CultureInfo.InvariantCulture);

    public ValueTask InitializeAsync()
    {
        StartProcess();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_community_killed_twenty_times_gets_the_approved_mails_once()
    {
        using var coordinator = new Coordinator(new Uri(_url));
        await coordinator.SetUp(_setUpPath);
        var story = new CedarInletStory(coordinator, this);
        await story.Play();
        Kill();

        _kills.ShouldBe(Kills, $"seed {Seed}");
        var report = await Report(story.Cycle);
        CycleReport.Mails(report).ShouldBe(CycleReport.Mails(File.ReadAllText(Approved.FileOf("whole-cycle"))), ignoreOrder: true, $"seed {Seed}");
    }

    Task IStoryHost.StepTo(Instant instant) => Survive(() => Task.Run(() => StepProcess(instant)));

    Task IStoryHost.Act(Func<Task> act) => Survive(act);

    private async Task Survive(Func<Task> act)
    {
        while (true)
        {
            using var acting = new CancellationTokenSource();
            var killer = _kills < Kills && _random.Next(3) > 0 ? KillAfter(TimeSpan.FromMilliseconds(_random.Next(60)), acting.Token) : Task.CompletedTask;
            try
            {
                await act();
                await acting.CancelAsync();
                await killer;
                if (!_process.HasExited)
                {
                    return;
                }
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException)
            {
                await killer;
            }

            StartProcess();
        }
    }

    /// <summary>Kills in the middle of an act; one that has ended is not killed.</summary>
    private async Task KillAfter(TimeSpan pause, CancellationToken ended)
    {
        await Task.Delay(pause, CancellationToken.None);
        if (!ended.IsCancellationRequested)
        {
            Kill();
            _kills++;
        }
    }

    private void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    private void StartProcess()
    {
        var program = Path.ChangeExtension(typeof(SteppedHost).Assembly.Location, ".dll");
        var info = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[program, _data, Text(_now), _url])
        {
            info.ArgumentList.Add(argument);
        }

        _process = Process.Start(info)!;
        Read().ShouldStartWith("http");
        _setUpPath = new Uri(Read().Split(' ')[^1]).AbsolutePath;
    }

    /// <summary>Remembers how far the process came: there its clock goes on after a kill.</summary>
    private void StepProcess(Instant target)
    {
        _process.StandardInput.WriteLine(Text(target));
        _process.StandardInput.Flush();
        do
        {
            _now = InstantPattern.ExtendedIso.Parse(Read()).Value;
        }
        while (_now != target);
    }

    private string Read() => _process.StandardOutput.ReadLine() ?? throw new IOException("The process is gone.");

    private static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    private async Task<string> Report(CycleId cycle)
    {
        await using var host = await SteppedHost.Start(_data, _now);
        return await new CycleReport(host.Services).Of(cycle);
    }
}
