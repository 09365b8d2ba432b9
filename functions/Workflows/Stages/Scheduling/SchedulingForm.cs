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

    private static LocalDate DayAhead(Snapshot cycle, Instant now, int days) =>
        new CommunityDays(cycle.KickOff.Zone).DateOf(now).PlusDays(days + cycle.Policy.Scheduling.ClosesDay + cycle.Policy.DeadlineMovesAtMost);

    /// <summary>The coordinator proposes slots, or others in their place while people choose; a sentence where it cannot be done.</summary>
    public static async Task<string?> Propose(Visit visit, IFormCollection form, Intake intake, CancellationToken cancel)
    {
        var (cycle, before) = (visit.Cycle, visit.Cycle.Proposed());
        if (cycle.RoundOf(StageIds.Scheduling) is not { } round || cycle.Session() is not null || SeenIn(form) != (before?.Number ?? 0))
        {
            return SchedulingTexts.NotNow;
        }

        var parsed = form["slot"].Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => SlotPattern.Parse(text!.Trim().Replace(' ', 'T'))).ToList();
        var slots = parsed.Where(slot => slot.Success).Select(slot => slot.Value).Distinct().Order().ToImmutableList();
        if (slots.IsEmpty || slots.Count < parsed.Count || slots.Count > cycle.Policy.Scheduling.Slots)
        {
            return Say.Text(SchedulingTexts.SlotsNotRead, cycle.Policy.Scheduling.Slots);
        }

        if (ProblemOf(visit, slots.RemoveRange(before?.Slots ?? [])) is { } problem)
        {
            return problem;
        }

        var proposal = new SlotsProposed(round.Round, visit.Person.Id, slots, visit.By, visit.Now, (before?.Number ?? 0) + 1);
        return slots.SequenceEqual(before?.Slots ?? []) || await intake.Record(cycle.Cycle, [proposal], cancel) ? null : SchedulingTexts.NotNow;
    }

    /// <summary>Why one of the new slots, earliest first, cannot be; those that are on offer stay, however near they have come.</summary>
    private static string? ProblemOf(Visit visit, ImmutableList<LocalDateTime> slots)
    {
        var first = FirstDay(visit.Cycle, visit.Now);
        return slots.Select(slot => slot.Date).Select(date =>
            date < first ? Say.Text(SchedulingTexts.TooEarly, Say.LongDate(first))
            : Holidays.IsHoliday(date) ? Say.Text(SchedulingTexts.Holiday, Say.LongDate(date))
            : visit.Cycle.KickOff.IsBlackedOut(date) ? Say.Text(SchedulingTexts.BlackedOut, Say.LongDate(date))
            : date > first.PlusYears(1) ? Say.Text(SchedulingTexts.TooLate, Say.LongDate(first.PlusYears(1)))
            : null).FirstOrDefault(problem => problem is not null);
    }

    private static int SeenIn(IFormCollection form) => int.TryParse(form[Seen], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static async Task<IResult> Mark(Visit visit, IFormCollection form, Intake intake, CancellationToken cancel)
    {
        var (cycle, person, offered) = (visit.Cycle, visit.Person.Id, visit.Cycle.OpenSlots());
        if (offered.IsEmpty || !cycle.Choosers().Contains(person))
        {
            return visit.Unchanged();
        }

        var marked = form["slot"].Select(text => SlotPattern.Parse(text ?? "")).Where(slot => slot.Success).Select(slot => slot.Value).ToHashSet();
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
