using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;

namespace Cohesion.Workflows.Stages.WrapUp;

/// <summary>The closing step: the cycle ends, and its results go to those who made it.</summary>
public sealed class WrapUpPlan : IStage
{
    public const string Results = "results";

    public StageId Id => StageIds.WrapUp;

    public ImmutableList<string> Kinds { get; } = [Results];

    public StagePlan Plan(StageRound round) =>
        round.Outcome<CycleEnded>() is null
            ? StagePlan.Outcome(new CycleEnded(Id, round.Number, round.Now))
            : new StagePlan { Messages = [.. Readers(round.Snapshot).Select(reader => round.Tell(Results, reader))] };

    /// <summary>Those to whom the results go.</summary>
    public static IEnumerable<PersonId> Readers(Snapshot cycle) => new[] { Role.Coordinator, Role.DivisionLead, Role.DivisionStaff, Role.Coach, Role.Partner }
        .SelectMany(cycle.Members)
        .Concat(cycle.Leading())
        .Distinct();
}
