using Cohesion.Workflows.Coordinators.Today;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.LocalHost;

/// <summary>
/// Walks all cycles of this machine: takes the due turns, empties the post, sleeps until something is due or somebody rings.
/// One pass at a time, so a cycle takes one turn at a time; many cycles take theirs in parallel.
/// </summary>
internal sealed class Walk(Wakes wakes, Turn turn, Sender sender, MorningMail morning, PostOffice post, IClock clock, ILogger<Walk> log) : BackgroundService, IBell
{
    private const int TurnsAtOnce = 4;

    private static readonly Duration LooksAtLeastEvery = Duration.FromMinutes(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _rung = new(0, 1);

    public Task Hasten(CycleId cycle, CancellationToken cancel = default) => HastenPost(cancel);

    public Task HastenPost(CancellationToken cancel = default)
    {
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been rung, and one pass serves all rings.
        }

        return Task.CompletedTask;
    }

    /// <summary>Takes every due turn and sends every due mail, until nothing is due.</summary>
    public async Task RunUntilQuiet(CancellationToken cancel = default)
    {
        while (await Pass(cancel))
        {
        }
    }

    public override void Dispose()
    {
        _rung.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunUntilQuiet(stoppingToken);
                await _rung.WaitAsync(await TimeToSleep(stoppingToken), stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogError(failure, "A pass of the walk failed; the next one is in {Pause}", PauseAfterFailure);
                await Task.Delay(PauseAfterFailure, stoppingToken);
            }
        }
    }

    private async Task<bool> Pass(CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var due = await wakes.All(cancel).Where(wake => wake.IsDue(now)).ToListAsync(cancel);
        var options = new ParallelOptions { MaxDegreeOfParallelism = TurnsAtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(due, options, async (wake, token) => await turn.Take(wake.Cycle, token));
        await morning.Post(cancel);
        return await sender.Pass(cancel) || due.Count > 0;
    }

    private async Task<TimeSpan> TimeToSleep(CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var latest = now + LooksAtLeastEvery;
        var wake = await wakes.All(cancel).Select(one => one.Next).Append(latest).MinAsync(cancellationToken: cancel);
        var next = Instant.Min(wake, await post.NextDue(cancel) ?? latest);
        return Duration.Max(next - now, Duration.Zero).ToTimeSpan();
    }
}
