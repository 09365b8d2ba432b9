using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Stepped;

/// <summary>A clock that stands still until it is set.</summary>
public sealed class SteppedClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;
}

/// <summary>LocalHost on a free port, whose time passes only when it is told to.</summary>
public sealed class SteppedHost : IAsyncDisposable
{
    /// <summary>What opens its API.</summary>
    public const string ApiKey = "an-api-key-of-the-stepped-host-0123456789";

    private readonly DataFolder _folder;
    private readonly WebApplication _app;
    private readonly SteppedClock _clock;

    private SteppedHost(DataFolder folder, WebApplication app, SteppedClock clock)
    {
        _folder = folder;
        _app = app;
        _clock = clock;
    }

    public Uri Address => new(_app.Urls.Single());

    public Instant Now => _clock.Now;

    public IServiceProvider Services => _app.Services;

    private CancellationToken Stopping => Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    /// <summary>The path on which the first coordinator sets up.</summary>
    public string SetUpPath => Services.GetRequiredService<Links>().ToSetUp(Now).AbsolutePath;

    /// <summary>The path on which the first coordinator sets up, then the one on which they sign in.</summary>
    public async Task<string> WayIn() => (await Services.GetRequiredService<WayIn>().Find()).Link.AbsolutePath;

    public static async Task<SteppedHost> Start(string data, Instant now, string url = "http://127.0.0.1:0")
    {
        var clock = new SteppedClock(now);
        var folder = DataFolder.Open(data);
        var app = LocalApp.Build(new LocalSettings(data, url) { ApiKey = ApiKey }, folder, clock, walks: false);
        await app.StartAsync();
        return new SteppedHost(folder, app, clock);
    }

    /// <summary>Lets time pass, stopping at every instant at which a turn or a mail is due.</summary>
    /// <param name="target">Where to stop.</param>
    /// <param name="reached">Is told each instant before anything happens at it.</param>
    public async Task StepTo(Instant target, Action<Instant>? reached = null)
    {
        var walk = Services.GetRequiredService<Walk>();
        await walk.RunUntilQuiet();
        while (!Stopping.IsCancellationRequested && await NextDue() is { } next && next <= target)
        {
            _clock.Now = Instant.Max(next, _clock.Now);
            reached?.Invoke(_clock.Now);
            await walk.RunUntilQuiet();
        }

        _clock.Now = target;
        reached?.Invoke(target);
    }

    /// <summary>What is read; null where the host is told to stop before, as by SIGTERM: a read of the console cannot be called off.</summary>
    public async Task<string?> UntilStopped(Func<string?> read)
    {
        try
        {
            return await Task.Run(read).WaitAsync(Stopping);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _folder.DisposeAsync();
    }

    private async Task<Instant?> NextDue()
    {
        var turns = await Services.GetRequiredService<Wakes>().All().Select(wake => (Instant?)wake.Next).ToListAsync();
        return turns.Append(await Services.GetRequiredService<PostOffice>().NextDue()).Min();
    }
}
