using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.LocalHost.Stepped;
using Cohesion.Workflows.LocalHost.Tests.Http;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Walking;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests;

/// <summary>The walk by itself: nobody steps it.</summary>
public sealed class WalkTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("cohesion-").FullName;
    private readonly SteppedClock _clock = new(CedarInletStory.Start + Duration.FromHours(1));
    private DataFolder _folder = null!;
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        _folder = DataFolder.Open(_data);
        _app = LocalApp.Build(new LocalSettings(_data, "http://127.0.0.1:0"), _folder, _clock, walks: true);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _folder.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_form_rings_and_its_mails_go_out()
    {
        using var coordinator = new Coordinator(new Uri(_app.Urls.Single()));
        await coordinator.SetUp(_app.Services.GetRequiredService<Web.Links>().ToSetUp(_clock.Now).AbsolutePath);
        foreach (var community in (string[])["Cedar Inlet", "Elk Pass", "Salmon Bend"])
        {
            await coordinator.Browser.Open("/cycles/new");
            await coordinator.Start([.. CedarInlet.Form.Where(one => one.Field != "community"), ("community", [community])]);
        }

        // Four people are asked by three communities, in one mail a day: what came in after the first one goes out the next morning.
        await Eventually(async () => await Posted() == 12 && (await Envelopes()).Count == 4);
        _clock.Now += Duration.FromDays(1);
        var bell = _app.Services.GetRequiredService<IBell>();
        await Eventually(async () =>
        {
            await bell.HastenPost();
            return await Sent() == 12;
        });
    }

    private Task<IReadOnlyList<Envelope>> Envelopes() => new CycleReport(_app.Services).Envelopes();

    /// <summary>How many messages there are, sent or not.</summary>
    private ValueTask<int> Posted() =>
        _app.Services.GetRequiredService<IRecordStore>().All(RowRange.StartingWith(Rows.PostPartition, "m.")).CountAsync();

    /// <summary>How many of them went out.</summary>
    private async Task<int> Sent() => (await Envelopes()).Where(mail => mail.State == EnvelopeState.Accepted).Sum(mail => mail.Messages.Count);

    /// <summary>Waits for what another thread does; gives up only where it surely will not come.</summary>
    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var look = 0; look < 600 && !await holds(); look++)
        {
            await Task.Delay(50);
        }

        (await holds()).ShouldBeTrue();
    }
}
