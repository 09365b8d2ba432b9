using Cohesion.Workflows.AzureHost.Tests.Storage;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.DurableTask.Client;
using NodaTime;

namespace Cohesion.Workflows.AzureHost.Tests.Walk;

/// <summary>One community from the form to the wrap-up, over HTTP, as a durable orchestration on Table Storage.</summary>
public sealed class WholeCycleTests(Azurite azurite) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cohesion-").FullName;
    private InstallationSettings _settings = null!;

    public async ValueTask InitializeAsync() =>
        _settings = new InstallationSettings(await azurite.NewTable(), _folder, new VirtualClock(CedarInletStory.Start));

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_community_goes_from_the_form_to_the_wrap_up_as_on_one_machine()
    {
        await using var installation = await Installation.Start(_settings);
        var story = await Play(installation, installation);
        Approved.Matches("whole-cycle", await new CycleReport(installation.Services).Of(story.Cycle));
        (await installation.Durable.GetInstanceAsync(story.Cycle.Value))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        installation.Histories.Requests.Max(request => request.PastEvents.Count + request.NewEvents.Count).ShouldBeLessThan(20);
        Canaries.AreNowhereIn(installation.Logs.Lines);
        Canaries.AreNowhereIn(installation.Histories.Requests.Select(request => request.ToString()));
        Canaries.AreNowhereIn(await installation.Durable.GetAllInstancesAsync(new OrchestrationQuery { FetchInputsAndOutputs = true })
            .Select(instance => $"{instance.SerializedInput} {instance.SerializedOutput} {instance.SerializedCustomStatus}").ToListAsync());

        // By the product's clock, months have passed since the orchestrations' clock saw it end.
        await installation.PurgeFinished();
        (await installation.Durable.GetInstanceAsync(story.Cycle.Value)).ShouldBeNull();
    }

    [Fact]
    public async Task An_instance_that_is_deleted_is_started_again_by_the_sweep()
    {
        await using var installation = await Installation.Start(_settings);
        var forgetful = new Forgetful(installation);
        var story = await Play(installation, forgetful);
        Approved.Matches("whole-cycle", await new CycleReport(installation.Services).Of(story.Cycle));
        forgetful.Deleted.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Two_installations_that_walk_the_same_community_send_every_mail_once()
    {
        await using var one = await Installation.Start(_settings);
        await using var other = await Installation.Start(_settings with { Port = FreePort.Find() });
        var story = await Play(one, new Both(one, other));
        await SentTheApprovedMails(one, story);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_worker_that_dies_again_and_again_sends_every_mail_once(int seed)
    {
        await using var mortal = new Mortal(_settings, seed);
        await mortal.Restart();
        var story = await Play(mortal.Installation, mortal);
        mortal.Deaths.ShouldBeGreaterThan(10);
        await SentTheApprovedMails(mortal.Installation, story);
    }

    private static async Task<CedarInletStory> Play(Installation installation, IStoryHost host)
    {
        using var coordinator = new Coordinator(installation.Address);
        await host.Act(() => coordinator.SetUp(installation.SetUpPath));
        var story = new CedarInletStory(coordinator, host);
        await story.Play();
        return story;
    }

    private static async Task SentTheApprovedMails(Installation installation, CedarInletStory story)
    {
        var report = await new CycleReport(installation.Services).Of(story.Cycle);
        CycleReport.Mails(report).ShouldBe(CycleReport.Mails(File.ReadAllText(Approved.FileOf("whole-cycle"))), ignoreOrder: true);
    }

    /// <summary>Terminates and purges the instance before time goes on.</summary>
    private sealed class Forgetful(Installation installation) : IStoryHost
    {
        public int Deleted { get; private set; }

        public async Task StepTo(Instant instant)
        {
            await foreach (var instance in installation.Durable.GetAllInstancesAsync())
            {
                await Terminate(instance.InstanceId);
                Deleted += (await installation.Durable.PurgeInstanceAsync(instance.InstanceId)).PurgedInstanceCount;
            }

            await installation.StepTo(instant);
        }

        public Task Act(Func<Task> act) => installation.Act(act);

        /// <summary>Asked again: what comes to an instance just as it goes on anew is dropped.</summary>
        private async Task Terminate(string instance)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (await installation.Durable.GetInstanceAsync(instance, patience.Token) is { IsCompleted: false })
            {
                await installation.Durable.TerminateInstanceAsync(instance, cancellation: patience.Token);
                await Task.Delay(20, patience.Token);
            }
        }
    }
}
