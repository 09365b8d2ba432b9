using Cohesion.Workflows.AzureHost.Walk;
using Cohesion.Workflows.Walking;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker.Grpc;

namespace Cohesion.Workflows.AzureHost.Tests.Walk;

/// <summary>
/// An instance's history in virtual time: the orchestration is replayed over it with what is new, and what it does then is added as
/// the durable runtime adds it.
/// </summary>
internal sealed class Replay
{
    private const string Cycle = "a-cycle";

    private readonly List<HistoryEvent> _past = [];
    private readonly Queue<(DateTime At, HistoryEvent Fired)> _timers = [];

    public int Events => _past.Count;

    public IReadOnlyList<OrchestratorAction> LastActions { get; private set; } = [];

    /// <summary>A history whose next event is its first.</summary>
    public static Replay Starting(TurnResult at, DateTime now)
    {
        var replay = new Replay();
        replay.Wake(now, new HistoryEvent
        {
            ExecutionStarted = new ExecutionStartedEvent
            {
                Name = CommunityCycleWalk.Name,
                Input = System.Text.Json.JsonSerializer.Serialize(at),
                OrchestrationInstance = new OrchestrationInstance { InstanceId = Cycle, ExecutionId = "1" },
            },
        });
        return replay;
    }

    /// <summary>What the runtime once sent a worker.</summary>
    public static IReadOnlyList<OrchestratorAction> Of(OrchestratorRequest request)
    {
        var response = GrpcOrchestrationRunner.LoadAndRun<TurnResult, object>(
            Convert.ToBase64String(request.ToByteArray()),
            async (walk, _) =>
            {
                await CommunityCycleWalk.Run(walk);
                return null;
            });
        return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(response)).Actions;
    }

    /// <summary>Fires the oldest timer.</summary>
    public void FireTimer()
    {
        var (at, fired) = _timers.Dequeue();
        Wake(at, fired);
    }

    private void Wake(DateTime now, HistoryEvent what)
    {
        var time = Timestamp.FromDateTime(now);
        what.Timestamp = time;
        HistoryEvent[] news = [new() { EventId = -1, Timestamp = time, OrchestratorStarted = new() }, what];
        LastActions = Of(new OrchestratorRequest { InstanceId = Cycle, ExecutionId = "1", PastEvents = { _past }, NewEvents = { news } });
        _past.AddRange(news);
        foreach (var action in LastActions)
        {
            _past.Add(EventOf(action, time));
        }

        _past.Add(new HistoryEvent { EventId = -1, Timestamp = time, OrchestratorCompleted = new() });
    }

    private HistoryEvent EventOf(OrchestratorAction action, Timestamp time)
    {
        if (action.CreateTimer is { FireAt: var at })
        {
            _timers.Enqueue((at.ToDateTime(), new HistoryEvent { EventId = -1, TimerFired = new() { TimerId = action.Id, FireAt = at } }));
            return new HistoryEvent { EventId = action.Id, Timestamp = time, TimerCreated = new() { FireAt = at } };
        }

        return action.ScheduleTask is { } task
            ? new HistoryEvent { EventId = action.Id, Timestamp = time, TaskScheduled = new() { Name = task.Name, Input = task.Input } }
            : throw new InvalidOperationException($"The walk did what it never does: {action}");
    }
}
