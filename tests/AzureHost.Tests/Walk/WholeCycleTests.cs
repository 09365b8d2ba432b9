using Cohesion.Workflows.AzureHost.Tests.Storage;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.DurableTask.Client;

namespace Cohesion.Workflows.AzureHost.Tests.Walk;

/// <summary>One community from the form to the wrap-up, over HTTP, as a durable orchestration on Table Storage.</summary>
public sealed class WholeCycleTests(Azurite azurite) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cohesion-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_community_goes_from_the_form_to_the_wrap_up_as_on_one_machine()
    {
        await using var installation = await Installation.Start(azurite, await azurite.NewTable(), CedarInletStory.Start, _folder);
        using var coordinator = new Coordinator(installation.Address);
        await coordinator.SetUp(installation.SetUpPath);
        var story = new CedarInletStory(coordinator, installation);
        await story.Play();

        Approved.Matches("whole-cycle", await new CycleReport(installation.Services).Of(story.Cycle));
        (await installation.Durable.GetInstanceAsync(story.Cycle.Value))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }
}
