namespace Cohesion.Workflows.Cycles;

/// <summary>The stages' contract names, in the order of the cycle.</summary>
public static class StageIds
{
    /// <summary>What the partners prepare before the first ask; only where somebody is to prepare something.</summary>
    public static StageId Preparation { get; } = StageId.From("preparation");

    public static StageId CaseStudySelection { get; } = StageId.From("case-study-selection");

    public static StageId FacilitatorTraining { get; } = StageId.From("facilitator-training");

    public static StageId Scheduling { get; } = StageId.From("scheduling");

    public static StageId Attendance { get; } = StageId.From("attendance");

    public static StageId SurveyCollection { get; } = StageId.From("survey-collection");

    public static StageId CoachingFollowUp { get; } = StageId.From("coaching-follow-up");

    public static StageId WrapUp { get; } = StageId.From("wrap-up");
}
