using System.Collections.Immutable;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Walking;

/// <summary>
/// Where a cycle stands after a turn. It is kept in orchestration history and shown as its status: stage ids, counts, flags and UTC
/// times only, of types that System.Text.Json reads back as it wrote them.
/// </summary>
/// <param name="OpenStages">In the order of the cycle; none where the turn could not tell, and after the end.</param>
/// <param name="WaitingFor">How many people's move it is.</param>
/// <param name="NextWake">When the next turn is due, in UTC.</param>
/// <param name="Ended">Whether there is no next turn.</param>
public sealed record TurnResult(ImmutableList<string> OpenStages, int WaitingFor, DateTime NextWake, bool Ended)
{
    public static TurnResult End { get; } = new([], 0, DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), Ended: true);

    /// <summary>Before the first turn: its wake is long past, so a timer fires at once whatever the clock says that it was set by.</summary>
    public static TurnResult AtOnce { get; } = Again(NodaConstants.UnixEpoch);

    /// <summary>The next turn is due then; where the cycle stands is not known.</summary>
    public static TurnResult Again(Instant next) => new([], 0, next.ToDateTimeUtc(), Ended: false);

    public static TurnResult Asleep(TurnPlan plan) => Again(plan.NextWake) with
    {
        OpenStages = [.. Planner.OpenStages(plan.After).Select(stage => stage.Value)],
        WaitingFor = plan.WaitingFor.Count,
    };

    public TurnResult Until(Instant next) => this with { NextWake = next.ToDateTimeUtc() };

    /// <summary>What this turn could not tell stands as it did before.</summary>
    public TurnResult After(TurnResult before) => OpenStages.IsEmpty && !Ended
        ? this with { OpenStages = before.OpenStages, WaitingFor = before.WaitingFor }
        : this;
}
