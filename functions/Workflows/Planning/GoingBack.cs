using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>Why a stage cannot be gone back to.</summary>
public enum NoWayBack
{
    /// <summary>It is open, or has not been reached.</summary>
    NotClosed,

    /// <summary>The session has begun, or its people were invited to a session on the case study that stands.</summary>
    TooLate,

    /// <summary>What people have told stands: with it, it would close at once.</summary>
    NothingLeftToAsk,
}

/// <summary>
/// What follows where a stage opens again before the session: its next round. What people have told stands, and only the others are asked;
/// so does what came of later stages, but that nobody is invited while it is open.
/// </summary>
public static class GoingBack
{
    public static ImmutableList<StageId> Stages { get; } = [StageIds.CaseStudySelection, StageIds.FacilitatorTraining];

    /// <returns>Null where it can be gone back to.</returns>
    public static NoWayBack? WhyNot(Snapshot cycle, StageId stage, Instant now) =>
        !Stages.Contains(stage) || cycle.OutcomeOf<Outcome>(stage) is null ? NoWayBack.NotClosed
        : !Facilitating.IsPossible(cycle, now) || (stage == StageIds.CaseStudySelection && cycle.RoundOf(StageIds.Attendance) is not null) ? NoWayBack.TooLate
        : HasTold(cycle, stage) ? NoWayBack.NothingLeftToAsk
        : null;

    internal static ImmutableList<Fact>? Follows(Snapshot cycle, StageId stage, Instant now) =>
        WhyNot(cycle, stage, now) is null ? [new StageOpened(stage, cycle.RoundOf(stage)!.Round + 1, now)] : null;

    private static bool HasTold(Snapshot cycle, StageId stage) => stage == StageIds.FacilitatorTraining
        ? cycle.Trained().Count >= cycle.Policy.FacilitatorTraining.Enough
        : cycle.Members(Role.DivisionLead).Concat(cycle.Members(Role.Facilitator)).All(voter => cycle.NewestOf<Voted>(voter) is not null);
}
