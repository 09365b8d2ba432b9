using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Planning;

/// <summary>Everything that a page would let somebody do in a cycle now. What brings a cycle on is listed more than once.</summary>
internal static class WhatCanBeDone
{
    public static IEnumerable<(string What, Action Act)> In(PlanDriver driver, int detail)
    {
        var cycle = driver.Cycle;
        return
        [
            .. IsOpen<CaseStudyChosen>(cycle, StageIds.CaseStudySelection) ? Selection(driver, detail) : [],
            .. IsOpen<FacilitatorsTrained>(cycle, StageIds.FacilitatorTraining) ? Training(driver) : [],
            .. IsOpen<SessionDated>(cycle, StageIds.Scheduling) ? Scheduling(driver, detail) : [],
            .. IsOpen<AttendanceConfirmed>(cycle, StageIds.Attendance) ? Attendance(driver, detail) : [],
            .. cycle.All<SurveyRound>().Any(round => !round.Closed) ? Survey(driver) : [],
            .. IsOpen<CoachingClosed>(cycle, StageIds.CoachingFollowUp) ? Coaching(driver) : [],
        ];
    }

    private static bool IsOpen<T>(Snapshot cycle, StageId stage)
        where T : Outcome => cycle.RoundOf(stage) is not null && cycle.OutcomeOf<T>(stage) is null;

    private static IEnumerable<(string, Action)> Selection(PlanDriver driver, int detail)
    {
        foreach (var voter in driver.Cycle.Members(Role.Facilitator).Append(Cast.Lead))
        {
            yield return ($"{voter} votes", () => driver.Votes(voter, detail % 4 + 1));
        }

        if (detail % 8 == 0)
        {
            yield return ("coordinator decides", () => driver.Decides(detail / 8 % 4 + 1));
        }
    }

    private static IEnumerable<(string, Action)> Training(PlanDriver driver)
    {
        var facilitators = driver.Cycle.Members(Role.Facilitator);
        foreach (var one in facilitators)
        {
            yield return ($"{one} leads", () => driver.Leads(one));
            yield return ($"{one} declines", () => driver.Declines(one));
            if (driver.Cycle.Leading().Contains(one))
            {
                yield return ($"{one} does the module", () => driver.DoesTheModule(one));
                yield return ($"{one} trains", () => driver.Trains(one));
            }
        }

        var next = Cast.Facilitator(facilitators.Count + 1);
        yield return ($"{next} is named", () => driver.Names(next));
    }

    private static IEnumerable<(string, Action)> Scheduling(PlanDriver driver, int detail)
    {
        if (driver.Cycle.Answers<SlotsProposed>(driver.Cycle.RoundOf(StageIds.Scheduling)!).SingleOrDefault() is not { } proposed)
        {
            yield return ("slots are proposed", () => driver.Proposes(Slots(driver, detail)));
            yield return ("slots are proposed", () => driver.Proposes(Slots(driver, detail)));
            yield break;
        }

        foreach (var chooser in driver.Cycle.Choosers())
        {
            var marked = proposed.Slots.Where((_, i) => (detail >> i & 1) == 1).Select(Text).ToList();
            yield return ($"{chooser} marks {marked.Count}", () => driver.Marks(chooser, marked));
        }
    }

    private static IEnumerable<(string, Action)> Attendance(PlanDriver driver, int detail)
    {
        var participants = driver.Cycle.Members(Role.Participant);
        if (driver.Now < driver.Cycle.All<DeadlineSet>().Single(told => told.Stage == StageIds.Attendance).At + Duration.FromMinutes(2))
        {
            foreach (var participant in participants)
            {
                yield return ($"{participant} replies", () => driver.Replies(participant, detail % 3 > 0));
            }
        }

        if (driver.Cycle.Session()!.Ends <= driver.Now)
        {
            var attended = participants.Where((_, i) => (detail >> i & 1) == 1).ToList();
            yield return ($"{attended.Count} attended", () => driver.ConfirmsTheList(attended));
        }
    }

    private static IEnumerable<(string, Action)> Survey(PlanDriver driver) =>
        driver.Cycle.Attendees().Select(one => ($"{one} answers the survey", new Action(() => driver.AnswersTheSurvey(one))));

    private static IEnumerable<(string, Action)> Coaching(PlanDriver driver)
    {
        var cycle = driver.Cycle;
        foreach (var one in cycle.Attendees().Except(cycle.All<CoachRequested>().Select(request => request.Person)))
        {
            yield return ($"{one} asks for a coach", () => driver.AsksForACoach(one));
        }

        foreach (var task in CoachingFollowUpPlan.Tasks(cycle, cycle.RoundOf(StageIds.CoachingFollowUp)!).Where(task => !task.IsDone))
        {
            yield return ($"coach finishes {task.Id}", () => driver.FinishesTheTask(task.Id));
        }
    }

    private static ImmutableList<string> Slots(PlanDriver driver, int detail)
    {
        var first = driver.Now.InZone(DateTimeZoneProviders.Tzdb[driver.Cycle.KickOff.Zone]).Date.PlusDays(49);
        return [.. Enumerable.Range(0, detail % 3 + 1).Select(i => Text(first.PlusDays(i * (detail % 5)) + new LocalTime(7 + i + detail % 11, 30)))];
    }

    private static string Text(LocalDateTime slot) => slot.ToString("uuuu-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
