using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Coordinators.Decisions;

/// <summary>What a coordinator decides in a community, in the order of the stages.</summary>
public enum OpenDecision
{
    Case,
    Facilitator,
    Dates,
    Go,
    Attendance,
    Accreditation,
    NextSession,
}

/// <summary>Which decisions are open.</summary>
public static class OpenDecisions
{
    /// <param name="visit">Of whoever decides.</param>
    /// <param name="wanted">Every message that is wanted now or to come: the mail on a decision may go out later in the day.</param>
    public static IReadOnlyList<OpenDecision> Of(Visit visit, IReadOnlySet<MessageKey> wanted)
    {
        var cycle = visit.Cycle;
        bool IsAsked(StageId stage, string kind) => wanted.Any(key => key.Stage == stage.Value && key.Kind == kind && key.Person == cycle.Coordinator);
        (OpenDecision Decision, bool IsOpen)[] all =
        [
            (OpenDecision.Case, IsAsked(StageIds.CaseStudySelection, CaseStudySelectionPlan.Decide)),
            (OpenDecision.Facilitator, IsAsked(StageIds.FacilitatorTraining, FacilitatorTrainingPlan.Replace)),
            (OpenDecision.Dates, IsAsked(StageIds.Scheduling, SchedulingPlan.Propose)),
            (OpenDecision.Go, GoForm.Question(visit) is not null),
            (OpenDecision.Attendance, ListForm.IsOpen(visit)),
            (OpenDecision.Accreditation, IsAsked(StageIds.Attendance, AttendancePlan.AccreditationMissing) && cycle.OpenAccreditation() is not null),
            (OpenDecision.NextSession, cycle.HasEnded),
        ];
        return cycle.Stopped() is not null ? [] : [.. all.Where(one => one.IsOpen).Select(one => one.Decision)];
    }
}
