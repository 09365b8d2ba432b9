using System.Collections.Immutable;
using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Stages.Scheduling;

/// <summary>The page on which the choosers mark slots, and the coordinator's proposal of slots.</summary>
public static class SchedulingForm
{
    public const string Page = "dates";

    private const int DaysOfAYear = 366;

    /// <summary>How HTML's datetime-local writes a time.</summary>
    public static readonly LocalDateTimePattern SlotPattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static Task<IResult> Get(string token, Door door, SessionCalendar calendar, CancellationToken cancel) =>
        door.Open(Page, token, visit => Show(visit, calendar, cancel), cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Mark(visit, form, intake, cancel), cancel);

    /// <summary>The field of a proposal and of marks that holds the number of the proposal that their page showed.</summary>
    public const string Seen = "seen";

    /// <summary>The first day that can be proposed: as far ahead as the policy says, still when the poll closes at its latest.</summary>
    public static LocalDate FirstDay(Snapshot cycle, Instant now) => DayAhead(cycle, now, cycle.Policy.Scheduling.DaysAhead);

    /// <summary>The first day that leaves people time enough to plan.</summary>
    public static LocalDate BetterDay(Snapshot cycle, Instant now) =>
        DayAhead(cycle, now, Math.Max(cycle.Policy.Scheduling.DaysAhead, cycle.Policy.Scheduling.AimDaysAhead));

    private static LocalDate DayAhead(Snapshot cycle, Instant now, int days) => FreeFrom(
        cycle, new CommunityDays(cycle.KickOff.Zone).DateOf(now).PlusDays(days + cycle.Policy.Scheduling.ClosesDay + cycle.Policy.DeadlineMovesAtMost));

    /// <summary>The first day from then on that is no holiday and not blacked out.</summary>
    private static LocalDate FreeFrom(Snapshot cycle, LocalDate from) => Enumerable.Range(0, DaysOfAYear)
        .Select(from.PlusDays)
        .FirstOrDefault(date => !Holidays.IsHoliday(date) && !cycle.KickOff.IsBlackedOut(date), from);

    /// <summary>The coordinator proposes slots, or others in their place while people choose; a sentence where it cannot be done.</summary>
    public static async Task<string?> Propose(Visit visit, IFormCollection form, Intake intake, CancellationToken cancel)
    {
        var (cycle, before) = (visit.Cycle, visit.Cycle.Proposed());
        if (cycle.RoundOf(StageIds.Scheduling) is not { } round || cycle.Session() is not null || SeenIn(form) != (before?.Number ?? 0))
        {
            return SchedulingTexts.NotNow;
        }

        var typed = form["slot"].OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text)).ToList();
        var slots = typed.Select(Read).OfType<LocalDateTime>().Distinct().Order().ToImmutableList();
        if ((ProblemOf(typed, slots, cycle) ?? ProblemOf(visit, slots.RemoveRange(before?.Slots ?? []))) is { } problem)
        {
            return problem;
        }

        var proposal = new SlotsProposed(round.Round, visit.Person.Id, slots, visit.By, visit.Now, (before?.Number ?? 0) + 1);
        return slots.SequenceEqual(before?.Slots ?? []) || await intake.Record(cycle.Cycle, [proposal], cancel) ? null : SchedulingTexts.NotNow;
    }

    private static LocalDateTime? Read(string text) => SlotPattern.Parse(text.Trim().Replace(' ', 'T')) is { Success: true } read ? read.Value : null;

    private static string? ProblemOf(List<string> typed, ImmutableList<LocalDateTime> slots, Snapshot cycle) =>
        typed.Find(text => Read(text) is null) is { } unread ? Say.Text(SchedulingTexts.SlotNotRead, unread)
        : slots.IsEmpty || slots.Count < typed.Count || slots.Count > cycle.Policy.Scheduling.Slots ? Say.Text(SchedulingTexts.SlotsNotRead, cycle.Policy.Scheduling.Slots)
        : null;

    /// <summary>Why new slots cannot be, a sentence for each day; those that are on offer stay, however near they have come.</summary>
    private static string? ProblemOf(Visit visit, IEnumerable<LocalDateTime> slots)
    {
        var problems = slots.Select(slot => slot.Date).Distinct().Select(date => ProblemOf(date, visit.Cycle, visit.Now)).OfType<string>().ToList();
        return problems.Count > 0 ? string.Join('\n', problems) : null;
    }

    private static string? ProblemOf(LocalDate date, Snapshot cycle, Instant now)
    {
        var (first, last) = (FirstDay(cycle, now), FirstDay(cycle, now).PlusYears(1));
        return date < first ? Say.Text(SchedulingTexts.TooEarly, Say.LongDate(date), Say.LongDate(first))
            : date > last ? Say.Text(SchedulingTexts.TooLate, Say.LongDate(date), Say.LongDate(last))
            : Holidays.IsHoliday(date) ? Say.Text(SchedulingTexts.Holiday, Say.LongDate(date), Say.LongDate(FreeFrom(cycle, date)))
            : cycle.KickOff.IsBlackedOut(date) ? Say.Text(SchedulingTexts.BlackedOut, Say.LongDate(date), Say.LongDate(FreeFrom(cycle, date)))
            : null;
    }

    private static int SeenIn(IFormCollection form) => int.TryParse(form[Seen], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static async Task<IResult> Mark(Visit visit, IFormCollection form, Intake intake, CancellationToken cancel)
    {
        var (cycle, person, offered) = (visit.Cycle, visit.Person.Id, visit.Cycle.OpenSlots());
        if (offered.IsEmpty || !cycle.Choosers().Contains(person))
        {
            return visit.Unchanged();
        }

        var marked = form["slot"].OfType<string>().Select(Read).OfType<LocalDateTime>().ToHashSet();
        if (SeenIn(form) != cycle.Proposed()!.Number)
        {
            return await Complain(visit, SchedulingTexts.DatesChanged, marked);
        }

        if (!marked.IsSubsetOf(offered) || (marked.Count == 0 && form["answer"] != "none"))
        {
            return await Complain(visit, SchedulingTexts.PickOne, marked);
        }

        ImmutableList<LocalDateTime> slots = form["answer"] == "none" ? [] : [.. offered.Where(marked.Contains)];
        var marks = new SlotsMarked(cycle.RoundOf(StageIds.Scheduling)!.Round, person, slots, visit.By, visit.Now, cycle.Proposed()!.Number);
        await intake.Record(cycle.Cycle, [marks], cancel);
        return visit.Recorded(slots.IsEmpty ? SchedulingTexts.ThanksNone : SchedulingTexts.Thanks);
    }

    private static async Task<IResult> Show(Visit visit, SessionCalendar calendar, CancellationToken cancel) => Pages.Of<SchedulingPage>(
        (nameof(SchedulingPage.Visit), visit),
        (nameof(SchedulingPage.Busy), await calendar.BusyAt(visit.Cycle, visit.Person, visit.Cycle.OpenSlots(), cancel)));

    private static Task<IResult> Complain(Visit visit, string problem, IReadOnlySet<LocalDateTime> typed) => Task.FromResult(Pages.Of<SchedulingPage>(
        StatusCodes.Status422UnprocessableEntity,
        (nameof(SchedulingPage.Visit), visit.Complaining(problem)),
        (nameof(SchedulingPage.Typed), typed)));
}
