using BenchmarkDotNet.Attributes;
using Cohesion.Workflows.Asks;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.LocalHost.Stepped;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.Bench;

/// <summary>
/// What a coordinator of a thousand open communities waits for: over HTTP, from SQLite, to the last byte. Each is in the middle of its replies.
/// </summary>
[MemoryDiagnoser]
public class ListOfCommunities
{
    private const int Communities = 1_000;

    private readonly string _data = Directory.CreateTempSubdirectory("cohesion-bench-").FullName;
    private SteppedHost _host = null!;
    private Coordinator _coordinator = null!;

    [Params("/cycles", "/cycles?risk=any", "/cycles/calendar?month=2027-05", "/cycles/lanes", "/cycles.csv")]
    public string Page { get; set; } = "";

    [GlobalSetup]
    public async Task Prepare()
    {
        var driver = PlanDriver.KickedOff("2027-03-01T10:00", participants: 20).OpensAttendance("2027-05-18T18:00").RunsUntil("2027-04-20T12:00");
        _host = await SteppedHost.Start(_data, driver.Now);
        _coordinator = await SignedIn(_host);
        var (plan, home) = (driver.Planned(), _host.Services.GetRequiredService<HomeRows>());
        foreach (var number in Enumerable.Range(1, Communities))
        {
            await home.Show(new HomeRow(
                CycleId.From($"bench-{number}"),
                $"Community {number}",
                StageIds.Attendance,
                1,
                number % 7 == 0,
                Next: WhatIsNext.Of(plan, driver.Now),
                Board: BoardEntries.Of(plan, driver.Now)));
        }
    }

    [GlobalCleanup]
    public async Task CleanUp()
    {
        _coordinator.Dispose();
        await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Benchmark]
    public Task<string> Open() => _coordinator.Browser.Download(Page);

    private static async Task<Coordinator> SignedIn(SteppedHost host)
    {
        var coordinator = new Coordinator(host.Address);
        await coordinator.SetUp(host.SetUpPath);
        return coordinator;
    }
}
