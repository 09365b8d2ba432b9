using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Stages.WrapUp;

namespace Cohesion.Workflows;

/// <summary>
/// One community's way through the programme. There is no current stage: a stage is open when it has opened and has no
/// outcome yet, and several may be open at once.
/// </summary>
public static class CommunityCycle
{
    public static ImmutableList<StageOfTheCycle> Stages { get; } =
    [
        // The partners prepare. Closes when all is done or not needed, or on day 5; where nobody is to prepare anything, it never opens.
        new(new PreparationPlan(), Opens: PreparationPlan.IsNeeded),

        // The Division lead and the facilitators choose 1 of 4 case studies. Closes when all have voted, or on day 10.
        new(new CaseStudySelectionPlan(), Opens: cycle =>
            !PreparationPlan.IsNeeded(cycle) || cycle.OutcomeOf<PreparationClosed>(StageIds.Preparation) is not null),

        // The facilitators say whether they lead, and train. Closes when enough are trained.
        new(new FacilitatorTrainingPlan(), Opens: cycle => cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection) is not null),

        // Facilitators, lead and coach find the date. Opens when enough have accepted, trained or not. Closes with a date.
        new(new SchedulingPlan(), Opens: FacilitatorTrainingPlan.EnoughAccepted),

        // Participants reply; after the session its list is confirmed, which closes the stage.
        new(new AttendancePlan(), Opens: cycle =>
            cycle.OutcomeOf<SessionDated>(StageIds.Scheduling) is not null && cycle.MayInvite()),

        // Those who were there answer the survey, from check-in on. Closes when all on the list have, or on day 14 after it.
        new(new SurveyCollectionPlan(), Opens: cycle => ListConfirmed(cycle) || cycle.ThoseCheckedIn().Any()),

        // The coach works the community's task and those of people who ask. Closes when all are done and no more can come.
        new(new CoachingFollowUpPlan(), Opens: cycle => ListConfirmed(cycle) || cycle.All<CoachRequested>().Any() || cycle.All<Committed>().Any()),

        // The closing step: the results go out as soon as the survey has closed. The cycle ends when the coaching has too, and no certificate waits.
        new(new WrapUpPlan(), Opens: cycle => cycle.OutcomeOf<SurveyClosed>(StageIds.SurveyCollection) is not null),
    ];

    private static bool ListConfirmed(Snapshot cycle) => cycle.OutcomeOf<AttendanceConfirmed>(StageIds.Attendance) is not null;
}

/// <summary>A stage, and what opens its first round.</summary>
public sealed record StageOfTheCycle(IStage Plan, Func<Snapshot, bool> Opens)
{
    public StageId Id => Plan.Id;
}
