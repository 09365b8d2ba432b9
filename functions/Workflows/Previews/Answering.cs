using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.Scheduling;
using NodaTime;

namespace Cohesion.Workflows.Previews;

/// <summary>What people of a preview tell, in the facts that the forms record; nothing where a form would be closed.</summary>
internal static class Answering
{
    private static readonly LocalTime Evening = new(18, 0);

    public static IEnumerable<Fact> Prepare(Snapshot cycle, PersonId person, Instant now) => cycle.Preparations()
        .Where(task => task.Asked.Person == person && task.State == PreparationState.Open)
        .Select(task => new PreparationTold(cycle.RoundOf(StageIds.Preparation)!.Round, person, task.Asked.Task.Id, PreparationState.Done, "", person, now));

    public static IEnumerable<Fact> Vote(Snapshot cycle, PersonId person, int choice, Instant now) =>
        Open(cycle, StageIds.CaseStudySelection) is { } round && CaseStudySelectionPlan.Voters(cycle).Contains(person)
            ? [new Voted(round, person, CaseStudy(cycle, choice), person, now)]
            : [];

    public static IEnumerable<Fact> DecideCaseStudy(Snapshot cycle, Instant now) => Open(cycle, StageIds.CaseStudySelection) is { } round
        ? [new CaseStudyDecided(round, cycle.Coordinator, CaseStudy(cycle, 0), cycle.Coordinator, now)]
        : [];

    public static IEnumerable<Fact> Lead(Snapshot cycle, PersonId person, Instant now) => OpenTraining(cycle, person, now) is { } round
        ? [new LeadingAnswered(round, person, Leads: true, person, now)]
        : [];

    public static IEnumerable<Fact> Train(Snapshot cycle, PersonId person, Instant now) =>
        OpenTraining(cycle, person, now) is { } round && cycle.Leading().Contains(person)
            ? [new ModuleDone(round, person, person, now), new Disclosed(round, person, "", person, now)]
            : [];

    /// <summary>Evenings of working days in the weeks from the day on that leaves people time enough.</summary>
    public static IEnumerable<Fact> ProposeSlots(Snapshot cycle, Instant now)
    {
        if (Open(cycle, StageIds.Scheduling) is not { } round || cycle.Proposed() is not null)
        {
            return [];
        }

        var first = SchedulingForm.BetterDay(cycle, now);
        var days = Enumerable.Range(0, 366).Select(day => first.PlusDays(day)).Where(date => Holidays.IsWorkingDay(date) && !cycle.KickOff.IsBlackedOut(date));
        var slots = days.Where(date => date.DayOfWeek is IsoDayOfWeek.Tuesday or IsoDayOfWeek.Thursday).Take(cycle.Policy.Scheduling.Slots).Select(date => date.At(Evening));
        return [new SlotsProposed(round, cycle.Coordinator, [.. slots], cycle.Coordinator, now)];
    }

    public static IEnumerable<Fact> MarkSlots(Snapshot cycle, PersonId person, Func<int, bool> can, Instant now) =>
        Open(cycle, StageIds.Scheduling) is { } round && cycle.Proposed() is { } proposed && cycle.Choosers().Contains(person)
            ? [new SlotsMarked(round, person, [.. proposed.Slots.Where((_, i) => round > 1 || can(i))], person, now, proposed.Number)]
            : [];

    public static IEnumerable<Fact> SayWhere(Snapshot cycle, PersonId person, Instant now) => now < cycle.Session()?.Ends && cycle.Place() is null
        ? [new VenueTold(cycle.RoundOf(StageIds.Scheduling)!.Round, person, "…", person, now, (cycle.Venue()?.Number ?? 0) + 1)]
        : [];

    public static IEnumerable<Fact> Forward(Snapshot cycle, PersonId person, Instant now) => Open(cycle, StageIds.Attendance) is { } round
        ? [new RegistrationForwarded(round, person, person, now)]
        : [];

    public static IEnumerable<Fact> Reply(Snapshot cycle, PersonId person, bool comes, Instant now) =>
        cycle.Session() is not null && now < cycle.Deadline(StageIds.Attendance) ? [Seating.Reply(cycle, person, comes, person, now)] : [];

    public static IEnumerable<Fact> TakeTheSeat(Snapshot cycle, PersonId person, Instant now) =>
        now < cycle.Session()?.Starts && Seating.Of(cycle, person) is { Stands: Stands.Offered, Seat: { } seat }
            ? [Seating.Reply(cycle, person, comes: true, person, now) with { Takes = seat.Number }]
            : [];

    public static IEnumerable<Fact> LetItGoAhead(Snapshot cycle, PersonId person, Instant now) =>
        now < cycle.Session()?.Starts && cycle.RoundOf(StageIds.Attendance) is { } round && HeadcountPlan.OpenQuestion(cycle, round) is { } asked
            ? [new GoDecided(round.Round, person, asked.Number, GoDecision.Go, person, now)]
            : [];

    /// <param name="cycle">The cycle.</param>
    /// <param name="person">Who confirms.</param>
    /// <param name="wasThere">Of a person and whether they have a seat.</param>
    /// <param name="now">When.</param>
    public static IEnumerable<Fact> ConfirmTheList(Snapshot cycle, PersonId person, Func<PersonId, bool, bool> wasThere, Instant now)
    {
        if (Open(cycle, StageIds.Attendance) is not { } round || !(cycle.Session()?.Ends <= now))
        {
            return [];
        }

        var accepted = Seating.Accepted(cycle, cycle.RoundOf(StageIds.Attendance)!).Select(reply => reply.Person).ToHashSet();
        var list = cycle.Members(Role.Participant).Select(one => new Attended(round, one, wasThere(one, accepted.Contains(one)), person, now));
        return [.. list, new AttendanceListed(round, person, person, now)];
    }

    public static IEnumerable<Fact> AnswerTheSurvey(Snapshot cycle, PersonId person, bool wantsACoach, bool commits, Instant now)
    {
        if (Open(cycle, StageIds.SurveyCollection) is { } survey)
        {
            yield return new SurveyAnswered(survey, person, person, now);
        }

        if (Open(cycle, StageIds.CoachingFollowUp) is { } coaching)
        {
            if (wantsACoach)
            {
                yield return new CoachRequested(coaching, person, person, now);
            }

            if (commits)
            {
                yield return new Committed(coaching, person, "…", person, now);
            }
        }
    }

    public static IEnumerable<Fact> FinishTasks(Snapshot cycle, Instant now) => Open(cycle, StageIds.CoachingFollowUp) is not { } round
        ? []
        : cycle.CoachTasks().Where(task => task.IsOpen).Select(task =>
            new CoachTaskTold(round, cycle.Members(Role.Coach)[0], task.Id, (task.Told?.Number ?? 0) + 1, CoachTaskState.Done, cycle.Members(Role.Coach)[0], now));

    public static IEnumerable<Fact> KeepTheCommitment(Snapshot cycle, PersonId person, Instant now) => Open(cycle, StageIds.CoachingFollowUp) is { } round
        ? [new CommitmentAnswered(round, person, Kept.Yes, person, now)]
        : [];

    private static int? OpenTraining(Snapshot cycle, PersonId person, Instant now) =>
        cycle.IsTrainingOver(person, now) ? null : cycle.RoundOf(StageIds.FacilitatorTraining)?.Round;

    /// <summary>The round of a stage that has opened and come to nothing yet.</summary>
    private static int? Open(Snapshot cycle, StageId stage) =>
        cycle.OutcomeOf<Outcome>(stage) is null ? cycle.RoundOf(stage)?.Round : null;

    private static string CaseStudy(Snapshot cycle, int choice) => cycle.KickOff.CaseStudies[choice % cycle.KickOff.CaseStudies.Count].Id;
}
