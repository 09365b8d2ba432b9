using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Testing;

/// <summary>Somebody at a form.</summary>
/// <param name="Product">The process that serves it.</param>
/// <param name="Cycle">The cycle as the form reads it.</param>
/// <param name="Person">Who.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Habits">What people are like.</param>
public sealed record AtForm(Incarnation Product, Snapshot Cycle, PersonId Person, string Name, Habits Habits)
{
    public Instant Now => Product.Get<Intake>().Now;

    /// <summary>Where the community has stopped, pages take nothing but a corrected name or address.</summary>
    public async Task Record(params IReadOnlyList<Fact> facts)
    {
        if (Cycle.Stopped() is null || facts[0] is NameCorrected or AddressCorrected)
        {
            await Product.Get<Intake>().Record(Cycle.Cycle, facts);
        }
    }
}

/// <summary>What people do at the forms. As these do, each looks first whether it is open, and records what they record.</summary>
public static class Deeds
{
    public static async Task Vote(AtForm at, int choice)
    {
        if (at.Cycle.OutcomeOf<Outcome>(StageIds.CaseStudySelection) is null && CaseStudySelectionPlan.Voters(at.Cycle).Contains(at.Person))
        {
            await at.Record(new Voted(RoundOf(at, StageIds.CaseStudySelection), at.Person, CaseStudy(at, choice), at.Person, at.Now));
        }
    }

    public static async Task DecideCaseStudy(AtForm at, int choice)
    {
        if (at.Cycle.OutcomeOf<Outcome>(StageIds.CaseStudySelection) is null)
        {
            var round = RoundOf(at, StageIds.CaseStudySelection);
            await at.Record(new CaseStudyDecided(round, at.Person, CaseStudy(at, choice), at.Person, at.Now));
        }
    }

    public static async Task SayWhetherToLead(AtForm at, bool leads)
    {
        if (MayTrain(at))
        {
            await at.Record(new LeadingAnswered(RoundOf(at, StageIds.FacilitatorTraining), at.Person, leads, at.Person, at.Now));
        }
    }

    public static async Task DoTheModule(AtForm at)
    {
        if (MayTrain(at) && at.Cycle.Leading().Contains(at.Person))
        {
            var round = RoundOf(at, StageIds.FacilitatorTraining);
            await at.Record(new ModuleDone(round, at.Person, at.Person, at.Now), new Disclosed(round, at.Person, "", at.Person, at.Now));
        }
    }

    private static bool MayTrain(AtForm at) => at.Cycle.HasRole(Role.Facilitator, at.Person) && !at.Cycle.IsTrainingOver(at.Person, at.Now);

    public static async Task NameAnother(AtForm at, string name)
    {
        if (at.Cycle.OutcomeOf<Outcome>(StageIds.FacilitatorTraining) is not null)
        {
            return;
        }

        var person = await at.Product.Get<People>().FindOrAdd(name, Townsfolk.AddressOf(name), at.Cycle.KickOff.Zone);
        if (!at.Cycle.Members(Role.Facilitator).Contains(person))
        {
            await at.Record(new Member(Role.Facilitator, person, at.Now));
        }
    }

    public static async Task ProposeSlots(AtForm at)
    {
        var round = at.Cycle.RoundOf(StageIds.Scheduling)!;
        if (at.Cycle.OutcomeOf<Outcome>(StageIds.Scheduling) is null && !at.Cycle.Answers<SlotsProposed>(round).Any())
        {
            var occasion = $"slots of round {round.Round}";
            var policy = at.Cycle.Policy.Scheduling;
            var first = new CommunityDays(at.Cycle.KickOff.Zone).DateOf(at.Now)
                .PlusDays(policy.DaysAhead + policy.ClosesDay + at.Habits.Pick(5, at.Name, occasion + " from"));
            var howMany = 1 + at.Habits.Pick(policy.Slots, at.Name, occasion);
            var slots = Enumerable.Range(0, howMany).Select(n => first.PlusDays(3 * n).At(new LocalTime(18, 0)));
            await at.Record(new SlotsProposed(round.Round, at.Person, [.. slots], at.Person, at.Now));
        }
    }

    /// <summary>Where nobody could come the first time, everybody can the next.</summary>
    public static async Task MarkSlots(AtForm at, string occasion)
    {
        var round = at.Cycle.RoundOf(StageIds.Scheduling)!;
        if (at.Cycle.OutcomeOf<Outcome>(StageIds.Scheduling) is null
            && at.Cycle.Proposed() is { } proposed
            && at.Cycle.Choosers().Contains(at.Person))
        {
            ImmutableList<LocalDateTime> slots =
                [.. proposed.Slots.Where((_, n) => round.Round > 1 || at.Habits.Does(0.4, at.Name, $"{occasion} slot {n}"))];
            await at.Record(new SlotsMarked(round.Round, at.Person, slots, at.Person, at.Now));
        }
    }

    public static async Task SayWhere(AtForm at)
    {
        if (at.Now < at.Cycle.Session()?.Ends && at.Cycle.Place() is null)
        {
            await at.Record(new VenueTold(RoundOf(at, StageIds.Scheduling), at.Person, "Bowen Island Hall", at.Person, at.Now, (at.Cycle.Venue()?.Number ?? 0) + 1));
        }
    }

    public static async Task Reply(AtForm at, bool comes)
    {
        var round = at.Cycle.RoundOf(StageIds.Attendance)!;
        var told = at.Cycle.Find<DeadlineSet>(new DeadlineSet(StageIds.Attendance, round.Round, at.Now, 0).Row());
        if (at.Cycle.Session() is not null && at.Now < told?.At + Duration.FromMinutes(at.Cycle.Policy.GraceMinutes))
        {
            await at.Record(Seating.Reply(at.Cycle, at.Person, comes, at.Person, at.Now));
        }
    }

    public static async Task DecideWhetherItGoesAhead(AtForm at, int choice)
    {
        var round = at.Cycle.RoundOf(StageIds.Attendance)!;
        if (at.Now < at.Cycle.Session()?.Starts && HeadcountPlan.OpenQuestion(at.Cycle, round) is { } asked)
        {
            var decision = (GoDecision)(asked.Number == 1 ? choice : choice % 2);
            decision = round.Round > 2 ? GoDecision.Go : decision;
            await at.Record(new GoDecided(round.Round, at.Person, asked.Number, decision, at.Person, at.Now));
        }
    }

    public static async Task Cancel(AtForm at)
    {
        if (at.Now < at.Cycle.Session()?.Starts && Seating.Of(at.Cycle, at.Person).Wishes)
        {
            await at.Record(Seating.Reply(at.Cycle, at.Person, comes: false, at.Person, at.Now));
        }
    }

    public static async Task TakeTheSeat(AtForm at)
    {
        if (at.Now < at.Cycle.Session()?.Starts && Seating.Of(at.Cycle, at.Person) is { Stands: Stands.Offered, Seat: { } seat })
        {
            await at.Record(Seating.Reply(at.Cycle, at.Person, comes: true, at.Person, at.Now) with { Takes = seat.Number });
        }
    }

    public static async Task ConfirmTheList(AtForm at)
    {
        if (at.Cycle.OutcomeOf<Outcome>(StageIds.Attendance) is null && at.Cycle.Session()!.Ends <= at.Now)
        {
            var round = RoundOf(at, StageIds.Attendance);
            var said = at.Cycle.Answers<Replied>(at.Cycle.RoundOf(StageIds.Attendance)!).ToDictionary(reply => reply.Person, reply => reply.Comes);
            var facts = new List<Fact>();
            foreach (var person in await People(at, Role.Participant))
            {
                var was = at.Habits.Does(said.GetValueOrDefault(person.Id) ? 0.85 : 0.15, person.Name, "attends");
                facts.Add(new Attended(round, person.Id, was, at.Person, at.Now));
            }

            await at.Record([.. facts, new AttendanceListed(round, at.Person, at.Person, at.Now)]);
        }
    }

    public static async Task AnswerTheSurvey(AtForm at)
    {
        if (at.Cycle.All<SurveyAnswered>().Any(answer => answer.Person == at.Person))
        {
            return;
        }

        var answer = new SurveyAnswer(
            at.Habits.Does(0.9, at.Name, "valued"),
            at.Habits.Does(0.7, at.Name, "more"),
            at.Habits.Does(0.9, at.Name, "objectives"),
            at.Habits.Does(0.95, at.Name, "free"),
            at.Habits.Does(0.6, at.Name, "topic") ? $"A topic of {at.Name}" : null);
        var submission = await at.Product.Get<SurveyAnswers>().Submit(
            at.Cycle.Cycle, RoundOf(at, StageIds.SurveyCollection), at.Person, answer, at.Now);
        if (submission != Submission.Closed)
        {
            await at.Product.Get<Intake>().Ring(at.Cycle.Cycle);
        }
    }

    public static async Task AskForACoach(AtForm at)
    {
        if (at.Cycle.OutcomeOf<Outcome>(StageIds.CoachingFollowUp) is null
            && at.Cycle.All<CoachRequested>().All(request => request.Person != at.Person))
        {
            await at.Record(new CoachRequested(RoundOf(at, StageIds.CoachingFollowUp), at.Person, at.Person, at.Now));
        }
    }

    /// <summary>The coach says how far a task is.</summary>
    public static async Task TellOfTask(AtForm at, string id, CoachTaskState state)
    {
        if (at.Cycle.OutcomeOf<Outcome>(StageIds.CoachingFollowUp) is null && at.Cycle.CoachTasks().SingleOrDefault(one => one.Id == id) is { IsOpen: true } task)
        {
            var coach = at.Cycle.Members(Role.Coach)[0];
            var number = (task.Told?.Number ?? 0) + 1;
            await at.Record(new CoachTaskTold(RoundOf(at, StageIds.CoachingFollowUp), coach, id, number, state, at.Person, at.Now, task.Tries, Plan: task.Plan));
        }
    }

    public static async Task Commit(AtForm at, bool wanted)
    {
        if (at.Cycle.OutcomeOf<Outcome>(StageIds.CoachingFollowUp) is null)
        {
            await at.Record(new Committed(RoundOf(at, StageIds.CoachingFollowUp), at.Person, wanted ? "Ask about sleep." : "", at.Person, at.Now, wanted));
        }
    }

    public static async Task AnswerForTheCommitment(AtForm at)
    {
        if (at.Cycle.OutcomeOf<Outcome>(StageIds.CoachingFollowUp) is null)
        {
            var kept = (Kept)at.Habits.Pick(3, at.Name, "kept");
            await at.Record(new CommitmentAnswered(RoundOf(at, StageIds.CoachingFollowUp), at.Person, kept, at.Person, at.Now));
        }
    }

    public static async Task CorrectTheAddress(AtForm at, PersonId person)
    {
        var known = await at.Product.Get<People>().Get(person);
        var address = "new-" + Townsfolk.AddressOf(known.Name);
        if (await at.Product.Get<Refusals>().Mend(known, address, at.Now))
        {
            await at.Record(new AddressCorrected(1, person, known.Generation + 1, at.Person, at.Now));
        }
    }

    /// <summary>The partner says that the accreditation is done, or the coordinator that it is not needed.</summary>
    public static async Task Accredit(AtForm at, PreparationState state)
    {
        if (at.Cycle.OpenAccreditation() is { } asked)
        {
            await at.Record(new PreparationTold(RoundOf(at, StageIds.Preparation), asked.Person, asked.Task.Id, state, "", at.Person, at.Now));
        }
    }

    /// <summary>The coordinator adds somebody who was forgotten or calls, and where it is too late to invite them records that they come.</summary>
    public static async Task AddSomebody(AtForm at, string name)
    {
        var coordinator = await at.Product.Get<People>().Get(at.Cycle.Coordinator);
        var visit = new Visit(coordinator, at.Cycle, "", at.Now, Recorder: coordinator);
        if (!NewParticipant.MayAdd(visit))
        {
            return;
        }

        var person = await at.Product.Get<People>().FindOrAdd(name, Townsfolk.AddressOf(name), at.Cycle.KickOff.Zone);
        await at.Record(NewParticipant.Facts(visit, person, hasCome: at.Cycle.Session()?.Starts <= at.Now));
        if (ReplyForm.IsLate(visit))
        {
            await at.Record(Seating.Reply(at.Cycle, person, comes: true, at.Cycle.Coordinator, at.Now));
        }
    }

    /// <summary>The coordinator corrects the spelling of a caller's name.</summary>
    public static async Task CorrectTheName(AtForm at)
    {
        var people = at.Product.Get<People>();
        var caller = await people.Get(at.Person);
        var name = Townsfolk.Corrected(caller.Name);
        if (name == caller.Name || await people.Rename(caller, name))
        {
            var spelling = caller.Spelling + (name == caller.Name ? 0 : 1);
            await at.Record(new NameCorrected(1, at.Person, spelling, at.Cycle.Coordinator, at.Now));
        }
    }

    public static Task TryAgain(AtForm at) => at.Product.Get<Turn>().TryAgain(at.Cycle.Cycle);

    private static async Task<List<Person>> People(AtForm at, Role role)
    {
        var people = new List<Person>();
        foreach (var member in at.Cycle.Members(role))
        {
            people.Add(await at.Product.Get<People>().Get(member));
        }

        return people;
    }

    private static int RoundOf(AtForm at, StageId stage) => at.Cycle.RoundOf(stage)!.Round;

    private static string CaseStudy(AtForm at, int choice) => at.Cycle.KickOff.CaseStudies[choice % at.Cycle.KickOff.CaseStudies.Count].Id;
}
