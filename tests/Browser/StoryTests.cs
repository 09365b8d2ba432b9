using Cohesion.Workflows.LocalHost.Stepped;
using Cohesion.Workflows.Testing.Stories;
using NodaTime;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>One community from the form to the wrap-up, each person at a browser of their own: all comes as it does over HTTP.</summary>
public sealed class StoryTests(Chromium chromium) : IStoryHost, IAsyncLifetime
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
    public async Task A_community_goes_to_the_wrap_up_and_nothing_is_wrong_with_a_page_on_the_way()
    {
        // How each page looks is seen on the tour.
        var check = new PageCheck(_host.Address, looks: false);
        await Play(() => new ChromiumBrowser(chromium, _host.Address, check));
        check.Wrong.ShouldBeEmpty();
    }

    Task IStoryHost.StepTo(Instant instant) => _host.StepTo(instant);

    Task IStoryHost.Act(Func<Task> act) => act();

    private async Task Play(Func<Browser> another)
    {
        using var coordinator = new Coordinator(another);
        await coordinator.SetUp(_host.SetUpPath);
        var story = new CedarInletStory(coordinator, this);
        await story.Play();
        Approved.Matches("whole-cycle", await new CycleReport(_host.Services).Of(story.Cycle));
    }
}
