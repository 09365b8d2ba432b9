using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Programmes;

/// <summary>What a programme must be beyond its shape.</summary>
internal static class ProgrammeRules
{
    private const int DaysAtMost = 365;
    private const int LongestStatement = 600;
    private const int LongestCredits = 80;
    private const int LongestOffers = 200;
    private const int LongestTitle = 80;

    /// <summary>The rules that a programme breaks: where, and what to do.</summary>
    public static IEnumerable<(string Path, string Reason)> Broken(Programme programme) =>
        Entries(programme)
            .Concat(CaseStudies(programme))
            .Concat(Preparations(programme.Preparations ?? []))
            .Concat(Accreditation(programme.Accreditation))
            .Concat(ForFacilitators(programme.Policy.FacilitatorTraining))
            .Concat(ForParticipants(programme.Policy.Attendance))
            .Concat(Payment(programme.Policy.Payment))
            .Concat(Numbers(programme.Policy))
            .Concat(Ladders(programme.Policy))
            .Concat(Texts(programme.Texts ?? ImmutableSortedDictionary<string, string>.Empty))
            .Where(rule => !rule.Holds)
            .Select(rule => (rule.Path, rule.Reason));

    /// <summary>Comes first: the rules after it read the entries.</summary>
    private static IEnumerable<(bool Holds, string Path, string Reason)> Entries(Programme programme) =>
        AllLadders(programme.Policy).Select(ladder => (ladder.Path, HasNull: ladder.Rungs.Contains(null!)))
            .Prepend((Path: "$.caseStudies", HasNull: programme.CaseStudies.Contains(null!)))
            .Prepend((Path: "$.preparations", HasNull: programme.Preparations?.Contains(null!) ?? false))
            .Select(list => (!list.HasNull, list.Path, ProgrammeTexts.EntryNull));

    private static IEnumerable<(bool Holds, string Path, string Reason)> CaseStudies(Programme programme)
    {
        var ids = programme.CaseStudies.Select(caseStudy => caseStudy.Id).ToList();
        yield return (IdText.IsId(programme.Id), "$.id", ProgrammeTexts.IdRule);
        yield return (!string.IsNullOrWhiteSpace(programme.Name), "$.name", ProgrammeTexts.NoName);
        yield return (
            programme.PostalAddress is null || !string.IsNullOrWhiteSpace(programme.PostalAddress), "$.postalAddress", ProgrammeTexts.NoPostalAddress);
        yield return (ids.Count > 0, "$.caseStudies", ProgrammeTexts.NoCaseStudy);
        yield return (ids.TrueForAll(IdText.IsId), "$.caseStudies", ProgrammeTexts.IdRule);
        yield return (ids.Distinct().Count() == ids.Count, "$.caseStudies", ProgrammeTexts.CaseStudyIds);
        yield return (
            programme.CaseStudies.TrueForAll(one => !string.IsNullOrWhiteSpace(one.Title) && !string.IsNullOrWhiteSpace(one.Summary)),
            "$.caseStudies",
            ProgrammeTexts.CaseStudyWords);
    }

    private static IEnumerable<(bool Holds, string Path, string Reason)> Preparations(ImmutableList<PartnerTask> tasks)
    {
        yield return (tasks.TrueForAll(task => IdText.IsId(task.Id)), "$.preparations", ProgrammeTexts.IdRule);
        yield return (tasks.DistinctBy(task => task.Id).Count() == tasks.Count, "$.preparations", ProgrammeTexts.PreparationIds);
        yield return (
            tasks.TrueForAll(task => !string.IsNullOrWhiteSpace(task.Partner) && !string.IsNullOrWhiteSpace(task.Title)),
            "$.preparations",
            ProgrammeTexts.PreparationWords);
    }

    /// <summary>A certificate fits on one sheet.</summary>
    private static IEnumerable<(bool Holds, string Path, string Reason)> Accreditation(Accreditation? accreditation) => accreditation is null ? [] :
    [
        Words(accreditation.Statement, LongestStatement, "$.accreditation.statement"),
        Words(accreditation.Credits, LongestCredits, "$.accreditation.credits"),
    ];

    private static IEnumerable<(bool Holds, string Path, string Reason)> ForFacilitators(FacilitatorTrainingPolicy training) =>
    [
        Address(training.ModuleAddress, "$.policy.facilitatorTraining.moduleAddress"),
        Address(training.RefreshAddress, "$.policy.facilitatorTraining.refreshAddress"),
        Words(training.HowToGetIt ?? "-", LongestOffers, "$.policy.facilitatorTraining.howToGetIt"),
    ];

    private static IEnumerable<(bool Holds, string Path, string Reason)> Payment(PaymentPolicy? payment) => payment is null ? [] :
    [
        Words(payment.FacilitatorsPaidBy ?? "-", LongestTitle, "$.policy.payment.facilitatorsPaidBy"),
        Words(payment.ParticipantsPaidBy ?? "-", LongestTitle, "$.policy.payment.participantsPaidBy"),
        Range(payment.PreparationMinutes, 0, 1440, "$.policy.payment.preparationMinutes"),
        Range(payment.ClaimDays, 1, DaysAtMost, "$.policy.payment.claimDays"),
    ];

    private static IEnumerable<(bool Holds, string Path, string Reason)> ForParticipants(AttendancePolicy attendance) =>
    [
        attendance.Offers is { } offers ? Words(offers, LongestOffers, "$.policy.attendance.offers") : (true, "", ""),
        .. attendance.Module is not { } module ? [] : new[]
        {
            Words(module.Title, LongestTitle, "$.policy.attendance.module.title"),
            Address(module.Address, "$.policy.attendance.module.address"),
            Range(module.Minutes, 1, 240, "$.policy.attendance.module.minutes"),
        },
    ];

    private static IEnumerable<(bool Holds, string Path, string Reason)> Texts(ImmutableSortedDictionary<string, string> own) =>
        own.Select(text => (Path: $"$.texts.{text.Key}", Problem: ProgrammeWords.Problem(text.Key, text.Value)))
            .Select(text => (text.Problem is null, text.Path, text.Problem ?? ""));

    private static (bool Holds, string Path, string Reason) Words(string text, int longest, string path) =>
        (!string.IsNullOrWhiteSpace(text) && text.Length <= longest, path, Say.Text(ProgrammeTexts.UseCharacters, longest));

    private static (bool Holds, string Path, string Reason) Address(Uri? address, string path) =>
        (address is null or { IsAbsoluteUri: true, Scheme: "https" }, path, ProgrammeTexts.NoHttps);

    private static IEnumerable<(bool Holds, string Path, string Reason)> Numbers(Policy policy) =>
    [
        (WorkingHours.Include(policy.AsksAt), "$.policy.asksAt", Say.Text(ProgrammeTexts.UseWorkingHours, Say.Time(WorkingHours.Opens), Say.Time(WorkingHours.Closes))),
        Range(policy.GraceMinutes, 0, 1440, "$.policy.graceMinutes"),
        Range(policy.DeadlineMovesAtMost, 0, 30, "$.policy.deadlineMovesAtMost"),
        Range(policy.HoursToAnswer, 0, 240, "$.policy.hoursToAnswer"),
        Range(policy.KeptMonths, 3, 240, "$.policy.keptMonths"),
        Range(policy.Preparation?.ClosesDay ?? 1, 1, DaysAtMost, "$.policy.preparation.closesDay"),
        Range(policy.CaseStudySelection.ClosesDay, 1, DaysAtMost, "$.policy.caseStudySelection.closesDay"),
        Range(policy.FacilitatorTraining.Enough, 1, 20, "$.policy.facilitatorTraining.enough"),
        Range(policy.FacilitatorTraining.EscalatesDay, 1, DaysAtMost, "$.policy.facilitatorTraining.escalatesDay"),
        Range(policy.FacilitatorTraining.RefreshMonths ?? 1, 1, 240, "$.policy.facilitatorTraining.refreshMonths"),
        Range(policy.FacilitatorTraining.ModuleMinutes, 1, 1440, "$.policy.facilitatorTraining.moduleMinutes"),
        Range(policy.FacilitatorTraining.RefreshMinutes, 1, 1440, "$.policy.facilitatorTraining.refreshMinutes"),
        Range(policy.Scheduling.Slots, 1, 20, "$.policy.scheduling.slots"),
        Range(policy.Scheduling.DaysAhead, 1, DaysAtMost, "$.policy.scheduling.daysAhead"),
        Range(policy.Scheduling.AimDaysAhead, 1, DaysAtMost, "$.policy.scheduling.aimDaysAhead"),
        Range(policy.Scheduling.SessionMinutes, 1, 1440, "$.policy.scheduling.sessionMinutes"),
        Range(policy.Scheduling.Venue?.EscalatesDay ?? 1, 1, DaysAtMost, "$.policy.scheduling.venue.escalatesDay"),
        Range(policy.Scheduling.ClosesDay, 1, DaysAtMost, "$.policy.scheduling.closesDay"),
        Range(policy.Attendance.RepliesCloseDay, -DaysAtMost, 0, "$.policy.attendance.repliesCloseDay"),
        Range(policy.Attendance.ListAskedHoursAfter, 0, 168, "$.policy.attendance.listAskedHoursAfter"),
        Range(policy.Attendance.Capacity ?? 1, 1, 2000, "$.policy.attendance.capacity"),
        Range(policy.Attendance.MovesUpUntilDay, -DaysAtMost, 0, "$.policy.attendance.movesUpUntilDay"),
        Range(policy.Attendance.OfferDays, 1, 30, "$.policy.attendance.offerDays"),
        Range(policy.Attendance.MailsBeforeSession, 3, 20, "$.policy.attendance.mailsBeforeSession"),
        Range(policy.Attendance.MailsInAll, policy.Attendance.MailsBeforeSession, 40, "$.policy.attendance.mailsInAll"),
        Range(policy.Attendance.HeadcountDay, -DaysAtMost, 0, "$.policy.attendance.headcountDay"),
        Range(policy.Attendance.Minimum, 0, 2000, "$.policy.attendance.minimum"),
        Range(policy.Attendance.ShowPercent, 1, 100, "$.policy.attendance.showPercent"),
        Range(policy.Attendance.ReopenedUntilDay, -DaysAtMost, 0, "$.policy.attendance.reopenedUntilDay"),
        Range(policy.Attendance.EscalatesAfterDays, 0, 30, "$.policy.attendance.escalatesAfterDays"),
        Range(policy.Attendance.PrepareDay, -DaysAtMost, 0, "$.policy.attendance.prepareDay"),
        Range(policy.Attendance.CheckInMinutesBefore, 0, 1440, "$.policy.attendance.checkInMinutesBefore"),
        Range(policy.Attendance.CorrectionDays, 0, DaysAtMost, "$.policy.attendance.correctionDays"),
        Range(policy.SurveyCollection.ClosesDay, 1, DaysAtMost, "$.policy.surveyCollection.closesDay"),
        Range(policy.SurveyCollection.OpensMinutesBeforeEnd, 0, policy.Scheduling.SessionMinutes, "$.policy.surveyCollection.opensMinutesBeforeEnd"),
        Range(policy.CoachingFollowUp.FirstContactWorkingDays, 1, DaysAtMost, "$.policy.coachingFollowUp.firstContactWorkingDays"),
        Range(policy.CoachingFollowUp.OverdueWorkingDays, 1, DaysAtMost, "$.policy.coachingFollowUp.overdueWorkingDays"),
        Range(policy.CoachingFollowUp.StandsStillWorkingDays, 1, DaysAtMost, "$.policy.coachingFollowUp.standsStillWorkingDays"),
        Range(policy.CoachingFollowUp.SnoozeDaysAtMost, 1, DaysAtMost, "$.policy.coachingFollowUp.snoozeDaysAtMost"),
        Range(policy.CoachingFollowUp.Tries, 1, 20, "$.policy.coachingFollowUp.tries"),
        Range(policy.CoachingFollowUp.ClosesDay, 1, DaysAtMost, "$.policy.coachingFollowUp.closesDay"),
        Range(policy.CoachingFollowUp.CommitmentDay, 1, policy.CoachingFollowUp.ClosesDay - 1, "$.policy.coachingFollowUp.commitmentDay"),
    ];

    private static IEnumerable<(bool Holds, string Path, string Reason)> Ladders(Policy policy) =>
        AllLadders(policy).SelectMany<Ladder, (bool, string, string)>(ladder =>
        [
            (ladder.Rungs.Count > 0 || ladder.MayBeEmpty, ladder.Path, ProgrammeTexts.NoRung),
            (ladder.Rungs.TrueForAll(rung => IdText.IsId(rung.Id)), ladder.Path, ProgrammeTexts.IdRule),
            (ladder.Rungs.DistinctBy(rung => rung.Id).Count() == ladder.Rungs.Count, ladder.Path, ProgrammeTexts.RungIds),
            (ladder.MayBeEmpty || ladder.Rungs is not [var first, ..] || first.Id == Rungs.Ask, ladder.Path, ProgrammeTexts.FirstRung),
            (ladder.Rungs.TrueForAll(rung => rung.Day >= ladder.From), ladder.Path, Say.Text(ProgrammeTexts.UseDays, ladder.From)),
            (ladder.Rungs.TrueForAll(rung => rung.Day < ladder.Closes),
                ladder.Path,
                Say.Text(ProgrammeTexts.RungsBeforeClose, ladder.Closes)),
            (IsInOrder(ladder.Rungs), ladder.Path, ProgrammeTexts.RungOrder),
        ]);

    private static IEnumerable<Ladder> AllLadders(Policy policy) =>
    [
        new("$.policy.decisions", policy.Decisions, 0, DaysAtMost),
        .. policy.Preparation is { } preparation ? [new Ladder("$.policy.preparation.asks", preparation.Asks, 0, preparation.ClosesDay)] : Array.Empty<Ladder>(),
        new("$.policy.caseStudySelection.asks", policy.CaseStudySelection.Asks, 0, policy.CaseStudySelection.ClosesDay),
        new("$.policy.facilitatorTraining.asks", policy.FacilitatorTraining.Asks, 0, policy.FacilitatorTraining.EscalatesDay),
        new("$.policy.scheduling.asks", policy.Scheduling.Asks, 0, policy.Scheduling.ClosesDay),
        .. policy.Scheduling.Venue is { } venue ? [new Ladder("$.policy.scheduling.venue.asks", venue.Asks, 0, venue.EscalatesDay)] : Array.Empty<Ladder>(),
        new("$.policy.attendance.beforeSession", policy.Attendance.BeforeSession, -DaysAtMost, policy.Attendance.RepliesCloseDay, true),
        new("$.policy.attendance.nudges", policy.Attendance.Nudges ?? [], -DaysAtMost, 0, true),
        new("$.policy.surveyCollection.asks", policy.SurveyCollection.Asks, 0, policy.SurveyCollection.ClosesDay),
    ];

    private static bool IsInOrder(ImmutableList<Rung> rungs) => rungs.Zip(rungs.Skip(1)).All(pair => pair.First.Day < pair.Second.Day);

    private static (bool Holds, string Path, string Reason) Range(int value, int from, int to, string path) =>
        (value >= from && value <= to, path, Say.Text(ProgrammeTexts.UseNumbers, from, to));

    /// <param name="Path">Where it stands in the file.</param>
    /// <param name="Rungs">Its rungs.</param>
    /// <param name="From">The earliest day of a rung.</param>
    /// <param name="Closes">The day before which the last goes out.</param>
    /// <param name="MayBeEmpty">Whether it may have no rung.</param>
    private sealed record Ladder(string Path, ImmutableList<Rung> Rungs, int From, int Closes, bool MayBeEmpty = false);
}
