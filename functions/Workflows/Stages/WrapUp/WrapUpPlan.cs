using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;

namespace Cohesion.Workflows.Stages.WrapUp;

/// <summary>
/// The closing step. The results go to those who made them as soon as the survey has closed: they wait for nobody's coaching. The cycle ends
/// when that has closed too and no certificate waits for the accreditation; where that is later, the readers hear then what came of it.
/// </summary>
public sealed class WrapUpPlan : IStage
{
    public const string Results = "results";
    public const string Coaching = "coaching";

    public StageId Id => StageIds.WrapUp;

    public ImmutableList<string> Kinds { get; } = [Results, Coaching];

    public StagePlan Plan(StageRound round)
    {
        var (cycle, ended) = (round.Snapshot, round.Outcome<CycleEnded>());
        return ended is null && cycle.OutcomeOf<CoachingClosed>(StageIds.CoachingFollowUp) is not null && cycle.OpenAccreditation() is null
            ? StagePlan.Outcome(new CycleEnded(Id, round.Number, round.Now))
            : new StagePlan { Messages = [.. Readers(cycle).Select(reader => round.Tell(Results, reader)), .. ended is null || IsWhole(cycle) ? [] : Afterwards(round, ended)] };
    }

    /// <summary>Whether the cycle ended as the results went out: then they hold what came of the coaching too, and were the last mail.</summary>
    public static bool IsWhole(Snapshot cycle) => cycle.OutcomeOf<CycleEnded>(StageIds.WrapUp)?.At <= cycle.RoundOf(StageIds.WrapUp)?.At;

    private static IEnumerable<WantedMessage> Afterwards(StageRound round, CycleEnded ended) =>
        Readers(round.Snapshot).Select(reader => new WantedMessage(round.Key(Coaching, reader), ended.At));

    /// <summary>Those to whom the results go.</summary>
    public static IEnumerable<PersonId> Readers(Snapshot cycle) => new[] { Role.Coordinator, Role.DivisionLead, Role.DivisionStaff, Role.Coach, Role.Partner }
        .SelectMany(cycle.Members)
        .Concat(cycle.Leading())
        .Distinct();
}
