using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Programmes;

/// <summary>What a programme must be beyond its shape.</summary>
internal static class ProgrammeRules
{
    /// <summary>The rules that a programme breaks: where, and what to do.</summary>
    public static IEnumerable<(string Path, string Reason)> Broken(Programme programme) =>
        CaseStudies(programme).Concat(Policy(programme.Policy)).Where(rule => !rule.Holds).Select(rule => (rule.Path, rule.Reason));

    private static IEnumerable<(bool Holds, string Path, string Reason)> CaseStudies(Programme programme)
    {
        var ids = programme.CaseStudies.Select(caseStudy => caseStudy.Id).ToList();
        yield return (IdText.IsId(programme.Id), "$.id", "An id has 1 to 64 characters of [a-z0-9-].");
        yield return (ids.Count > 0, "$.caseStudies", "Name at least one case study.");
        yield return (ids.TrueForAll(IdText.IsId), "$.caseStudies", "An id has 1 to 64 characters of [a-z0-9-].");
        yield return (ids.Distinct().Count() == ids.Count, "$.caseStudies", "Give each case study an id of its own.");
    }

    private static IEnumerable<(bool Holds, string Path, string Reason)> Policy(Policy policy)
    {
        var training = policy.FacilitatorTraining;
        var scheduling = policy.Scheduling;
        return
        [
            (policy.GraceMinutes >= 0, "$.policy.graceMinutes", "Use 0 or more."),
            (policy.DeadlineMovesAtMost >= 0, "$.policy.deadlineMovesAtMost", "Use 0 or more."),
            (policy.HoursToAnswer >= 0, "$.policy.hoursToAnswer", "Use 0 or more."),
            (training.Enough >= 1, "$.policy.facilitatorTraining.enough", "At least one facilitator must be trained."),
            (scheduling.Slots >= 1, "$.policy.scheduling.slots", "Use 1 or more."),
            (scheduling.DaysAhead >= 1, "$.policy.scheduling.daysAhead", "Use 1 or more."),
            (scheduling.SessionMinutes >= 1, "$.policy.scheduling.sessionMinutes", "Use 1 or more."),
            (policy.Attendance.RepliesCloseDay <= 0, "$.policy.attendance.repliesCloseDay", "Count back from the session: 0 or less."),
            (policy.Attendance.ListAskedHoursAfter >= 0, "$.policy.attendance.listAskedHoursAfter", "Use 0 or more."),
            (policy.CoachingFollowUp.FirstContactWorkingDays >= 1, "$.policy.coachingFollowUp.firstContactWorkingDays", "Use 1 or more."),
            (policy.CoachingFollowUp.OverdueWorkingDays >= 1, "$.policy.coachingFollowUp.overdueWorkingDays", "Use 1 or more."),
            .. Ladder(policy.Decisions, "$.policy.decisions", int.MaxValue),
            .. Ladder(policy.CaseStudySelection.Asks, "$.policy.caseStudySelection.asks", policy.CaseStudySelection.ClosesDay),
            .. Ladder(training.Asks, "$.policy.facilitatorTraining.asks", training.EscalatesDay),
            .. Ladder(scheduling.Asks, "$.policy.scheduling.asks", scheduling.ClosesDay),
            .. Ladder(policy.SurveyCollection.Asks, "$.policy.surveyCollection.asks", policy.SurveyCollection.ClosesDay),
            .. Rungs(policy.Attendance.BeforeSession, "$.policy.attendance.beforeSession"),
            (policy.Attendance.BeforeSession.TrueForAll(rung => rung.Day < 0), "$.policy.attendance.beforeSession", "Count back from the session: -28."),
        ];
    }

    private static IEnumerable<(bool Holds, string Path, string Reason)> Ladder(ImmutableList<Rung> rungs, string path, int closes) =>
    [
        (rungs.Count > 0, path, "A ladder has at least one rung."),
        (rungs.TrueForAll(rung => rung.Day >= 0), path, "Days count from the opening: 0 or more."),
        (rungs.TrueForAll(rung => rung.Day < closes), path, $"Every ask goes out before the stage closes, on day {closes}."),
        .. Rungs(rungs, path),
    ];

    private static IEnumerable<(bool Holds, string Path, string Reason)> Rungs(ImmutableList<Rung> rungs, string path) =>
    [
        (rungs.TrueForAll(rung => IdText.IsId(rung.Id)), path, "An id has 1 to 64 characters of [a-z0-9-]."),
        (rungs.Zip(rungs.Skip(1)).All(pair => pair.First.Day < pair.Second.Day), path, "Put the rungs in the order of their days, each on a day of its own."),
        (rungs.DistinctBy(rung => rung.Id).Count() == rungs.Count, path, "Give each rung an id of its own."),
    ];
}
