using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Testing;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Tests.Planning;

/// <summary>Everything that a page would let somebody do in a cycle now. What brings a cycle on is listed more than once.</summary>
internal static class WhatCanBeDone
{
    public static IEnumerable<(string What, Action Act)> In(PlanDriver driver, int detail)
    {
        var cycle = driver.Cycle;
        return cycle.Stopped() is not null ? [] :
        [
            .. IsOpen<PreparationClosed>(cycle, StageIds.Preparation) ? Preparation(driver, detail) : [],
            .. IsOpen<CaseStudyChosen>(cycle, StageIds.CaseStudySelection) ? Selection(driver, detail) : [],
            .. cycle.RoundOf(StageIds.FacilitatorTraining) is not null ? Training(driver) : [],
            .. IsOpen<SessionDated>(cycle, StageIds.Scheduling) ? Scheduling(driver, detail) : [],
            .. cycle.Session() is not null && cycle.List() is null ? Venue(driver, detail) : [],
            .. IsOpen<Outcome>(cycle, StageIds.Attendance) ? Attendance(driver, detail) : [],
            .. cycle.List() is not null && !cycle.HasEnded ? Correction(driver, detail) : [],
            .. cycle.All<SurveyRound>().Any(round => !round.Closed) ? Survey(driver) : [],
            .. IsOpen<CoachingClosed>(cycle, StageIds.CoachingFollowUp) ? Coaching(driver, detail) : [],
            .. Adaptations(driver, detail),
        ];
    }

    private static bool IsOpen<T>(Snapshot cycle, StageId stage)
        where T : Outcome => cycle.RoundOf(stage) is not null && cycle.OutcomeOf<T>(stage) is null;

    private static IEnumerable<(string, Action)> Selection(PlanDriver driver, int detail)
    {
        foreach (var voter in driver.Cycle.Members(Role.Facilitator).Concat(driver.Cycle.Members(Role.DivisionLead)))
        {
            yield return ($"{voter} votes", () => driver.Votes(voter, detail % 4 + 1));
        }

        if (detail % 8 == 0)
        {
            yield return ("coordinator decides", () => driver.Decides(detail / 8 % 4 + 1));
        }
    }

    private static IEnumerable<(string, Action)> Preparation(PlanDriver driver, int detail) => driver.Cycle.All<PreparationAsked>().Select(asked =>
        ($"{asked.Person} prepares", new Action(() => driver.Prepares(asked.Task.Id, asked.Person, (PreparationState)(detail % 4)))));

    private static IEnumerable<(string, Action)> Training(PlanDriver driver)
    {
        foreach (var one in driver.Cycle.Members(Role.Facilitator).Where(one => !driver.Cycle.IsTrainingOver(one, driver.Now)))
        {
            yield return ($"{one} leads", () => driver.Leads(one));
            yield return ($"{one} declines", () => driver.Declines(one));
            yield return ($"{one} trained before", () => driver.SaysTrained(one, "2026-01"));
            if (driver.Cycle.Leading().Contains(one))
            {
                yield return ($"{one} does the module", () => driver.DoesTheModule(one));
                yield return ($"{one} trains", () => driver.Trains(one));
            }
        }

        if (IsOpen<FacilitatorsTrained>(driver.Cycle, StageIds.FacilitatorTraining))
        {
            var next = Cast.Facilitator(Facilitators(driver.Cycle) + 1);
            yield return ($"{next} is named", () => driver.Names(next));
        }
    }

    private static IEnumerable<(string, Action)> Scheduling(PlanDriver driver, int detail)
    {
        if (driver.Cycle.Proposed() is not { } proposed)
        {
            yield return ("slots are proposed", () => driver.Proposes(Slots(driver, detail)));
            yield return ("slots are proposed", () => driver.Proposes(Slots(driver, detail)));
            yield break;
        }

        var others = Slots(driver, detail).Concat(proposed.Slots.Take(detail % 3).Select(Text)).Distinct().ToList();
        yield return ("other slots are proposed", () => driver.Proposes(others));
        foreach (var chooser in driver.Cycle.Choosers())
        {
            var marked = proposed.Slots.Where((_, i) => (detail >> i & 1) == 1).Select(Text).ToList();
            yield return ($"{chooser} marks {marked.Count}", () => driver.Marks(chooser, marked));
        }
    }

    private static IEnumerable<(string, Action)> Venue(PlanDriver driver, int detail)
    {
        yield return ("the place is told", () => driver.SaysWhere(detail % 3 == 0 ? "" : "The hall"));
    }

    private static IEnumerable<(string, Action)> Attendance(PlanDriver driver, int detail)
    {
        var participants = driver.Cycle.Members(Role.Participant);
        foreach (var one in participants.Where(one => driver.Now < driver.Cycle.Session()!.Starts && Seating.Of(driver.Cycle, one).Wishes))
        {
            yield return ($"{one} cancels", () => driver.Replies(one, comes: false));
            if (Seating.Of(driver.Cycle, one).Stands == Stands.Offered)
            {
                yield return ($"{one} takes the seat", () => driver.TakesTheSeat(one));
            }
        }

        var next = Cast.Participant(Ever(driver.Cycle).Count + 1);
        yield return ($"{next} is added", () => driver.Adds(next));
        var round = driver.Cycle.RoundOf(StageIds.Attendance)!;
        if (driver.Now < driver.Cycle.Session()!.Starts && HeadcountPlan.OpenQuestion(driver.Cycle, round) is { } asked)
        {
            var decision = (GoDecision)(detail % (asked.Number == 1 ? 3 : 2));
            yield return ($"lead decides {decision}", () => driver.DecidesToGo(decision));
        }

        var told = driver.Cycle.Find<DeadlineSet>(DeadlineSet.RowOf(StageIds.Attendance, round.Round));
        if (driver.Now < driver.Cycle.Session()!.Starts && driver.Now < told?.At + Duration.FromMinutes(2))
        {
            if (driver.Cycle.KickOff.OpenRegistration)
            {
                yield return ("the text is forwarded, or not", () => driver.Forwards(Cast.Lead, detail % 3 > 0));
                yield return ($"{next} registers", () => driver.Tells(new Member(Role.Participant, next, driver.Now, next)).Replies(next, comes: true));
            }

            foreach (var participant in participants)
            {
                yield return ($"{participant} replies", () => driver.Replies(participant, detail % 3 > 0));
            }
        }

        if (driver.Cycle.Session()!.Starts - Duration.FromHours(1) <= driver.Now)
        {
            yield return ($"{next} walks in", () => driver.WalksIn(next));
            foreach (var one in participants)
            {
                yield return ($"{one} checks in or out", () => driver.ChecksIn(one, detail % 4 > 0));
            }
        }

        if (driver.Cycle.Session()!.Ends <= driver.Now)
        {
            var attended = participants.Where((_, i) => (detail >> i & 1) == 1).ToList();
            yield return ($"{attended.Count} attended", () => driver.ConfirmsTheList(attended));
        }
    }

    private static IEnumerable<(string, Action)> Correction(PlanDriver driver, int detail)
    {
        var attended = driver.Cycle.Members(Role.Participant).Where((_, i) => (detail >> i & 1) == 1).ToList();
        yield return ("the list is corrected", () => driver.CorrectsTheList(attended));
        var next = Cast.Participant(Ever(driver.Cycle).Count + 1);
        yield return ($"{next} is added", () => driver.Adds(next));
        var holders = driver.Cycle.CertificateHolders().ToList();
        if (holders.Count > 0)
        {
            yield return ("a name is corrected", () => driver.CorrectsTheName(holders[detail % holders.Count]));
        }

        if (driver.Cycle.Preparations().FirstOrDefault(task => task.Asked.Task.Id == PartnerTask.Accreditation) is { Asked: var asked })
        {
            yield return ("the accreditation is told", () => driver.Prepares(asked.Task.Id, asked.Person, (PreparationState)(detail % 3)));
        }

        yield return ("the session's id is told", () => driver.GivesTheSessionId(detail % 3 == 0 ? "" : $"id-{detail % 7}"));
    }

    private static IEnumerable<(string, Action)> Survey(PlanDriver driver) =>
        driver.Cycle.Members(Role.Participant).Where(one => driver.Cycle.WasThere(one) && driver.Cycle.SurveyOffered() <= driver.Now).SelectMany<PersonId, (string, Action)>(one =>
        [
            ($"{one} answers the survey", () => driver.AnswersTheSurvey(one)),
            ($"{one} answers the survey", () => driver.AnswersTheSurvey(one)),
            ($"{one} wants no more mail on it", () => driver.DeclinesTheSurvey(one)),
        ]);

    private static IEnumerable<(string, Action)> Coaching(PlanDriver driver, int detail)
    {
        var cycle = driver.Cycle;
        foreach (var one in cycle.Attendees().Except(cycle.All<CoachRequested>().Select(request => request.Person)))
        {
            yield return ($"{one} asks for a coach", () => driver.AsksForACoach(one));
        }

        foreach (var task in cycle.CoachTasks())
        {
            yield return ($"coach finishes {task.Id}", () => driver.FinishesTheTask(task.Id));
            yield return ($"coach puts {task.Id} off", () => driver.Snoozes(Date(driver, 1 + detail % 42), task.Id));
            yield return ($"coach tries {task.Id}", () => driver.TriesToReach(task.Id));
            yield return ($"coach tells of {task.Id}", () => driver.TellsOfTheTask((CoachTaskState)(detail % 6), task.Id));
        }

        foreach (var one in cycle.Attendees())
        {
            yield return ($"{one} commits", () => driver.Commits(one, wanted: detail % 4 > 0));
        }

        foreach (var one in cycle.Commitments().Select(one => one.Person).Where(one => cycle.IssuedTo(StageIds.CoachingFollowUp, one).Any()))
        {
            yield return ($"{one} answers for it", () => driver.AnswersForTheCommitment(one, (Kept)(detail % 3)));
        }
    }

    /// <summary>One of those that can be made.</summary>
    private static IEnumerable<(string, Action)> Adaptations(PlanDriver driver, int detail)
    {
        var (cycle, soon) = (driver.Cycle, driver.Now.InZone(DateTimeZoneProviders.Tzdb[driver.Cycle.KickOff.Zone]).LocalDateTime);
        var stage = CommunityCycle.Stages[detail % CommunityCycle.Stages.Count].Id;
        Adaptation[] all =
        [
            new MoveSession(soon.Date.PlusDays(detail % 40) + new LocalTime(8 + detail % 12, 0)),
            new PostponeSession(),
            new SetDeadline(stage, soon.Date.PlusDays(1 + detail % 20) + new LocalTime(17, 0)),
            new ChangeCaseStudy(cycle.KickOff.CaseStudies[detail % 4].Id),
            new SetCapacity(detail % 3 == 0 ? null : detail % 6),
            Number(cycle, detail),
            .. Replacements(cycle, detail),
            new AddFacilitator(Cast.Facilitator(Facilitators(cycle) + 1), detail % 2 == 0),
            .. cycle.Members(Role.Facilitator).Select(person => new RemoveFacilitator(person)),
            .. cycle.All<MemberLeft>().Where(left => left.Role == Role.Facilitator).Take(1).Select(left => new AddFacilitator(left.Person)),
            .. GoingBack.Stages.Select(one => new GoBack(one)),
            Version(cycle, detail, driver.Now),
            .. detail % 4 == 0 ? [new PauseCycle()] : Array.Empty<Adaptation>(),
            new ResumeCycle(),
            .. cycle.Members(Role.Participant).Skip(detail % 5).Take(1).Select(person => new RemoveParticipant(person)),
            .. Ever(cycle).Except(cycle.Members(Role.Participant)).Take(1).Select(person => new InviteAgain(person)),
        ];
        var can = all.Where(one => Adapting.Follows(cycle, one, Cast.Coordinator, driver.Now) is not null).ToList();
        if (detail % 40 == 0 && Adapting.Follows(cycle, new EndCycle(), Cast.Coordinator, driver.Now) is not null)
        {
            return [("the community stops", () => driver.Adapts(new EndCycle()))];
        }

        return can.Count == 0 ? [] : [($"{can[detail % can.Count]}", () => driver.Adapts(can[detail % can.Count]))];
    }

    /// <summary>Somebody new takes a place, or who had it before.</summary>
    private static IEnumerable<ReplaceMember> Replacements(Snapshot cycle, int detail) => Replacing.Roles.Where(role => !cycle.Members(role).IsEmpty).Select(role => new ReplaceMember(
        role,
        cycle.Members(role)[detail % cycle.Members(role).Count],
        cycle.All<MemberLeft>().Where(left => left.Role == role && detail % 2 == 0).Select(left => left.Person).FirstOrDefault(
            role == Role.Facilitator ? Cast.Facilitator(Facilitators(cycle) + 1) : PersonId.From($"{role.Id()}-{cycle.All<MemberLeft>().Count()}")),
        role == Role.Facilitator && detail % 3 == 0));

    /// <summary>How many there ever were.</summary>
    private static int Facilitators(Snapshot cycle) => cycle.All<Member>().Count(member => member.Role == Role.Facilitator);

    /// <summary>Another value of the policy that a programme may have, within what the laws here say in numbers.</summary>
    private static SetPolicy Number(Snapshot cycle, int detail)
    {
        var (path, value) = new[]
        {
            ("asksAt", "10:30"), ("deadlinesAt", "20:00"), ("caseStudySelection.closesDay", "14"), ("caseStudySelection.asks.reminder-1", "6"),
            ("facilitatorTraining.enough", "1"), ("facilitatorTraining.enough", "2"), ("facilitatorTraining.needsDisclosure", "false"), ("facilitatorTraining.escalatesDay", "30"),
            ("facilitatorTraining.asks.reminder-2", "9"), ("scheduling.closesDay", "9"), ("scheduling.daysAhead", "20"), ("scheduling.sessionMinutes", "90"),
            ("attendance.repliesCloseDay", "-10"), ("attendance.headcountDay", "-9"), ("attendance.minimum", "1"), ("attendance.nudges.t-7", "-10"),
            ("attendance.movesUpUntilDay", "-20"), ("attendance.listAskedHoursAfter", "12"), ("surveyCollection.closesDay", "21"), ("surveyCollection.asks.reminder-3", "10"),
            ("coachingFollowUp.commitmentDay", "60"), ("coachingFollowUp.closesDay", "120"), ("coachingFollowUp.overdueWorkingDays", "1"),
        }[detail / 7 % 23];
        return new SetPolicy(path, value);
    }

    /// <summary>A version with rungs taken out, added and moved.</summary>
    private static AdoptProgramme Version(Snapshot cycle, int detail, Instant now)
    {
        var policy = cycle.KickOff.Policy;
        var version = (detail % 3) switch
        {
            0 => policy with { CaseStudySelection = policy.CaseStudySelection with { Asks = policy.CaseStudySelection.Asks.RemoveAt(1) } },
            1 => policy with { SurveyCollection = policy.SurveyCollection with { Asks = policy.SurveyCollection.Asks.Insert(1, new Rung("day-1", 1)) } },
            _ => policy,
        };
        return new AdoptProgramme(detail % 3, Json.Write(Adopting.Merged(cycle, policy, version, now)));
    }

    /// <summary>Whoever was a participant.</summary>
    private static ImmutableList<PersonId> Ever(Snapshot cycle) => [.. cycle.All<Member>().Where(member => member.Role == Role.Participant).Select(member => member.Person)];

    private static string Date(PlanDriver driver, int days) =>
        LocalDatePattern.Iso.Format(driver.Now.InZone(DateTimeZoneProviders.Tzdb[driver.Cycle.KickOff.Zone]).Date.PlusDays(days));

    public static ImmutableList<string> Slots(PlanDriver driver, int detail)
    {
        var first = driver.Now.InZone(DateTimeZoneProviders.Tzdb[driver.Cycle.KickOff.Zone]).Date.PlusDays(49);
        return [.. Enumerable.Range(0, detail % 3 + 1).Select(i => Text(first.PlusDays(i * (detail % 5)) + new LocalTime(7 + i + detail % 11, 30)))];
    }

    private static string Text(LocalDateTime slot) => slot.ToString("uuuu-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
