using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Walking;
using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace Cohesion.Workflows.AzureHost.Tests.Walk;

/// <summary>Histories outlive releases: an instance that fell asleep under an older version wakes under this one.</summary>
public sealed class HistoryTests
{
    private static readonly DateTime Now = new(2027, 3, 1, 17, 0, 0, DateTimeKind.Utc);

    /// <summary>What the durable host sent when a ring woke an instance in its first sleep, as it was released.</summary>
    [Fact]
    public void An_instance_that_fell_asleep_under_an_older_version_takes_its_turn_when_rung()
    {
        var request = JsonParser.Default.Parse<OrchestratorRequest>(File.ReadAllText(Repository.PathOf("tests/AzureHost.Tests/Walk/asleep.history.json")));
        var action = Replay.Of(request).ShouldHaveSingleItem();
        (action.ScheduleTask?.Name, action.ScheduleTask?.Input).ShouldBe(("Scheduling", """["a-cycle"]"""), action.ToString());
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(30, 4 + 9 * 4)]
    [InlineData(90, 4 + 29 * 4)]
    public void A_sleep_takes_four_events_for_each_three_days(int days, int events)
    {
        var replay = Replay.Starting(new TurnResult(["scheduling"], 3, Now.AddDays(days), Ended: false), Now);
        while (replay.LastActions is [{ CreateTimer: { } timer }] && timer.FireAt.ToDateTime() < Now.AddDays(days))
        {
            replay.FireTimer();
        }

        replay.Events.ShouldBe(events);
        replay.FireTimer();
        replay.LastActions.ShouldHaveSingleItem().ScheduleTask.Name.ShouldBe("Scheduling");
    }
}
