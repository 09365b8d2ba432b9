using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Asks;

/// <summary>
/// What people of a role tell, on which page: what others can record for them. Not the survey, which nobody may see another's
/// answers to.
/// </summary>
/// <param name="Role">Of whom.</param>
/// <param name="For">What.</param>
/// <param name="Page">On which page.</param>
/// <param name="MayTell">Whether the visit's person can tell it now.</param>
/// <param name="HasTold">Whether nothing is open for them: what they told can still be changed.</param>
public sealed record AskedOf(Role Role, AskKind For, string Page, Func<Visit, bool> MayTell, Func<Visit, bool> HasTold)
{
    private static readonly AskKind Preparation = new(StageIds.Preparation, PreparationPlan.Ask);
    private static readonly AskKind Vote = new(StageIds.CaseStudySelection, CaseStudySelectionPlan.Ask);
    private static readonly AskKind Lead = new(StageIds.FacilitatorTraining, FacilitatorTrainingPlan.Ask);
    private static readonly AskKind Dates = new(StageIds.Scheduling, SchedulingPlan.Ask);
    private static readonly AskKind Venue = new(StageIds.Scheduling, SchedulingPlan.Venue);
    private static readonly AskKind Forward = new(StageIds.Attendance, AttendancePlan.Register);
    private static readonly AskKind Reply = new(StageIds.Attendance, AttendancePlan.Ask);
    private static readonly AskKind Go = new(StageIds.Attendance, AttendancePlan.GoOrNot);
    private static readonly AskKind List = new(StageIds.Attendance, AttendancePlan.ConfirmList);
    private static readonly AskKind Tasks = new(StageIds.CoachingFollowUp, CoachingFollowUpPlan.Task);
    private static readonly AskKind Coach = new(StageIds.CoachingFollowUp, CoachRequestForm.Page);

    public static ImmutableList<AskedOf> All { get; } =
    [
        new(Role.Partner, Preparation, PreparationForm.Page, PreparationForm.IsOpen, HasPrepared),
        new(Role.DivisionLead, Vote, CaseStudySelectionForm.Page, While(StageIds.CaseStudySelection), HasVoted),
        new(Role.DivisionLead, Dates, SchedulingForm.Page, HasDates, HasMarked),
        new(Role.DivisionLead, Go, GoForm.Page, visit => GoForm.Question(visit) is not null, _ => false),
        new(Role.DivisionLead, Venue, VenueForm.Page, VenueForm.IsOpen, HasPlace),
        new(Role.DivisionLead, Forward, ForwardForm.Page, ForwardForm.IsOpen, HasForwarded),
        new(Role.DivisionStaff, Venue, VenueForm.Page, VenueForm.IsOpen, HasPlace),
        new(Role.DivisionStaff, Forward, ForwardForm.Page, ForwardForm.IsOpen, HasForwarded),
        new(Role.Facilitator, Vote, CaseStudySelectionForm.Page, While(StageIds.CaseStudySelection), HasVoted),
        new(Role.Facilitator, Lead, FacilitatorTrainingForm.Page, FacilitatorTrainingForm.IsOpen, HasAnsweredToLead),
        new(Role.Facilitator, Dates, SchedulingForm.Page, HasDates, HasMarked),
        new(Role.Facilitator, List, ListForm.Page, HasList, visit => visit.Cycle.List() is not null),
        new(Role.Participant, Reply, ReplyForm.Page, MayReply, HasReplied),
        new(Role.Participant, Coach, CoachRequestForm.Page, CoachRequestForm.IsOpen, _ => true),
        new(Role.Coach, Dates, SchedulingForm.Page, HasDates, HasMarked),
        new(Role.Coach, Tasks, CoachTasksForm.Page, HasTasks, visit => !visit.Cycle.CoachTasks().Any(task => task.IsOpen)),
    ];

    /// <summary>What the visit's person can tell now in a role, in the order of the stages.</summary>
    public static IEnumerable<AskedOf> Now(Visit visit, Role role) => visit.Cycle.Stopped() is not null ? [] : All.Where(asked => asked.Role == role && asked.MayTell(visit));

    private static Func<Visit, bool> While(StageId stage) =>
        visit => visit.Cycle.RoundOf(stage) is not null && visit.Cycle.OutcomeOf<Outcome>(stage) is null;

    private static bool HasPrepared(Visit visit) => PreparationPlan.Open(visit.Cycle).All(task => task.Person != visit.Person.Id);

    private static bool HasVoted(Visit visit) => visit.Cycle.All<Voted>().Any(vote => vote.Person == visit.Person.Id);

    private static bool HasAnsweredToLead(Visit visit)
    {
        var (cycle, person) = (visit.Cycle, visit.Person.Id);
        return cycle.NewestOf<LeadingAnswered>(person) is { } answer
            && (!answer.Leads || (cycle.HasDoneModule(person) && !cycle.OwesDisclosure(person)));
    }

    private static bool HasDates(Visit visit) => !visit.Cycle.OpenSlots().IsEmpty && visit.Cycle.Choosers().Contains(visit.Person.Id);

    private static bool HasMarked(Visit visit) => visit.Cycle.HasMarked(visit.Person.Id);

    /// <summary>Where the Division has staff, they are asked, and the lead can tell it too.</summary>
    private static bool HasPlace(Visit visit) => VenuePlan.IsTold(visit.Cycle, visit.Now) || !visit.Cycle.Division().Contains(visit.Person.Id);

    /// <summary>Here too.</summary>
    private static bool HasForwarded(Visit visit) => ForwardForm.IsForwarded(visit) || !visit.Cycle.Division().Contains(visit.Person.Id);

    private static bool HasList(Visit visit) =>
        visit.Cycle.Leading().Contains(visit.Person.Id) && (ListForm.IsOpen(visit) || ListForm.MayCorrect(visit));

    private static bool MayReply(Visit visit) =>
        ReplyForm.IsOpen(visit) || ReplyForm.IsLate(visit) || ReplyForm.MayCancel(visit) || ReplyForm.MayTake(visit);

    private static bool HasReplied(Visit visit) => Seating.Of(visit.Cycle, visit.Person.Id).Stands is not (Stands.Silent or Stands.Offered);

    private static bool HasTasks(Visit visit) => While(StageIds.CoachingFollowUp)(visit) && visit.Cycle.CoachTasks().Any();
}
