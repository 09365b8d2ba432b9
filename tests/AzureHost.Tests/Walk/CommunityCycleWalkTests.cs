using Cohesion.Workflows.AzureHost.Tests.Storage;
using Cohesion.Workflows.AzureHost.Walk;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Walking;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cohesion.Workflows.AzureHost.Tests.Walk;

/// <summary>The orchestration alone, on the in-process durable host and the real clock: its turns do nothing but answer.</summary>
public sealed class CommunityCycleWalkTests : IAsyncLifetime
{
    private const string Cycle = "a-cycle";

    private static readonly CycleId Id = CycleId.From(Cycle);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StubTurns _turns = new();
    private readonly Histories _histories = new();
    private DurableTaskTestHost _host = null!;

    private DurableTaskClient Client => _host.Client;

    public async ValueTask InitializeAsync()
    {
        var port = FreePort.Find();
        _host = await DurableTaskTestHost.StartAsync(
            tasks =>
            {
                tasks.AddOrchestratorFunc<TurnResult>(CommunityCycleWalk.Name, (walk, _) => CommunityCycleWalk.Run(walk));
                foreach (var name in Installation.Activities.Select(activity => activity.Name))
                {
                    tasks.AddActivityFunc<string, TurnResult>(name, (_, cycle) => _turns.Take(name, cycle));
                }
            },
            new DurableTaskTestHostOptions { Port = port, LoggerFactory = NullLoggerFactory.Instance, ConfigureServices = services => _histories.ReadFrom(services, port) });
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_first_turn_is_at_once_and_a_timer_wakes_the_next()
    {
        _turns.Answers(Sleeping(TimeSpan.FromSeconds(2)), TurnResult.End);
        await Bell().Wake(Id, default);
        await Client.WaitForInstanceCompletionAsync(Cycle).WaitAsync(Patience);
        _turns.Taken.ShouldBe([$"CaseStudySelection {Cycle}", $"Scheduling {Cycle}"]);
    }

    [Fact]
    public async Task One_that_has_ended_says_so()
    {
        _turns.Answers(TurnResult.End);
        await Bell().Wake(Id, default);
        var ended = await Client.WaitForInstanceCompletionAsync(Cycle, getInputsAndOutputs: true).WaitAsync(Patience);
        ended.ReadCustomStatusAs<TurnResult>()!.Ended.ShouldBeTrue();
    }

    [Fact]
    public async Task A_turn_that_could_not_tell_leaves_it_where_it_was()
    {
        await Asleep();
        _turns.Answers(TurnResult.AtOnce, TurnResult.End);
        await Ring();
        await Client.WaitForInstanceCompletionAsync(Cycle).WaitAsync(Patience);
        _turns.Taken[1..].ShouldBe([$"Scheduling {Cycle}", $"Scheduling {Cycle}"]);
    }

    [Theory]
    [InlineData("CaseStudySelection")]
    [InlineData("CaseStudySelection", "preparation")]
    [InlineData("Scheduling", "scheduling")]
    [InlineData("SurveyCollection", "survey-collection", "coaching-follow-up")]
    [InlineData("CoachingFollowUp", "wrap-up")]
    public void Its_activity_is_the_earliest_open_stages(string activity, params string[] open) =>
        StageActivities.NameAt(TurnResult.AtOnce with { OpenStages = [.. open] }).ShouldBe(activity);

    [Fact]
    public async Task A_ring_wakes_it_before_its_timer()
    {
        await Asleep();
        await Ring();
        await TurnsTaken(2);
    }

    /// <summary>They may cost a turn more; afterwards it sleeps, and the next ring wakes it.</summary>
    [Fact]
    public async Task Rings_that_come_doubled_or_while_a_turn_is_taken_do_no_harm()
    {
        var gate = new TaskCompletionSource();
        await Asleep();
        _turns.WaitsFor = gate.Task;
        await Ring();
        await TurnsTaken(2);
        await Ring();
        await Ring();
        gate.SetResult();
        await Sleeps(3);
        var taken = _turns.Taken.Count;
        await Ring();
        await TurnsTaken(taken + 1);
        _turns.Taken.Count.ShouldBeLessThanOrEqualTo(5);
        (await Client.GetInstanceAsync(Cycle))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Running);
    }

    [Fact]
    public async Task Whoever_wakes_it_twice_starts_it_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Bell().Wake(Id, default)));
        await Sleeps(2);
        (await Client.GetAllInstancesAsync().ToListAsync()).ShouldHaveSingleItem().InstanceId.ShouldBe(Cycle);
    }

    [Fact]
    public async Task One_that_was_terminated_or_has_ended_is_started_again()
    {
        await Asleep();
        await Client.TerminateInstanceAsync(Cycle);
        await Client.WaitForInstanceCompletionAsync(Cycle).WaitAsync(Patience);
        _turns.Answers(TurnResult.End);
        await Bell().Wake(Id, default);
        await TurnsTaken(2);
        (await Client.WaitForInstanceCompletionAsync(Cycle).WaitAsync(Patience)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        await Bell().Wake(Id, default);
        await TurnsTaken(3);
    }

    [Fact]
    public async Task Its_status_says_where_the_community_stands_and_names_nobody()
    {
        await Asleep();
        TurnResult? status = null;
        await Until(async () => (status = (await Client.GetInstanceAsync(Cycle, getInputsAndOutputs: true))!.ReadCustomStatusAs<TurnResult>()) is { OpenStages.IsEmpty: false });
        (status!.OpenStages.ShouldHaveSingleItem(), status.WaitingFor).ShouldBe(("scheduling", 3));
        status.NextWake.ShouldBeGreaterThan(DateTime.UtcNow);
    }

    /// <summary>Whoever sleeps has nothing in its history that a new version could change: what stands here was released.</summary>
    [Fact]
    public async Task One_that_sleeps_remembers_only_that_it_sleeps()
    {
        await Asleep();
        await Ring();
        await TurnsTaken(2);
        var woken = _histories.Requests.Last(request => request.NewEvents.Any(one => one.EventRaised is not null));
        woken.PastEvents.Select(one => one.EventTypeCase.ToString()).ShouldBe(["OrchestratorStarted", "ExecutionStarted", "TimerCreated", "OrchestratorCompleted"]);
    }

    [Fact]
    public async Task A_generation_of_its_history_is_short()
    {
        await Asleep();
        await Ring();
        await Sleeps(3);
        _histories.Requests.Max(request => request.PastEvents.Count + request.NewEvents.Count).ShouldBeLessThan(20);
    }

    private async Task Asleep()
    {
        _turns.Answers(Sleeping(TimeSpan.FromDays(30)));
        await Bell().Wake(Id, default);
        await Sleeps(2);
    }

    /// <summary>It has gone to sleep so often, before its first turn and after each.</summary>
    private Task Sleeps(int times) => Until(() => Task.FromResult(_histories.Requests.Count(request => request.PastEvents.Count == 0) >= times));

    private Task TurnsTaken(int count) => Until(() => Task.FromResult(_turns.Taken.Count >= count));

    private Task Ring() => Client.RaiseEventAsync(Cycle, CommunityCycleWalk.Ring);

    private DurableBell Bell()
    {
        var bell = new DurableBell(NullLogger<DurableBell>.Instance);
        bell.UseClient(Client);
        return bell;
    }

    private static TurnResult Sleeping(TimeSpan sleep) => new(["scheduling"], 3, DateTime.UtcNow + sleep, Ended: false);

    private static async Task Until(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private sealed class StubTurns
    {
        private readonly Queue<TurnResult> _answers = [];
        private readonly List<string> _taken = [];
        private readonly Lock _gate = new();

        public Task WaitsFor { get; set; } = Task.CompletedTask;

        public List<string> Taken
        {
            get
            {
                lock (_gate)
                {
                    return [.. _taken];
                }
            }
        }

        public void Answers(params TurnResult[] answers)
        {
            lock (_gate)
            {
                Array.ForEach(answers, _answers.Enqueue);
            }
        }

        public async Task<TurnResult> Take(string activity, string cycle)
        {
            TurnResult answer;
            lock (_gate)
            {
                _taken.Add($"{activity} {cycle}");
                answer = _answers.Count > 0 ? _answers.Dequeue() : Sleeping(TimeSpan.FromDays(30));
            }

            await WaitsFor;
            return answer;
        }
    }
}
