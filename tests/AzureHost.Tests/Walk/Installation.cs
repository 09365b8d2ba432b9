using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Azure.Data.Tables;
using Cohesion.Workflows.AzureHost.Records;
using Cohesion.Workflows.AzureHost.Tests.Storage;
using Cohesion.Workflows.AzureHost.Walk;
using Cohesion.Workflows.AzureHost.Web;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows.AzureHost.Tests.Walk;

/// <summary>
/// AzureHost's own services, functions and pages on Azurite's tables and the in-process durable host. Its product's time stands still
/// until it is stepped; the orchestrations' timers run by the real clock, so to them what is due is due since long, and all else is
/// years away: it is rings that wake them.
/// </summary>
internal sealed class Installation : IStoryHost, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IHost _web;
    private readonly DurableTaskTestHost _durable;
    private readonly VirtualClock _clock;

    private Installation(IHost web, DurableTaskTestHost durable, VirtualClock clock, Histories histories, AllLogs logs)
    {
        _web = web;
        _durable = durable;
        _clock = clock;
        Histories = histories;
        Logs = logs;
        Services.GetRequiredService<DurableBell>().UseClient(durable.Client);
    }

    public IServiceProvider Services => _web.Services;

    public DurableTaskClient Durable => _durable.Client;

    public Histories Histories { get; }

    public AllLogs Logs { get; }

    public Uri Address => Services.GetRequiredService<PublicAddress>().PublicUrl;

    public string SetUpPath => Services.GetRequiredService<Links>().ToSetUp(_clock.Now).AbsolutePath;

    public static async Task<Installation> Start(InstallationSettings settings)
    {
        var (logs, histories) = (new AllLogs(), new Histories());
        var web = BuildWeb(settings, logs);
        await web.StartAsync();
        var turns = ActivatorUtilities.CreateInstance<StageActivities>(web.Services);
        var port = FreePort.Find();
        var durable = await DurableTaskTestHost.StartAsync(
            tasks => Register(tasks, turns, settings.Clock),
            new DurableTaskTestHostOptions { Port = port, LoggerFactory = web.Services.GetRequiredService<ILoggerFactory>(), ConfigureServices = services => histories.ReadFrom(services, port) });
        return new Installation(web, durable, settings.Clock, histories, logs);
    }

    public async Task StepTo(Instant instant)
    {
        await UntilQuiet();
        while (await NextDue() is { } next && next <= instant)
        {
            _clock.MoveTo(next);
            await UntilQuiet();
        }

        _clock.MoveTo(instant);
    }

    /// <summary>What a person's act made due is taken before the next person acts, as on a host where people take minutes.</summary>
    public async Task Act(Func<Task> act)
    {
        await act();
        await UntilNothingIsDue();
    }

    /// <summary>The sweep, every due turn, every due mail, until nothing is due.</summary>
    public async Task UntilQuiet()
    {
        do
        {
            await Sweep();
            await UntilNothingIsDue();
        }
        while (await Services.GetRequiredService<Sender>().Pass());
    }

    public Task PurgeFinished() => ActivatorUtilities.CreateInstance<Timers>(Services).PurgeFinished(new TimerInfo(), Durable, CancellationToken.None);

    public Task Sweep() => ActivatorUtilities.CreateInstance<Timers>(Services).Sweep(new TimerInfo(), Durable, CancellationToken.None);

    public async Task UntilNothingIsDue()
    {
        var began = Stopwatch.GetTimestamp();
        while (await Services.GetRequiredService<Wakes>().All().FirstOrDefaultAsync(wake => wake.IsDue(_clock.Now)) is { } due)
        {
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience, $"{due} is not served: {await Durable.GetInstanceAsync(due.Cycle.Value, getInputsAndOutputs: true)}");
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _durable.DisposeAsync();
        await _web.StopAsync();
        _web.Dispose();
    }

    private static IHost BuildWeb(InstallationSettings settings, AllLogs logs)
    {
        var address = new Uri($"http://127.0.0.1:{settings.Port}");
        return new HostBuilder()
            .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(logs))
            // As the runtime of a developer has it: what belongs to a request is not to be had without one.
            .UseDefaultServiceProvider(options => options.ValidateScopes = true)
            .ConfigureWebHost(web => web
                .UseKestrel()
                .UseUrls(address.ToString())
                .ConfigureServices(services =>
                {
                    services.AddAzure(new AzureSettings("UseDevelopmentStorage=true", address, settings.Secret, settings.RoundKeys));
                    services.AddSingleton(settings.Store(new TableRecordStore(settings.Table))).AddSingleton<IClock>(settings.Clock);
                    settings.Add(services);
                })
                .Configure(app => app.Run(app.ApplicationServices.GetRequiredService<PagePipeline>().Serve)))
            .Build();
    }

    private static void Register(DurableTaskRegistry tasks, StageActivities turns, VirtualClock clock)
    {
        tasks.AddOrchestratorFunc<TurnResult>(CommunityCycleWalk.Name, (walk, _) => CommunityCycleWalk.Run(walk));
        foreach (var activity in Activities)
        {
            tasks.AddActivityFunc<string, TurnResult>(
                activity.Name, async (_, cycle) => InRealTime(await (Task<TurnResult>)activity.Method.Invoke(turns, [cycle, CancellationToken.None])!, clock));
        }
    }

    /// <summary>The activities as the runtime finds them.</summary>
    public static IEnumerable<(string Name, MethodInfo Method)> Activities =>
        from method in typeof(StageActivities).GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        select (function.Name, method);

    private static TurnResult InRealTime(TurnResult result, VirtualClock clock) => result.Ended
        ? result
        : result with { NextWake = result.NextWake <= clock.Now.ToDateTimeUtc() ? TurnResult.AtOnce.NextWake : DateTime.UtcNow.AddYears(1) };

    private async Task<Instant?> NextDue()
    {
        var turns = await Services.GetRequiredService<Wakes>().All().Select(wake => (Instant?)wake.Next).ToListAsync();
        return turns.Append(await Services.GetRequiredService<PostOffice>().NextDue()).Min();
    }
}

/// <summary>What an installation stands on; several may share a table, its round keys and the time.</summary>
internal sealed record InstallationSettings(TableClient Table, string RoundKeys, VirtualClock Clock)
{
    public int Port { get; init; } = FreePort.Find();

    public byte[] Secret { get; init; } = new byte[32];

    /// <summary>What the product has of the store.</summary>
    public Func<IRecordStore, IRecordStore> Store { get; init; } = store => store;

    /// <summary>What others do for the product.</summary>
    public Action<IServiceCollection> Add { get; init; } = _ => { };
}

/// <summary>Everything that anybody logs.</summary>
internal sealed class AllLogs : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
        // It outlives the hosts that log to it.
    }
}
