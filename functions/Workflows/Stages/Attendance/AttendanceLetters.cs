using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Invites the participants, reminds the silent, says who has a seat, and asks for the list after the session.</summary>
public sealed partial class AttendanceLetters() : StageLetters(StageIds.Attendance)
{
    protected override Task<Letter> WriteOwn(MessageKey key, LetterContext context, CancellationToken cancel) => key.Kind switch
    {
        AttendancePlan.Ask => Invitation(key, context, cancel),
        AttendancePlan.Register => Register(key, context, cancel),
        AttendancePlan.HasSeat => YourSeat(AttendanceTexts.SeatSubject, AttendanceTexts.Seat, context, cancel),
        AttendancePlan.MovedUp => YourSeat(AttendanceTexts.MovedUpSubject, AttendanceTexts.MovedUpLetter, context, cancel),
        AttendancePlan.Waiting => Task.FromResult(Waiting(key, context)),
        AttendancePlan.Offer => Offer(key, context, cancel),
        AttendancePlan.Nudge => Nudge(key, context, cancel),
        AttendancePlan.Headcount => Task.FromResult(Headcount(key, context)),
        AttendancePlan.GoOrNot => Task.FromResult(GoOrNot(key, context)),
        AttendancePlan.Postponed => Task.FromResult(Postponed(key, context)),
        AttendancePlan.Cancelled => Task.FromResult(Cancelled(key, context)),
        AttendancePlan.Place => Task.FromResult(Placed(key, context)),
        AttendancePlan.Moved => Task.FromResult(Moved(key, context)),
        AttendancePlan.Prepare => Task.FromResult(Prepare(context)),
        AttendancePlan.ConfirmList => Task.FromResult(ConfirmList(key, context)),
        AttendancePlan.Certificate => Task.FromResult(CertificateReady(key, context)),
        AttendancePlan.CertificateReissued => Task.FromResult(Reissued(key, context)),
        AttendancePlan.AccreditationMissing => AccreditationMissing(key, context, cancel),
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    };

    /// <summary>
    /// Who wished to come waits to hear of the seat. Whether the session goes ahead cannot wait on the eve of it. A certificate comes
    /// after the survey's first ask, with which it shares a mail: it does not run away.
    /// </summary>
    protected override Haste HasteOfOwn(MessageKey key, LetterContext context) => key.Kind switch
    {
        AttendancePlan.Offer or AttendancePlan.Postponed or AttendancePlan.Moved => Haste.AtOnce,
        AttendancePlan.GoOrNot when context.TheCycle.Session()!.Starts - context.Now <= Duration.FromDays(1) => Haste.AtOnce,
        AttendancePlan.Waiting or AttendancePlan.Headcount or AttendancePlan.Nudge or AttendancePlan.Prepare => Haste.Tells,
        AttendancePlan.Certificate or AttendancePlan.CertificateReissued => Haste.Tells,
        _ => Haste.Asks,
    };

    private async Task<Letter> Invitation(MessageKey key, LetterContext context, CancellationToken cancel)
    {
        var cycle = context.TheCycle;
        var (coming, last) = (Accepted(cycle), LastReminder(key, cycle.Policy.Attendance.BeforeSession));
        var subject = IsFirst(key) ? AttendanceTexts.AskSubject : last.Length > 0 ? AttendanceTexts.LastReminderSubject : AttendanceTexts.ReminderSubject;
        return About(
            context,
            Say.Text(subject, SessionDate(context), DeadlineDay(context)),
            [
                Say.Text(
                    IsFirst(key) ? AttendanceTexts.Ask : AttendanceTexts.Reminder,
                    SessionTime(context),
                    await Leading(context, cancel),
                    cycle.ChosenCase()),
                Where(context),
                SessionWords.Offers(cycle),
                !IsFirst(key) && coming >= FewestToMention ? Say.Text(AttendanceTexts.Coming, coming) : "",
                Say.Text(AttendanceTexts.AskDeadline, Deadline(context)),
                last,
            ],
            Answer(context, ReplyForm.Yes, AttendanceTexts.Yes),
            Answer(context, ReplyForm.NotThisTime, AttendanceTexts.NotThisTime)) with
        {
            Unsubscribe = ToParticipants(context, InvitationStop.Page),
        };
    }

    /// <summary>"your local colleagues Ada Wong and Bo Li".</summary>
    private static async Task<string> Leading(LetterContext context, CancellationToken cancel) =>
        Say.Text(AttendanceTexts.Leading, context.TheCycle.Leading().Count(), await Names(context.TheCycle.Leading(), context, cancel));

    /// <summary>Opens the reply page with that answer first: one press confirms it.</summary>
    private static LetterButton Answer(LetterContext context, string answer, string label) =>
        new(label, new Uri($"{ToParticipants(context, ReplyForm.Page)}?{ReplyForm.Intends}={answer}"));

    private static async Task<Letter> Register(MessageKey key, LetterContext context, CancellationToken cancel)
    {
        var cycle = context.TheCycle;
        var text = RegistrationWords.Of(cycle, await Names(cycle.Leading(), context, cancel), context.Links.ToRegistration(cycle.Cycle, context.Now));
        return About(
            context,
            Say.Text(IsFirst(key) ? AttendanceTexts.RegisterSubject : AttendanceTexts.RegisterAgainSubject, SessionDate(context)),
            [IsFirst(key) ? AttendanceTexts.RegisterLetter : Say.Text(AttendanceTexts.RegisterAgainLetter, Accepted(cycle)), text],
            ToAsk(context, ForwardForm.Page, DivisionRole(key.Person, cycle), AttendanceTexts.RegisterPageButton));
    }

    private static async Task<Letter> YourSeat(string subject, string text, LetterContext context, CancellationToken cancel) => About(
        context,
        Say.Text(subject, SessionDate(context)),
        [Say.Text(text, SessionTime(context), await Leading(context, cancel)), Where(context), AttendanceTexts.SeatChange],
        ToAsk(context, ReplyForm.Page, Role.Participant, AttendanceTexts.SeatButton));

    private static Letter Waiting(MessageKey key, LetterContext context) => About(
        context,
        Say.Text(AttendanceTexts.WaitingSubject, SessionDate(context)),
        [Say.Text(AttendanceTexts.WaitingLetter, SessionTime(context), Seating.Of(context.TheCycle, key.Person).Place)],
        ToAsk(context, ReplyForm.Page, Role.Participant, AttendanceTexts.SeatButton));

    private static async Task<Letter> Offer(MessageKey key, LetterContext context, CancellationToken cancel)
    {
        var until = Seating.Of(context.TheCycle, key.Person).Seat!.AnswerBy!.Value;
        return About(
            context,
            Say.Text(AttendanceTexts.OfferSubject, SessionDate(context)),
            [
                Say.Text(AttendanceTexts.OfferLetter, SessionTime(context), await Leading(context, cancel)),
                Where(context),
                Say.Text(AttendanceTexts.OfferDeadline, Say.ShortTime(until, context.TheCycle.KickOff.Zone)),
            ],
            ToAsk(context, ReplyForm.Page, Role.Participant, AttendanceTexts.OfferButton));
    }

    private static async Task<Letter> Nudge(MessageKey key, LetterContext context, CancellationToken cancel)
    {
        var others = Accepted(context.TheCycle) - 1;
        var last = context.TheCycle.Policy.Attendance.Nudges is { IsEmpty: false } nudges ? LastReminder(key, nudges) : "";
        return About(
            context,
            Say.Text(last.Length > 0 ? AttendanceTexts.NudgeLastSubject : AttendanceTexts.NudgeSubject, SessionDate(context)),
            [
                Say.Text(AttendanceTexts.Nudge, SessionTime(context), await Leading(context, cancel)),
                Where(context),
                Homework(context.TheCycle, key.Person),
                others >= FewestToMention ? Say.Text(AttendanceTexts.Coming, others) : "",
                last,
            ],
            ToAsk(context, ReplyForm.Page, Role.Participant, AttendanceTexts.NudgeButton),
            ToAsk(context, CheckInForm.Page, Role.Participant, AttendanceTexts.CheckInButton));
    }

    /// <summary>What is to be done online before the session, where it is not.</summary>
    private static string Homework(Snapshot cycle, PersonId person) =>
        cycle.Policy.Attendance.Module is { } module && !HomeworkForm.IsDone(cycle, person)
            ? Say.Text(AttendanceTexts.HomeworkLetter, module.Title, Say.Minutes(module.Minutes))
            : "";

    /// <summary>Of the round that the message is of: another may have opened since.</summary>
    private static Letter Postponed(MessageKey key, LetterContext context)
    {
        var was = Say.Date(context.TheCycle.All<SessionPostponed>().Last(one => key.Occasion.Split('-')[0] == FormattableString.Invariant($"r{one.Round}")).Was.Date);
        return About(
            context,
            Say.Text(AttendanceTexts.PostponedSubject, was),
            [Say.Text(WereTooFew(key, context.TheCycle) ? AttendanceTexts.PostponedLetter : AttendanceTexts.PostponedByCoordinator, was)]);
    }

    /// <summary>Else the coordinator postponed it.</summary>
    private static bool WereTooFew(MessageKey key, Snapshot cycle) => cycle.All<GoDecided>()
        .Any(decided => decided.Decision == GoDecision.Postpone && key.Occasion.Split('-')[0] == FormattableString.Invariant($"r{decided.Round}"));

    private static Letter Moved(MessageKey key, LetterContext context)
    {
        var cycle = context.TheCycle;
        var before = cycle.InCalendarBefore(key)?.Starts;
        return About(
            context,
            Say.Text(AttendanceTexts.MovedSubject, SessionDate(context)),
            [
                before is { } was ? Say.Text(StageTexts.MovedFrom, SessionTime(context), Say.Date(was.Date)) : Say.Text(StageTexts.MovedTo, SessionTime(context)),
                Where(context),
                cycle.IsExpected(key.Person) ? AttendanceTexts.MovedSeat : AttendanceTexts.MovedWaiting,
            ],
            ToAsk(context, ReplyForm.Page, Role.Participant, AttendanceTexts.SeatButton));
    }

    private static Letter Cancelled(MessageKey key, LetterContext context)
    {
        var starts = (context.TheCycle.InCalendarBefore(key) ?? EntryOf(key, context)!).Starts;
        if (!context.TheCycle.Members(Role.Participant).Contains(key.Person))
        {
            return About(
                context,
                Say.Text(AttendanceTexts.RemovedSubject, Say.Date(starts.Date)),
                [Say.Text(AttendanceTexts.RemovedLetter, Say.SessionTime(context.TheCycle, starts), context.TheCycle.KickOff.Phone)]);
        }

        return About(
            context,
            Say.Text(AttendanceTexts.CancelledSubject, Say.Date(starts.Date)),
            [Say.Text(AttendanceTexts.CancelledLetter, Say.SessionTime(context.TheCycle, starts))],
            ToAsk(context, ReplyForm.Page, Role.Participant, AttendanceTexts.SeatButton));
    }

    private static Letter Prepare(LetterContext context) => About(
        context,
        Say.Text(AttendanceTexts.PrepareSubject, SessionDate(context)),
        [Say.Text(AttendanceTexts.Prepare, SessionTime(context), Accepted(context.TheCycle)), Where(context), AttendanceTexts.PrepareList],
        ToAsk(context, ListForm.Page, Role.Facilitator, AttendanceTexts.PrepareButton));

    private static int Accepted(Snapshot cycle) => Seating.Accepted(cycle, cycle.RoundOf(StageIds.Attendance)!).Count();

    private static Letter ConfirmList(MessageKey key, LetterContext context)
    {
        var (cycle, due) = (context.TheCycle, ListPlan.Escalates(context.TheCycle, context.TheCycle.Session()!));
        return key.Person == cycle.Coordinator
            ? About(
                context,
                AttendanceTexts.ListSubject,
                [Say.Text(AttendanceTexts.ListOfCoordinator, SessionDate(context))],
                ToCycle(context, AttendanceTexts.ListButton))
            : About(
                context,
                AttendanceTexts.ListSubject,
                [AttendanceTexts.List, context.Now < due ? Say.Text(AttendanceTexts.ListBy, Say.ShortTime(due, cycle.KickOff.Zone)) : ""],
                ToAsk(context, ListForm.Page, Role.Facilitator, AttendanceTexts.ListButton));
    }

    private static Letter CertificateReady(MessageKey key, LetterContext context) => About(
        context,
        Say.Text(AttendanceTexts.CertificateSubject, SessionDate(context)),
        context.TheCycle.Accredited() is { } accreditation
            ? [
                Say.Text(AttendanceTexts.CertificateLetter, SessionDate(context), accreditation.Credits),
                context.TheCycle.SessionId() is null ? AttendanceTexts.CertificateIdFollows : "",
            ]
            : [Say.Text(AttendanceTexts.CertificateWithoutCredits, SessionDate(context))],
        ToCertificate(key, context));

    private static async Task<Letter> AccreditationMissing(MessageKey key, LetterContext context, CancellationToken cancel)
    {
        var (cycle, asked) = (context.TheCycle, context.TheCycle.OpenAccreditation()!);
        return key.Person != cycle.Coordinator ? AskForAccreditation(key, context) : About(
            context,
            AttendanceTexts.AccreditationSubject,
            [
                Say.Text(AttendanceTexts.AccreditationMissing, (await context.People.Get(asked.Person, cancel)).Name, asked.Task.Partner, cycle.CertificateHolders().Count()),
                AttendanceTexts.AccreditationWaive,
                LastReminder(key, cycle.Policy.Decisions),
            ],
            ToCycle(context, StageTexts.OpenCommunity));
    }

    /// <summary>To the partner, after the session.</summary>
    private static Letter AskForAccreditation(MessageKey key, LetterContext context) => About(
        context,
        AttendanceTexts.AccreditationAskSubject,
        [
            Say.Text(AttendanceTexts.AccreditationAsk, SessionDate(context), context.TheCycle.CertificateHolders().Count()),
            AttendanceTexts.AccreditationAskWhat,
            LastReminder(key, context.TheCycle.Policy.Decisions),
        ],
        ToAsk(context, AskPages.Prepare, Role.Partner, AttendanceTexts.AccreditationAskButton));

    private static Letter Reissued(MessageKey key, LetterContext context)
    {
        var (subject, text, states) =
            IsBecauseOf(key, CertificatesPlan.CorrectedName) ? (AttendanceTexts.RenamedSubject, AttendanceTexts.RenamedLetter, "")
            : !IsBecauseOf(key, CertificatesPlan.Credits) ? (AttendanceTexts.ReissuedSubject, AttendanceTexts.ReissuedLetter, context.TheCycle.SessionId()!.Id)
            : context.TheCycle.Accredited() is { } accreditation ? (AttendanceTexts.AccreditedSubject, AttendanceTexts.AccreditedLetter, accreditation.Credits)
            : (AttendanceTexts.UnaccreditedSubject, AttendanceTexts.UnaccreditedLetter, "");
        return About(context, subject, [Say.Text(text, SessionDate(context), states)], ToCertificate(key, context));
    }

    private static bool IsBecauseOf(MessageKey key, string cause) => key.Occasion.Contains($"-{cause}", StringComparison.Ordinal);

    private static LetterButton ToCertificate(MessageKey key, LetterContext context) =>
        ToAsk(context, CertificateForm.Page, context.TheCycle.CertificateRole(key.Person), StageTexts.OpenCertificate);
}
