using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Texts;

namespace Cohesion.Workflows.Asks;

/// <summary>
/// What people of a role are asked, on which page: what others can record for them. Not the survey, which nobody may see another's
/// answers to.
/// </summary>
/// <param name="Role">Of whom.</param>
/// <param name="IsOpen">While this is so.</param>
/// <param name="Page">On which page.</param>
/// <param name="Label">In a word or two.</param>
public sealed record AskedOf(Role Role, Func<Snapshot, bool> IsOpen, string Page, Func<string> Label)
{
    private static readonly ImmutableList<AskedOf> All =
    [
        new(Role.Partner, While(StageIds.Preparation), PreparationForm.Page, () => AskTexts.Preparation),
        new(Role.DivisionLead, While(StageIds.CaseStudySelection), CaseStudySelectionForm.Page, () => AskTexts.Vote),
        new(Role.DivisionLead, While(StageIds.Scheduling), SchedulingForm.Page, () => AskTexts.Dates),
        new(Role.DivisionLead, While(StageIds.Attendance), GoForm.Page, () => AskTexts.Go),
        new(Role.DivisionLead, HasDate, VenueForm.Page, () => AskTexts.Venue),
        new(Role.DivisionStaff, HasDate, VenueForm.Page, () => AskTexts.Venue),
        new(Role.Facilitator, While(StageIds.CaseStudySelection), CaseStudySelectionForm.Page, () => AskTexts.Vote),
        new(Role.Facilitator, While(StageIds.FacilitatorTraining), FacilitatorTrainingForm.Page, () => AskTexts.Training),
        new(Role.Facilitator, While(StageIds.Scheduling), SchedulingForm.Page, () => AskTexts.Dates),
        new(Role.Facilitator, While(StageIds.Attendance), ListForm.Page, () => AskTexts.List),
        new(Role.Participant, While(StageIds.Attendance), ReplyForm.Page, () => AskTexts.Reply),
        new(Role.Participant, While(StageIds.CoachingFollowUp), CoachRequestForm.Page, () => AskTexts.Coach),
        new(Role.Coach, While(StageIds.Scheduling), SchedulingForm.Page, () => AskTexts.Dates),
        new(Role.Coach, While(StageIds.CoachingFollowUp), CoachTasksForm.Page, () => AskTexts.Tasks),
    ];

    /// <summary>What a role is asked now, in the order of the stages.</summary>
    public static IEnumerable<AskedOf> Now(Snapshot cycle, Role role) =>
        All.Where(asked => asked.Role == role && asked.IsOpen(cycle));

    private static Func<Snapshot, bool> While(StageId stage) =>
        cycle => cycle.RoundOf(stage) is not null && cycle.OutcomeOf<Outcome>(stage) is null;

    private static bool HasDate(Snapshot cycle) => cycle.Session() is not null && cycle.List() is null;
}
