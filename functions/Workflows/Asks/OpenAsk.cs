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
using NodaTime;

namespace Cohesion.Workflows.Asks;

/// <summary>What somebody is asked to do.</summary>
/// <param name="Stage">By which stage.</param>
/// <param name="Kind">The kind of message that asks for it.</param>
public sealed record AskKind(StageId Stage, string Kind)
{
    /// <summary>All but those of the installation; every other kind of message tells something.</summary>
    public static ImmutableHashSet<AskKind> All { get; } =
    [
        new(StageIds.Preparation, PreparationPlan.Ask),
        new(StageIds.CaseStudySelection, CaseStudySelectionPlan.Ask),
        new(StageIds.CaseStudySelection, CaseStudySelectionPlan.Decide),
        new(StageIds.FacilitatorTraining, FacilitatorTrainingPlan.Ask),
        new(StageIds.FacilitatorTraining, FacilitatorTrainingPlan.Replace),
        new(StageIds.Scheduling, SchedulingPlan.Propose),
        new(StageIds.Scheduling, SchedulingPlan.Ask),
        new(StageIds.Scheduling, SchedulingPlan.Venue),
        new(StageIds.Scheduling, SchedulingPlan.VenueMissing),
        new(StageIds.Attendance, AttendancePlan.Ask),
        new(StageIds.Attendance, AttendancePlan.Register),
        new(StageIds.Attendance, AttendancePlan.Offer),
        new(StageIds.Attendance, AttendancePlan.GoOrNot),
        new(StageIds.Attendance, AttendancePlan.ConfirmList),
        new(StageIds.Attendance, AttendancePlan.AccreditationMissing),
        new(StageIds.SurveyCollection, SurveyCollectionPlan.Ask),
        new(StageIds.CoachingFollowUp, CoachingFollowUpPlan.Task),
        new(StageIds.CoachingFollowUp, CoachingFollowUpPlan.Overdue),
        new(StageIds.CoachingFollowUp, CoachingFollowUpPlan.Commitment),
    ];

    /// <summary>What a message asks for; null where it tells something.</summary>
    public static AskKind? Of(MessageKey key) =>
        All.TryGetValue(new AskKind(StageId.From(key.Stage), key.Kind), out var kind) ? kind : null;

    /// <summary>Until when a person is to do it; null where no day was told.</summary>
    public Instant? Deadline(Snapshot cycle, PersonId person, Instant now) => (Stage.Value, Kind) switch
    {
        ("preparation", _) when cycle.RoundOf(Stage) is { } round => PreparationPlan.Closes(cycle, round),
        ("facilitator-training", FacilitatorTrainingPlan.Ask) when cycle.ReadyBy(person) is { } day => new CommunityDays(cycle.KickOff.Zone).At(day, cycle.Policy.DeadlinesAt),
        ("scheduling", SchedulingPlan.Venue) => VenuePlan.Due(cycle, now)?.At,
        ("attendance", AttendancePlan.GoOrNot) => HeadcountPlan.Due(cycle)?.At,
        ("attendance", AttendancePlan.ConfirmList) when cycle.Session() is { } session => ListPlan.Escalates(cycle, session),
        ("attendance", AttendancePlan.Offer) => Seating.Of(cycle, person).Seat?.AnswerBy,
        ("attendance", AttendancePlan.Ask or AttendancePlan.Register) => cycle.Deadline(Stage),
        ("case-study-selection" or "scheduling" or "survey-collection", "ask") or (_, CoachingFollowUpPlan.Commitment) => cycle.Deadline(Stage),
        _ => null,
    };
}

/// <summary>What somebody is asked now and has not done: a message that asks for it is due, and still wanted.</summary>
/// <param name="Person">Who.</param>
/// <param name="For">For what.</param>
/// <param name="By">Until when, or null.</param>
public sealed record OpenAsk(PersonId Person, AskKind For, Instant? By)
{
    public static ImmutableList<OpenAsk> Of(TurnPlan plan, Instant now) =>
    [
        .. plan.Wanted
            .Where(message => message.Due <= now)
            .Select(message => (message.Key.Person, For: AskKind.Of(message.Key)))
            .Where(ask => ask.For is not null)
            .Distinct()
            .Select(ask => new OpenAsk(ask.Person, ask.For!, ask.For!.Deadline(plan.After, ask.Person, now))),
    ];
}
