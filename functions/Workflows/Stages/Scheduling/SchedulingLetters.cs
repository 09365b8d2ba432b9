using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Stages.Scheduling;

/// <summary>Asks the coordinator for slots and the choosers for marks, and tells them the date.</summary>
public sealed class SchedulingLetters() : StageLetters(StageIds.Scheduling)
{
    protected override Task<Letter> WriteOwn(MessageKey key, LetterContext context, CancellationToken cancel) => key.Kind switch
    {
        SchedulingPlan.Propose => Task.FromResult(Propose(key, context)),
        SchedulingPlan.Ask => Task.FromResult(Ask(key, context)),
        SchedulingPlan.Fixed => Fixed(key, context, cancel),
        SchedulingPlan.Place => Task.FromResult(Placed(key, context)),
        SchedulingPlan.Venue => Task.FromResult(Venue(key, context)),
        SchedulingPlan.VenueMissing => Task.FromResult(VenueMissing(key, context)),
        SchedulingPlan.Cancelled => Task.FromResult(Cancelled(key, context)),
        SchedulingPlan.EventGone => Task.FromResult(Trouble(context, SchedulingTexts.EventGoneSubject, Say.Text(SchedulingTexts.EventGone, SessionTime(context)))),
        SchedulingPlan.EventFailing => Task.FromResult(Trouble(context, SchedulingTexts.EventFailingSubject, SchedulingTexts.EventFailing)),
        SchedulingPlan.Declined => Declined(key, context, cancel),
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    };

    private static Letter Propose(MessageKey key, LetterContext context)
    {
        var (cycle, slots) = (context.TheCycle, context.TheCycle.Policy.Scheduling.Slots);
        var before = cycle.RoundOf(StageIds.Scheduling)!.Round - 1;
        var (subject, text) =
            cycle.IsPostponed() ? (SchedulingTexts.ProposePostponedSubject, Say.Text(SchedulingTexts.ProposePostponed, slots, Say.Date(cycle.All<SessionPostponed>().Last().Was.Date)))
            : before == 0 ? (SchedulingTexts.ProposeSubject, Say.Text(SchedulingTexts.Propose, slots))
            : cycle.Find<SessionDated>(Outcome.RowOf(StageIds.Scheduling, before)) is { } dated
                ? WasPostponed(cycle) ? (SchedulingTexts.ProposeSubject, Say.Text(SchedulingTexts.ProposePostponed, slots, Say.Date(dated.Starts.Date)))
                : (SchedulingTexts.ProposeUntrainedSubject, Say.Text(SchedulingTexts.ProposeUntrained, slots, Say.Date(dated.Starts.Date)))
            : (SchedulingTexts.ProposeAgainSubject, Say.Text(SchedulingTexts.ProposeAgain, slots, string.Join(", ", Offered(cycle, before).Select(Say.Date))));
        var last = LastReminder(key, cycle.Policy.Decisions);
        var (first, better) = (SchedulingForm.FirstDay(cycle, context.Now), SchedulingForm.BetterDay(cycle, context.Now));
        return About(
            context,
            IsFirst(key) ? subject : last.Length > 0 ? SchedulingTexts.ProposeLastSubject : SchedulingTexts.ProposeStillSubject,
            [text, Say.Text(SchedulingTexts.ProposeFrom, Say.Date(first), Say.Date(better)), last],
            ToCycle(context, SchedulingTexts.ProposeButton));
    }

    /// <summary>The days that were on offer last in a round.</summary>
    private static IEnumerable<LocalDate> Offered(Snapshot cycle, int round) =>
        cycle.All<SlotsProposed>().Where(one => one.Round == round).MaxBy(one => one.Number)?.Slots.Select(slot => slot.Date).Distinct() ?? [];

    private Letter Ask(MessageKey key, LetterContext context)
    {
        var cycle = context.TheCycle;
        var (marked, last) = (cycle.Choosers().Count(cycle.HasMarked), LastReminder(key, cycle.Policy.Scheduling.Asks));
        var (subject, text) =
            IsFirst(key) ? (SchedulingTexts.AskSubject, cycle.ProposedAnew()!.Number == 1 ? SchedulingTexts.Ask : SchedulingTexts.AskOthers)
            : (last.Length > 0 ? SchedulingTexts.LastReminderSubject : SchedulingTexts.ReminderSubject, marked > 0 ? SchedulingTexts.Reminder : SchedulingTexts.ReminderNobody);
        return About(
            context,
            Say.Text(subject, DeadlineDay(context)),
            [
                Say.Text(text, string.Join("; ", cycle.Proposed()!.Slots.Select(slot => Say.SessionTime(cycle, slot))), marked, cycle.Choosers().Count),
                Say.Text(SchedulingTexts.AskDeadline, Deadline(context)),
                last,
            ],
            ToAsk(context, SchedulingForm.Page, RoleOf(key.Person, cycle), SchedulingTexts.AskButton));
    }

    private static async Task<Letter> Fixed(MessageKey key, LetterContext context, CancellationToken cancel) => About(
        context,
        Say.Text(MovedFrom(key, context) is null ? SchedulingTexts.FixedSubject : SchedulingTexts.MovedSubject, SessionDate(context)),
        [
            MovedFrom(key, context) is { } was
                ? Say.Text(StageTexts.MovedFrom, SessionTime(context), Say.Date(was.Date))
                : Say.Text(SchedulingTexts.Fixed, SessionTime(context), await Names(context.TheCycle.Leading(), context, cancel)),
            CannotCome(context)
                ? Say.Text(SchedulingTexts.NotMarked, context.TheCycle.KickOff.Phone)
                : context.TheCycle.AreInvited() ? SchedulingTexts.KeepFreeInvited : SchedulingTexts.KeepFree,
            Where(context),
        ]);

    /// <summary>What the reader's calendar shows, where the session had another date there; else null.</summary>
    private static LocalDateTime? MovedFrom(MessageKey key, LetterContext context) =>
        context.TheCycle.InCalendarBefore(key)?.Starts is { } was && was != context.TheCycle.Session()!.LocalStart ? was : null;

    /// <summary>In the last days before a session a place cannot wait for the next mail.</summary>
    protected override Haste HasteOfOwn(MessageKey key, LetterContext context) => VenuePlan.IsOfTheLastDays(key) ? Haste.AtOnce : Haste.Asks;

    private static Letter Venue(MessageKey key, LetterContext context) => VenuePlan.IsUrgent(key) ? VenueUrgent(key, context) : About(
        context,
        Say.Text(IsFirst(key) ? SchedulingTexts.VenueSubject : SchedulingTexts.VenueReminderSubject, SessionDate(context), Say.InDays(DaysToSession(context))),
        [
            Say.Text(IsFirst(key) ? SchedulingTexts.Venue : SchedulingTexts.VenueReminder, SessionTime(context)),
            VenueWords.Until(context.TheCycle, context.Now) ?? "",
            LastReminder(key, context.TheCycle.Policy.Scheduling.Venue!.Asks),
        ],
        ToAsk(context, VenueForm.Page, DivisionRole(key.Person, context.TheCycle), SchedulingTexts.VenueButton));

    /// <summary>Who comes has no address to go to; the Division can name it, the coordinator find out.</summary>
    private static Letter VenueUrgent(MessageKey key, LetterContext context)
    {
        var cycle = context.TheCycle;
        var coming = cycle.Members(Role.Participant).Count(cycle.IsExpected);
        var isCoordinator = key.Kind == SchedulingPlan.VenueMissing;
        return About(
            context,
            Say.Text(SchedulingTexts.VenueUrgentSubject, Say.InDays(DaysToSession(context))),
            [
                Say.Text(coming > 0 ? SchedulingTexts.VenueUrgent : SchedulingTexts.VenueUrgentNobody, SessionTime(context), coming),
                isCoordinator ? SchedulingTexts.VenueUrgentFindOut : SchedulingTexts.VenueUrgentName,
                VenuePlan.IsLast(key) ? StageTexts.LastReminder : "",
            ],
            isCoordinator
                ? ToCycle(context, SchedulingTexts.VenueMissingButton)
                : ToAsk(context, VenueForm.Page, DivisionRole(key.Person, cycle), SchedulingTexts.VenueButton));
    }

    private static Letter VenueMissing(MessageKey key, LetterContext context) => VenuePlan.IsUrgent(key) ? VenueUrgent(key, context) : About(
        context,
        Say.Text(IsFirst(key) ? SchedulingTexts.VenueMissingSubject : SchedulingTexts.VenueUrgentSubject, IsFirst(key) ? SessionDate(context) : Say.InDays(DaysToSession(context))),
        [Say.Text(SchedulingTexts.VenueMissingLetter, SessionDate(context)), LastReminder(key, context.TheCycle.Policy.Decisions)],
        ToCycle(context, SchedulingTexts.VenueMissingButton));

    /// <summary>The date has fallen, or stands without the reader. It is named as they know it: of a newer one they may not have heard.</summary>
    private static Letter Cancelled(MessageKey key, LetterContext context)
    {
        var (cycle, entry) = (context.TheCycle, EntryOf(key, context)!);
        var known = (cycle.InCalendarBefore(key) ?? entry).Starts;
        var when = Say.SessionTime(cycle, known);
        return cycle.All<MemberLeft>().Any(left => left.Person == key.Person && Replacing.Roles.Contains(left.Role) && !cycle.HasRole(left.Role, left.Person))
            ? Replacing.IsReplaced(cycle, key.Person)
                ? About(context, Say.Text(SchedulingTexts.ReplacedSubject, Say.Date(known.Date)), [Say.Text(SchedulingTexts.Replaced, when)])
                : About(context, Say.Text(SchedulingTexts.LeftSubject, Say.Date(known.Date)), [Say.Text(SchedulingTexts.Left, when)])
            : cycle.Session()?.LocalStart == entry.Starts
            ? About(context, Say.Text(SchedulingTexts.ReleasedSubject, Say.Date(known.Date)), [Say.Text(SchedulingTexts.Released, when)])
            : About(
                context,
                Say.Text(SchedulingTexts.FallenSubject, Say.Date(known.Date)),
                [Say.Text(WhyFallen(cycle, entry), when), SchedulingTexts.Fallen]);
    }

    private static Letter Trouble(LetterContext context, string subject, string text) =>
        About(context, subject, [text], ToCycle(context, StageTexts.OpenCommunity));

    /// <summary>Their id is the message's occasion.</summary>
    private static async Task<Letter> Declined(MessageKey key, LetterContext context, CancellationToken cancel)
    {
        var declining = context.TheCycle.Choosers().Where(person => key.Occasion.EndsWith("-" + person, StringComparison.Ordinal));
        var names = await Names(declining, context, cancel);
        return Trouble(context, SchedulingTexts.DeclinedSubject, Say.Text(SchedulingTexts.Declined, names, SessionTime(context)));
    }

    /// <summary>Whether the coordinator opened the newest round, by postponing the session.</summary>
    private static bool WasPostponed(Snapshot cycle) =>
        cycle.Adaptations().Exists(adapted => adapted.What is PostponeSession && adapted.At == cycle.RoundOf(StageIds.Scheduling)!.At);

    private static string WhyFallen(Snapshot cycle, CalendarEntry entry) =>
        WasPostponed(cycle) ? SchedulingTexts.PostponedByCoordinator
        : cycle.All<SessionPostponed>().Any(postponed => postponed.Was == entry.Starts) ? SchedulingTexts.Postponed
        : SchedulingTexts.Untrained;

    protected override bool HasAccepted(CalendarEntry entry, LetterContext context) => MarkOf(context)?.Slots.Contains(entry.Starts) ?? false;

    /// <summary>Whether the reader was shown the date that is fixed now, and did not mark it.</summary>
    private static bool CannotCome(LetterContext context)
    {
        var (cycle, starts) = (context.TheCycle, context.TheCycle.Session()!.LocalStart);
        return MarkOf(context) is { } mark
            && !mark.Slots.Contains(starts)
            && cycle.Answers<SlotsProposed>(cycle.RoundOf(StageIds.Scheduling)!).Any(proposal => proposal.Number == mark.Proposal && proposal.Slots.Contains(starts));
    }

    /// <summary>The dates that the reader can make; null where they have not said.</summary>
    private static SlotsMarked? MarkOf(LetterContext context) => context.TheCycle
        .Answers<SlotsMarked>(context.TheCycle.RoundOf(StageIds.Scheduling)!)
        .SingleOrDefault(mark => mark.Person == context.Reader.Id);

    private static Role RoleOf(PersonId person, Snapshot cycle) =>
        new[] { Role.Facilitator, Role.DivisionLead, Role.Coach }.First(role => cycle.Members(role).Contains(person));
}
