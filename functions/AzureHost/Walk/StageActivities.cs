using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Walking;
using Microsoft.Azure.Functions.Worker;

namespace Cohesion.Workflows.AzureHost.Walk;

/// <summary>
/// The activities, one for each stage. Each takes the same whole turn; their names let anyone who watches an instance see how far the
/// community has come.
/// </summary>
public sealed class StageActivities(Turn turn)
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [StageIds.Preparation.Value] = nameof(CaseStudySelection),
        [StageIds.CaseStudySelection.Value] = nameof(CaseStudySelection),
        [StageIds.FacilitatorTraining.Value] = nameof(FacilitatorTraining),
        [StageIds.Scheduling.Value] = nameof(Scheduling),
        [StageIds.Attendance.Value] = nameof(Attendance),
        [StageIds.SurveyCollection.Value] = nameof(SurveyCollection),
        [StageIds.CoachingFollowUp.Value] = nameof(CoachingFollowUp),
        [StageIds.WrapUp.Value] = nameof(CoachingFollowUp),
    };

    /// <summary>The activity of the earliest open stage; the first one's where none has opened yet.</summary>
    public static string NameAt(TurnResult at) => at.OpenStages.IsEmpty ? nameof(CaseStudySelection) : Names[at.OpenStages[0]];

    [Function(nameof(CaseStudySelection))]
    public Task<TurnResult> CaseStudySelection([ActivityTrigger] string cycle, CancellationToken cancel) => Take(cycle, cancel);

    [Function(nameof(FacilitatorTraining))]
    public Task<TurnResult> FacilitatorTraining([ActivityTrigger] string cycle, CancellationToken cancel) => Take(cycle, cancel);

    [Function(nameof(Scheduling))]
    public Task<TurnResult> Scheduling([ActivityTrigger] string cycle, CancellationToken cancel) => Take(cycle, cancel);

    [Function(nameof(Attendance))]
    public Task<TurnResult> Attendance([ActivityTrigger] string cycle, CancellationToken cancel) => Take(cycle, cancel);

    [Function(nameof(SurveyCollection))]
    public Task<TurnResult> SurveyCollection([ActivityTrigger] string cycle, CancellationToken cancel) => Take(cycle, cancel);

    [Function(nameof(CoachingFollowUp))]
    public Task<TurnResult> CoachingFollowUp([ActivityTrigger] string cycle, CancellationToken cancel) => Take(cycle, cancel);

    private Task<TurnResult> Take(string cycle, CancellationToken cancel) => turn.Take(CycleId.From(cycle), cancel);
}
