using Cohesion.Workflows.LocalHost.Stepped;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>One community from the form to the wrap-up, over HTTP, on real SQLite, in virtual time.</summary>
public sealed class WholeCycleTests : IAsyncLifetime, IStoryHost
{
    private readonly string _data = Directory.CreateTempSubdirectory("cohesion-").FullName;
    private SteppedHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SteppedHost.Start(_data, CedarInletStory.Start);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_community_goes_from_the_form_to_the_wrap_up_as_approved()
    {
        using var coordinator = new Coordinator(_host.Address);
        await coordinator.SetUp(_host.SetUpPath);
        var story = new CedarInletStory(coordinator, this);
        await story.Play();

        var report = await new CycleReport(_host.Services).Of(story.Cycle);
        report.ShouldContain("* wrap-up done");
        Approved.Matches("whole-cycle", report);
        (await coordinator.LinkOf(Coordinator.Name, "what your session achieved")).ShouldBe(coordinator.Cycle, "The coordinator opens the community from the results.");
    }

    [Fact]
    public async Task The_partition_of_a_cycle_names_no_person()
    {
        using var coordinator = new Coordinator(_host.Address);
        await coordinator.SetUp(_host.SetUpPath);
        var story = new CedarInletStory(coordinator, this);
        await story.Play();

        var records = _host.Services.GetRequiredService<IRecordStore>();
        var rows = await records.All(RowRange.Whole(Rows.CyclePartition(story.Cycle))).Select(row => string.Join('\n', row.Properties.Values)).ToListAsync();
        rows.Count.ShouldBeGreaterThan(100);
        var mail = (await coordinator.Browser.Open("/mail")).Text;
        CedarInlet.Canaries.ShouldAllBe(canary => mail.Contains(canary, StringComparison.Ordinal));
        rows.ShouldAllBe(row => !CedarInlet.Canaries.Any(canary => row.Contains(canary, StringComparison.OrdinalIgnoreCase)));
    }

    Task IStoryHost.StepTo(Instant instant) => _host.StepTo(instant);

    Task IStoryHost.Act(Func<Task> act) => act();
}
