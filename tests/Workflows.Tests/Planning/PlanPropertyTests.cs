using System.Globalization;
using System.Runtime.CompilerServices;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using NodaTime;

namespace Cohesion.Workflows.Tests.Planning;

/// <summary>What holds in every cycle, whoever acts when, whatever becomes of the mail, and however late turns come.</summary>
public sealed class PlanPropertyTests
{
    // Walks go by whole seconds, so this never reaches another day or wake.
    private static readonly Duration AMoment = Duration.FromMilliseconds(1);

    [Fact]
    public void Nobody_gets_two_messages_of_one_key() => OfEveryTurn(turned =>
    {
        turned.Issued.Select(issued => issued.Key).ShouldBeUnique();
        turned.Issued.Select(issued => turned.Before.IssuedOf(issued.Key)).ShouldAllBe(before => before == null || before.Withdrawn != null);
    });

    [Fact]
    public void Who_has_answered_an_ask_is_not_asked_again() => OfEveryTurn(turned =>
        turned.Issued.Where(issued => Answered.By(turned.Before, issued.Key)).ShouldBeEmpty());

    [Fact]
    public void The_next_wake_is_always_later_than_now() => OfEveryTurn(turned =>
        turned.Plan.NextWake.ShouldBeGreaterThan(turned.Now));

    [Fact]
    public void A_turn_sends_one_rung_of_a_ladder_at_the_most() => OfEveryTurn(turned =>
        turned.Issued.Select(issued => (issued.Key.Stage, issued.Key.Kind, issued.Key.Person, LadderOf(turned, issued.Key))).ShouldBeUnique());

    [Fact]
    public void What_a_turn_sends_is_wanted_after_it() => OfEveryTurn(turned =>
        turned.Issued.Select(issued => issued.Key).ShouldBeSubsetOf(Planner.WantedNow(turned.Plan.After, turned.Now)));

    [Fact]
    public void Every_message_is_of_a_kind_that_its_stage_names() => OfEveryTurn(turned =>
        turned.Issued.Select(issued => (issued.Key.Stage, issued.Key.Kind)).Except(Kinds).ShouldBeEmpty());

    [Fact]
    public void A_turn_taken_again_changes_nothing() => OfEveryTurn(turned =>
        Planner.Plan(turned.Plan.After, turned.Now).Changes.ShouldBeEmpty());

    [Fact]
    public void A_turn_that_stopped_anywhere_is_finished_by_the_next() => OfEveryTurn(turned =>
    {
        var (again, whole) = (turned.Now + AMoment, FactsOf(turned.Plan.After));
        for (var recorded = 0; recorded < turned.Plan.Changes.Count; recorded++)
        {
            var left = turned.Before.With(turned.Plan.Changes.Take(recorded));
            FactsOf(Planner.Plan(left, again).After).SequenceEqual(whole).ShouldBeTrue($"after {recorded} changes");
        }
    });

    [Fact]
    public void A_plan_depends_on_the_recorded_facts_and_the_instant_alone() => OfEveryTurn(turned =>
    {
        var reread = turned.Before.Facts.Select(fact => Json.Read<Fact>(Json.Write(fact))).Reverse();
        var again = Planner.Plan(new Snapshot(turned.Before.Cycle, reread, turned.Before.Elsewhere), turned.Now);
        again.Changes.Select(Json.Write).ShouldBe(turned.Plan.Changes.Select(Json.Write));
        (again.NextWake, again.Unseal).ShouldBe((turned.Plan.NextWake, turned.Plan.Unseal));
        again.WaitingFor.ShouldBe(turned.Plan.WaitingFor);
    });

    [Fact]
    public void A_cycle_that_nobody_moves_any_more_comes_to_an_end_or_the_coordinator_was_asked() => OfEveryWalk(walk =>
    {
        var cycle = walk.Cycle.RunsUntil(walk.Cycle.Now + Duration.FromDays(300));
        cycle.Turn.WaitingFor.IsEmpty.ShouldBe(cycle.HasEnded || cycle.Cycle.Pause() is not null, "the coordinator paused it");
        foreach (var stage in Planner.OpenStages(cycle.Cycle).Where(stage => cycle.Cycle.Pause() is null).Where(stage => cycle.Cycle.List() is not null || !FollowsTheList(stage)))
        {
            var round = $"r{cycle.Cycle.RoundOf(stage)!.Round}";
            cycle.Cycle.IssuedTo(stage, Cast.Coordinator)
                .ShouldContain(issued => issued.Key.Occasion.StartsWith(round, StringComparison.Ordinal), $"{stage}");
        }
    });

    [Fact]
    public void No_certificate_goes_out_before_the_accreditation_is_done_or_not_needed() => OfEveryTurn(turned =>
        turned.Issued.Where(issued => IsCertificate(issued) && turned.Before.OpenAccreditation() is not null).ShouldBeEmpty());

    [Fact]
    public void Nobody_is_invited_before_the_case_is_chosen_and_enough_have_trained() => OfEveryTurn(turned =>
    {
        if (turned.Plan.Changes.OfType<StageOpened>().Any(opened => opened.Stage == StageIds.Attendance))
        {
            turned.Plan.After.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)!.Facilitators.Count.ShouldBeGreaterThanOrEqualTo(1);
            turned.Plan.After.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection).ShouldNotBeNull();
        }
    });

    [Fact]
    public void Who_has_no_place_any_more_is_only_told_so() => OfEveryTurn(turned =>
        turned.Issued.Where(issued => HasLeft(turned.Before, issued.Key.Person)).Select(issued => issued.Key.Kind).ShouldBeSubsetOf(["replaced", "cancelled", "stopped"]));

    [Fact]
    public void What_a_calendar_is_told_has_a_higher_sequence_each_time() => OfEveryTurn(turned =>
        turned.Issued.Where(issued => issued.Calendar is not null).ShouldAllBe(issued =>
            turned.Before.IssuedTo(issued.Key.Person).All(before => before.Calendar == null || before.Calendar.Sequence < issued.Calendar!.Sequence)));

    [Fact]
    public void Nobody_holds_a_session_to_come_at_which_they_are_not_expected() => OfEveryTurn(turned =>
        Held(turned.Plan.After)
            .Where(held => turned.Plan.After.Session() is not { } session || (turned.Now < session.Starts && !IsExpected(turned.Plan.After, session, held)))
            .ShouldBeEmpty());

    /// <summary>Where the coordinator lowers their number, nobody loses one.</summary>
    [Fact]
    public void No_more_seats_are_given_than_there_are() => OfEveryTurn(turned =>
    {
        var seats = turned.Before.Policy.Attendance.Capacity ?? int.MaxValue;
        foreach (var round in turned.Plan.After.All<Seat>().Select(seat => seat.Round).Distinct())
        {
            Taken(turned.Plan.After, round).ShouldBeLessThanOrEqualTo(Math.Max(seats, Taken(turned.Before, round)));
        }
    });

    [Fact]
    public void Nobody_loses_a_seat_but_by_taking_back_their_wish() => OfEveryTurn(turned =>
        turned.Plan.Changes.OfType<Seat>()
            .Where(seat => turned.Before.Find<Seat>(seat.Row()) is { } before && before.IsHeld() && before.Wish == seat.Wish)
            .ShouldBeEmpty());

    [Fact]
    public void A_silent_invitee_gets_at_most_3_mails_a_session_an_attendee_at_most_9() => OfEveryWalk(walk =>
    {
        var cycle = walk.Cycle.RunsUntil(walk.Cycle.Now + Duration.FromDays(300)).Cycle;
        var wereThere = cycle.All<Attended>().Where(one => one.Was).Select(one => one.Person);
        var silent = cycle.Members(Role.Participant).Except(cycle.All<Replied>().Select(reply => reply.Person)).Except(wereThere);
        Sessions(cycle, silent).ShouldAllBe(mails => mails <= 3);
        Sessions(cycle, cycle.Members(Role.Participant)).ShouldAllBe(mails => mails <= 9);
    });

    [Fact]
    public void The_walks_go_everywhere()
    {
        var walks = Gen.Sample(RandomWalk.Any.Generator, 600).Select(walk => new WalkPlayer(walk).Cycle).ToList();
        Share(walks, cycle => cycle.HasEnded).ShouldBeGreaterThan(0.08);
        Share(walks, cycle => cycle.Cycle.All<DeadlineSet>().Any(told => told.Moved > 0)).ShouldBeGreaterThan(0.2);
        Share(walks, cycle => cycle.Cycle.RoundOf(StageIds.Scheduling)?.Round > 1).ShouldBeGreaterThan(0.1);
        Share(walks, cycle => cycle.Cycle.RoundOf(StageIds.Attendance)?.Round > 1).ShouldBeGreaterThan(0.02);
        foreach (var state in Enum.GetValues<SeatState>())
        {
            Share(walks, cycle => cycle.Cycle.All<Seat>().Any(seat => seat.State == state)).ShouldBeGreaterThan(0, $"{state}");
        }

        foreach (var kind in (string[])[AttendancePlan.Register, AttendancePlan.AccreditationMissing, AttendancePlan.CertificateReissued])
        {
            Share(walks, cycle => cycle.Cycle.All<Issued>().Any(issued => issued.Key.Kind == kind)).ShouldBeGreaterThan(0.01, kind);
        }

        foreach (var stage in GoingBack.Stages)
        {
            Share(walks, cycle => cycle.Cycle.RoundOf(stage)?.Round > 1).ShouldBeGreaterThan(0.02, stage.Value);
        }

        Share(walks, cycle => cycle.Cycle.Members(Role.Facilitator).Exists(cycle.Cycle.JoinedSince)).ShouldBeGreaterThan(0.02);
        foreach (var stage in CommunityCycle.Stages)
        {
            Share(walks, cycle => cycle.Cycle.RoundOf(stage.Id) is not null).ShouldBeGreaterThan(0.08, stage.Id.Value);
        }
    }

    /// <summary>Whoever was one of those who choose and lead; a participant who was taken off the list may have a certificate.</summary>
    private static bool HasLeft(Snapshot cycle, PersonId person) =>
        cycle.All<MemberLeft>().Any(left => left.Person == person && left.Role != Role.Participant)
        && !cycle.All<Member>().Any(member => member.Person == person && cycle.HasRole(member.Role, person));

    /// <summary>As the calendars are that show what reached them, or is to: of each the highest sequence.</summary>
    private static IEnumerable<Issued> Held(Snapshot cycle) => cycle.All<Issued>()
        .Where(issued => issued is { Calendar: not null, Withdrawn: null, Bounced: null })
        .GroupBy(issued => issued.Key.Person)
        .Select(ofOne => ofOne.MaxBy(issued => issued.Calendar!.Sequence)!)
        .Where(newest => !newest.Calendar!.IsCancelled);

    private static bool IsExpected(Snapshot cycle, Session session, Issued held) =>
        !cycle.IsOff()
        && held.Calendar!.Starts == session.LocalStart
        && (cycle.Choosers().Contains(held.Key.Person) || Seating.Of(cycle, held.Key.Person).Stands == Stands.HasSeat);

    private static bool FollowsTheList(StageId stage) => stage == StageIds.SurveyCollection || stage == StageIds.CoachingFollowUp;

    private static IEnumerable<(string, string)> Kinds =>
        CommunityCycle.Stages.SelectMany(stage => stage.Plan.Kinds.Select(kind => (stage.Id.Value, kind)));

    private static double Share(List<PlanDriver> walks, Func<PlanDriver, bool> of) => walks.Count(of) / (double)walks.Count;

    /// <summary>
    /// How many messages each had of each session, its survey among them; messages of one day can only be fewer mails. What somebody asked to
    /// be sent is not counted, nor what takes the session out of their calendar because they gave the seat back: that they may do as often as they like.
    /// Nor are the certificates after all the rest, which were promised.
    /// </summary>
    private static IEnumerable<int> Sessions(Snapshot cycle, IEnumerable<PersonId> people) =>
        people.SelectMany(person => cycle.All<Issued>()
            .Where(issued => issued.Key.Person == person && issued.Withdrawn is null && issued.Key.Kind is not (CoachingFollowUpPlan.Commitment or AttendancePlan.Cancelled))
            .Where(issued => !GoesWithTheSurvey(cycle, issued))
            .GroupBy(issued => issued.Key.Stage == StageIds.SurveyCollection.Value ? FormattableString.Invariant($"r{cycle.RoundOf(StageIds.Attendance)!.Round}") : issued.Key.Occasion.Split('-')[0])
            .Select(session => session.OrderByDescending(issued => issued.At).ThenByDescending(IsCertificate).SkipWhile(IsCertificate).Count()));

    private static bool IsCertificate(Issued issued) => issued.Key.Kind is AttendancePlan.Certificate or AttendancePlan.CertificateReissued;

    /// <summary>The certificate and the survey's ask are one mail.</summary>
    private static bool GoesWithTheSurvey(Snapshot cycle, Issued issued) => issued.Key.Kind == AttendancePlan.Certificate
        && cycle.IssuedTo(StageIds.SurveyCollection, issued.Key.Person).Any(asked => asked.At == issued.At && asked.Withdrawn is null);

    /// <summary>Each law sees walks of its own, the same in every run; COHESION_SEED lets all of them see others.</summary>
    private static void OfEveryWalk(Action<WalkPlayer> holds, [CallerMemberName] string law = "")
    {
        var other = Environment.GetEnvironmentVariable("COHESION_SEED") is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : 0;
        var seed = new Rnd(other + (ulong)law.Sum(character => character));
        Prop.ForAll(RandomWalk.Any, walk => holds(new WalkPlayer(walk)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Runs.AreAll ? 100 : 34).WithReplay(FSharpOption<Replay>.Some(new Replay(seed, FSharpOption<int>.None))));
    }

    private static void OfEveryTurn(Action<Turned> holds, [CallerMemberName] string law = "") => OfEveryWalk(walk => walk.Turns.ToList().ForEach(holds), law);

    private static int Taken(Snapshot cycle, int round) => Seating.Wishes(cycle, new StageOpened(StageIds.Attendance, round, default))
        .Count(wish => Seating.SeatOf(cycle, wish) is { State: SeatState.Granted or SeatState.MovedUp or SeatState.Offered });

    private static string LadderOf(Turned turned, MessageKey key)
    {
        var policy = turned.Before.Policy;
        return policy.FacilitatorTraining.Asks.Concat(policy.Attendance.BeforeSession).Concat(policy.Attendance.Nudges ?? []).Select(rung => rung.Id).Append(Rungs.Due)
            .Where(rung => key.Occasion.EndsWith($"-{rung}", StringComparison.Ordinal))
            .Select(rung => key.Occasion[..^rung.Length])
            .MinBy(ladder => ladder.Length) ?? key.Occasion;
    }

    /// <summary>Every fact but for when it was recorded; a deadline that people were told is not such a time.</summary>
    private static List<string> FactsOf(Snapshot cycle) =>
        [.. cycle.Facts.Select(fact => fact.Row() + " " + Json.Write(WithoutTime(fact))).Order(StringComparer.Ordinal)];

    private static Fact WithoutTime(Fact fact) => fact switch
    {
        GoAsked asked => asked with { At = default },
        Seat seat => seat with { At = default },
        StageOpened opened => opened with { At = default },
        Issued issued => issued with { At = default },
        Workflows.Cycles.Outcome outcome => outcome with { At = default },
        _ => fact,
    };
}

/// <summary>Whether a person has done what a message asks for: told apart from the plans.</summary>
internal static class Answered
{
    public static bool By(Snapshot cycle, MessageKey key) => (key.Stage, key.Kind) switch
    {
        ("preparation", "ask") => !PreparationPlan.Open(cycle).Any(task => task.Person == key.Person),
        ("case-study-selection", "ask") => cycle.All<Voted>().Any(vote => vote.Person == key.Person),
        ("case-study-selection", "decide") => cycle.All<CaseStudyDecided>().Any(decided => IsOf(decided, key)),
        ("facilitator-training", "ask") => HasDeclined(cycle, key) || (cycle.Leading().Contains(key.Person) && cycle.HasDoneModule(key.Person) && !cycle.OwesDisclosure(key.Person)),
        ("scheduling", "ask") => cycle.All<SlotsMarked>().Any(marks => marks.Person == key.Person && IsOf(marks, key) && marks.Proposal >= ProposalOf(key)),
        ("scheduling", "propose") => cycle.All<SlotsProposed>().Any(proposed => IsOf(proposed, key)),
        ("attendance", "ask") => cycle.All<Replied>().Any(reply => reply.Person == key.Person && IsOf(reply, key) && reply.At >= cycle.Find<Member>(Member.RowOf(Role.Participant, reply.Person))?.At),
        ("attendance", "go-or-not") => cycle.All<GoDecided>().Any(decided => key.Occasion.StartsWith($"r{decided.Round}-{decided.Number}-", StringComparison.Ordinal)),
        ("attendance", "register") when key.Occasion.EndsWith("-ask", StringComparison.Ordinal) => cycle.All<RegistrationForwarded>().Any(told => told.Done && IsOf(told, key)),
        ("attendance", "confirm-list") => cycle.All<AttendanceListed>().Any(),
        ("attendance", "accreditation-missing") => cycle.OpenAccreditation() is null,
        ("survey-collection", "ask") => Has<SurveyAnswered>(cycle, key) || Has<SurveyDeclined>(cycle, key),
        ("coaching-follow-up", "task" or "overdue") => cycle.CoachTasks().Any(task => !task.IsOpen && key.Occasion.Contains($"-{task.Id}-", StringComparison.Ordinal)),
        ("coaching-follow-up", "commitment") => Has<CommitmentAnswered>(cycle, key),
        _ => false,
    };

    /// <summary>"r1-p2-ask" asks of the second proposal, "r1-ask" of the first.</summary>
    private static int ProposalOf(MessageKey key) =>
        key.Occasion.Split('-')[1] is ['p', .. var number] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 1;

    private static bool HasDeclined(Snapshot cycle, MessageKey key) =>
        cycle.All<LeadingAnswered>().LastOrDefault(answer => answer.Person == key.Person) is { Leads: false };

    private static bool Has<T>(Snapshot cycle, MessageKey key)
        where T : Answer => cycle.All<T>().Any(answer => answer.Person == key.Person && IsOf(answer, key));

    private static bool IsOf(Answer answer, MessageKey key) => key.Occasion.StartsWith($"r{answer.Round}-", StringComparison.Ordinal);
}
