using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Stages.Attendance;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Testing;

/// <summary>What the pages record, in the words of a test. Each is told at the driver's now, to the stage's newest round.</summary>
public static class WhatPeopleTell
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>The coordinator's form says who prepares a task.</summary>
    public static PlanDriver AsksForPreparation(this PlanDriver cycle, string task, PersonId person) =>
        cycle.Tells(new Member(Role.Partner, person, cycle.Now), new PreparationAsked(new PartnerTask(task, "A partner", task), person, cycle.Now));

    public static PlanDriver Prepares(this PlanDriver cycle, string task, PersonId person, PreparationState state = PreparationState.Done) =>
        cycle.Tells(new PreparationTold(1, person, task, state, "", person, cycle.Now).After(cycle.Cycle.ToldOf(task)));

    /// <summary>A voter's first choice, and the next ones, by their numbers on the list.</summary>
    public static PlanDriver Votes(this PlanDriver cycle, PersonId person, int first, params IEnumerable<int> others) => cycle.Tells(new Voted(
        cycle.RoundOf(StageIds.CaseStudySelection), person, cycle.CaseStudy(first), person, cycle.Now, [.. others.Select(cycle.CaseStudy)]));

    /// <summary>The coordinator decides.</summary>
    public static PlanDriver Decides(this PlanDriver cycle, int caseStudy) => cycle.Tells(new CaseStudyDecided(
        cycle.RoundOf(StageIds.CaseStudySelection), Cast.Coordinator, cycle.CaseStudy(caseStudy), Cast.Coordinator, cycle.Now));

    /// <summary>The coordinator changes the cycle, or cannot.</summary>
    public static PlanDriver Adapts(this PlanDriver cycle, Adaptation what, bool isPossible = true)
    {
        var follows = Adapting.Follows(cycle.Cycle, what, Cast.Coordinator, cycle.Now);
        (follows is not null).ShouldBe(isPossible);
        return follows is null ? cycle : cycle.Tells([new Adapted(cycle.Cycle.Adaptations().Count + 1, what, "Why not", Cast.Coordinator, cycle.Now), .. follows]);
    }

    public static PlanDriver Leads(this PlanDriver cycle, params IEnumerable<PersonId> people) =>
        cycle.Tells([.. people.Select(one => new LeadingAnswered(cycle.RoundOf(StageIds.FacilitatorTraining), one, Leads: true, one, cycle.Now))]);

    public static PlanDriver Declines(this PlanDriver cycle, params IEnumerable<PersonId> people) =>
        cycle.Tells([.. people.Select(one => new LeadingAnswered(cycle.RoundOf(StageIds.FacilitatorTraining), one, Leads: false, one, cycle.Now))]);

    /// <summary>Does the module and has nothing to disclose.</summary>
    public static PlanDriver Trains(this PlanDriver cycle, params IEnumerable<PersonId> people) =>
        cycle.DoesTheModule(people).Discloses(people);

    public static PlanDriver Discloses(this PlanDriver cycle, params IEnumerable<PersonId> people) =>
        cycle.Tells([.. people.Select(one => new Disclosed(cycle.RoundOf(StageIds.FacilitatorTraining), one, "", one, cycle.Now))]);

    public static PlanDriver DoesTheModule(this PlanDriver cycle, params IEnumerable<PersonId> people) =>
        cycle.Tells([.. people.Select(one => new ModuleDone(cycle.RoundOf(StageIds.FacilitatorTraining), one, one, cycle.Now))]);

    /// <summary>A facilitator says in which month they trained before; null takes it back.</summary>
    public static PlanDriver SaysTrained(this PlanDriver cycle, PersonId facilitator, string? month) => cycle.Tells(new TrainedBefore(
        cycle.RoundOf(StageIds.FacilitatorTraining), facilitator, month is null ? null : LocalDatePattern.Iso.Parse(month + "-01").Value, facilitator, cycle.Now));

    /// <summary>The coordinator names another facilitator.</summary>
    public static PlanDriver Names(this PlanDriver cycle, PersonId facilitator) =>
        cycle.Tells(new Member(Role.Facilitator, facilitator, cycle.Now));

    /// <summary>The coordinator proposes slots; while people choose, others in their place.</summary>
    public static PlanDriver Proposes(this PlanDriver cycle, params IEnumerable<string> slots) => cycle.Tells(new SlotsProposed(
        cycle.RoundOf(StageIds.Scheduling), Cast.Coordinator, Slots(slots), Cast.Coordinator, cycle.Now, (cycle.Cycle.Proposed()?.Number ?? 0) + 1));

    /// <summary>On a page that shows the slots on offer.</summary>
    public static PlanDriver Marks(this PlanDriver cycle, PersonId person, params IEnumerable<string> slots) => cycle.Tells(new SlotsMarked(
        cycle.RoundOf(StageIds.Scheduling), person, Slots(slots), person, cycle.Now, cycle.Cycle.Proposed()?.Number ?? 1));

    /// <summary>The Division says where the session is; "" where it does not know yet.</summary>
    public static PlanDriver SaysWhere(this PlanDriver cycle, string place) =>
        cycle.Tells(new VenueTold(cycle.RoundOf(StageIds.Scheduling), Cast.Lead, place, Cast.Lead, cycle.Now, (cycle.Cycle.Venue()?.Number ?? 0) + 1));

    public static PlanDriver Replies(this PlanDriver cycle, PersonId person, bool comes) =>
        cycle.Tells(Seating.Reply(cycle.Cycle, person, comes, person, cycle.Now));

    /// <summary>The Division lead decides whether the session goes ahead.</summary>
    public static PlanDriver DecidesToGo(this PlanDriver cycle, GoDecision decision)
    {
        var round = cycle.Cycle.RoundOf(StageIds.Attendance)!;
        return cycle.Tells(new GoDecided(round.Round, Cast.Lead, HeadcountPlan.OpenQuestion(cycle.Cycle, round)!.Number, decision, Cast.Lead, cycle.Now));
    }

    /// <summary>A participant takes the seat that is offered.</summary>
    public static PlanDriver TakesTheSeat(this PlanDriver cycle, PersonId person) => cycle.Tells(
        Seating.Reply(cycle.Cycle, person, comes: true, person, cycle.Now) with { Takes = Seating.Of(cycle.Cycle, person).Seat!.Number });

    /// <summary>A facilitator confirms who was there.</summary>
    public static PlanDriver ConfirmsTheList(this PlanDriver cycle, params IEnumerable<PersonId> attended)
    {
        var round = cycle.RoundOf(StageIds.Attendance);
        var list = cycle.Cycle.Members(Role.Participant).Select(one => new Attended(round, one, attended.Contains(one), Cast.F1, cycle.Now));
        return cycle.Tells([.. list, new AttendanceListed(round, Cast.F1, Cast.F1, cycle.Now)]);
    }

    /// <summary>A facilitator corrects the list.</summary>
    public static PlanDriver CorrectsTheList(this PlanDriver cycle, params IEnumerable<PersonId> attended)
    {
        var number = cycle.Cycle.List()!.Number + 1;
        var (round, name) = (cycle.RoundOf(StageIds.Attendance), $"list-{number}");
        var list = cycle.Cycle.Members(Role.Participant).Select(one => new Attended(round, one, attended.Contains(one), Cast.F1, cycle.Now, name));
        return cycle.Tells([.. list, new AttendanceListed(round, Cast.F1, Cast.F1, cycle.Now, name, number)]);
    }

    /// <summary>The programme gives certificates.</summary>
    public static PlanDriver IsAccredited(this PlanDriver cycle) =>
        cycle.Tells(cycle.Cycle.KickOff with { Accreditation = new Accreditation("Certified.", "2 credits") });

    /// <summary>The coordinator gives the session's id; "" takes it back.</summary>
    public static PlanDriver GivesTheSessionId(this PlanDriver cycle, string id) => cycle.Tells(
        new SessionIdTold(1, Cast.Coordinator, id, 1 + (cycle.Cycle.All<SessionIdTold>().SingleOrDefault()?.Number ?? 0), Cast.Coordinator, cycle.Now));

    /// <summary>The Division says that the registration text is forwarded, or takes that back.</summary>
    public static PlanDriver Forwards(this PlanDriver cycle, PersonId person, bool done = true) =>
        cycle.Tells(new RegistrationForwarded(cycle.RoundOf(StageIds.Attendance), person, person, cycle.Now, done));

    /// <summary>The coordinator corrects the spelling of somebody's name.</summary>
    public static PlanDriver CorrectsTheName(this PlanDriver cycle, PersonId person)
    {
        var number = 1 + (cycle.Cycle.Find<NameCorrected>(NameCorrected.RowOf(person))?.Number ?? 0);
        return cycle.Tells(new NameCorrected(1, person, number, Cast.Coordinator, cycle.Now));
    }

    /// <summary>The coordinator adds somebody: as one who came, once the session has begun.</summary>
    public static PlanDriver Adds(this PlanDriver cycle, PersonId person) => cycle.Cycle.Session()?.Starts <= cycle.Now
        ? cycle.WalksIn(person)
        : cycle.Tells(new Member(Role.Participant, person, cycle.Now, Cast.Coordinator));

    /// <summary>Somebody comes without an invitation.</summary>
    public static PlanDriver WalksIn(this PlanDriver cycle, PersonId person) => cycle.Tells(
        new CheckedIn(cycle.RoundOf(StageIds.Attendance), person, Cast.F1, cycle.Now),
        new Member(Role.Participant, person, cycle.Now));

    /// <summary>A participant says that they are there, or takes that back.</summary>
    public static PlanDriver ChecksIn(this PlanDriver cycle, PersonId person, bool isThere = true) =>
        cycle.Tells(new CheckedIn(cycle.RoundOf(StageIds.Attendance), person, person, cycle.Now, isThere));

    public static PlanDriver AnswersTheSurvey(this PlanDriver cycle, params IEnumerable<PersonId> people) =>
        cycle.Tells([.. people.Select(one => new SurveyAnswered(cycle.RoundOf(StageIds.SurveyCollection), one, one, cycle.Now))]);

    public static PlanDriver DeclinesTheSurvey(this PlanDriver cycle, PersonId person) =>
        cycle.Tells(new SurveyDeclined(cycle.RoundOf(StageIds.SurveyCollection), person, person, cycle.Now));

    public static PlanDriver AsksForACoach(this PlanDriver cycle, PersonId person) =>
        cycle.Tells(new CoachRequested(cycle.RoundOf(StageIds.CoachingFollowUp), person, person, cycle.Now));

    /// <summary>The coach is done with a task: "community", or a person's.</summary>
    public static PlanDriver FinishesTheTask(this PlanDriver cycle, string task = CoachTask.Community) => cycle.TellsOfTheTask(CoachTaskState.Done, task);

    /// <summary>The coach says how far a task is.</summary>
    public static PlanDriver TellsOfTheTask(this PlanDriver cycle, CoachTaskState state, string task = CoachTask.Community) =>
        cycle.Tells(cycle.NextOf(task) with { State = state });

    /// <summary>The coach tried, and got no answer.</summary>
    public static PlanDriver TriesToReach(this PlanDriver cycle, string task)
    {
        var next = cycle.NextOf(task);
        return cycle.Tells(next with { Tries = [.. next.Tries ?? [], cycle.Now] });
    }

    public static PlanDriver Snoozes(this PlanDriver cycle, string date, string task = CoachTask.Community) =>
        cycle.Tells(cycle.NextOf(task) with { Snoozed = LocalDatePattern.Iso.Parse(date).Value });

    /// <summary>Somebody wants to be reminded of what they will change.</summary>
    public static PlanDriver Commits(this PlanDriver cycle, PersonId person, bool wanted = true) =>
        cycle.Tells(new Committed(cycle.RoundOf(StageIds.CoachingFollowUp), person, wanted ? "Ask about sleep." : "", person, cycle.Now, wanted));

    public static PlanDriver AnswersForTheCommitment(this PlanDriver cycle, PersonId person, Kept kept = Kept.Yes) =>
        cycle.Tells(new CommitmentAnswered(cycle.RoundOf(StageIds.CoachingFollowUp), person, kept, person, cycle.Now));

    /// <summary>What is told next of a task: the same as before, but for the snooze.</summary>
    private static CoachTaskTold NextOf(this PlanDriver cycle, string id)
    {
        var told = cycle.Cycle.CoachTasks().Single(task => task.Id == id).Told;
        return new CoachTaskTold(
            cycle.RoundOf(StageIds.CoachingFollowUp), Cast.Coach, id, (told?.Number ?? 0) + 1, told?.State ?? CoachTaskState.ToDo, Cast.Coach, cycle.Now, told?.Tries);
    }

    /// <summary>All vote, and the case study is chosen.</summary>
    public static PlanDriver ChoosesTheCaseStudy(this PlanDriver cycle)
    {
        foreach (var voter in cycle.TakesATurn().Cycle.Members(Role.Facilitator).Append(Cast.Lead))
        {
            cycle.Votes(voter, 1);
        }

        return cycle.TakesATurn().MailsGoOut();
    }

    /// <summary>The case study is chosen; f1 and f2 say that they lead, which opens scheduling.</summary>
    public static PlanDriver OpensScheduling(this PlanDriver cycle) =>
        cycle.ChoosesTheCaseStudy().Leads(Cast.F1, Cast.F2).TakesATurn().MailsGoOut();

    /// <summary>The date is fixed: all mark the one slot that is proposed.</summary>
    public static PlanDriver FixesTheDate(this PlanDriver cycle, string slot)
    {
        cycle.Proposes(slot).TakesATurn();
        foreach (var chooser in cycle.Cycle.Choosers())
        {
            cycle.Marks(chooser, slot);
        }

        return cycle.TakesATurn().MailsGoOut();
    }

    /// <summary>The date is fixed and f1 and f2 have trained, which opens attendance.</summary>
    public static PlanDriver OpensAttendance(this PlanDriver cycle, string slot) =>
        cycle.OpensScheduling().FixesTheDate(slot).Trains(Cast.F1, Cast.F2).TakesATurn().MailsGoOut();

    /// <summary>The session has been held and its list is confirmed, which opens the survey and coaching.</summary>
    public static PlanDriver HoldsTheSession(this PlanDriver cycle, string slot, string confirmed, params IEnumerable<PersonId> attended) =>
        cycle.OpensAttendance(slot).RunsUntil(confirmed).ConfirmsTheList(attended).TakesATurn().MailsGoOut();

    private static int RoundOf(this PlanDriver cycle, StageId stage) =>
        cycle.Cycle.RoundOf(stage)?.Round ?? throw new InvalidOperationException($"{stage} has not opened.");

    private static string CaseStudy(this PlanDriver cycle, int number) => cycle.Cycle.KickOff.CaseStudies[number - 1].Id;

    private static ImmutableList<LocalDateTime> Slots(IEnumerable<string> slots) => [.. slots.Select(slot => Minute.Parse(slot).GetValueOrThrow())];
}
