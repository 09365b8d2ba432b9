using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Stages.Scheduling;

/// <summary>The page on which the choosers mark slots, and the coordinator's proposal of slots.</summary>
public static class SchedulingForm
{
    public const string Page = "dates";

    /// <summary>How HTML's datetime-local writes a time.</summary>
    public static readonly LocalDateTimePattern SlotPattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) =>
        door.Open(Page, token, Pages.For<SchedulingPage>, cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Mark(visit, form, intake, cancel), cancel);

    /// <summary>The slots that the choosers can mark now, or none.</summary>
    public static ImmutableList<LocalDateTime> OpenSlots(Snapshot cycle) =>
        cycle.RoundOf(StageIds.Scheduling) is { } round && !IsFixed(cycle)
            ? cycle.Answers<SlotsProposed>(round).SingleOrDefault()?.Slots ?? []
            : [];

    /// <summary>The first day that can be proposed: as far ahead as the policy says, still when the poll closes at its latest.</summary>
    public static LocalDate FirstDay(Snapshot cycle, Instant now) => DayAhead(cycle, now, cycle.Policy.Scheduling.DaysAhead);

    /// <summary>The first day that leaves people time enough to plan.</summary>
    public static LocalDate BetterDay(Snapshot cycle, Instant now) =>
        DayAhead(cycle, now, Math.Max(cycle.Policy.Scheduling.DaysAhead, cycle.Policy.Scheduling.AimDaysAhead));

    private static LocalDate DayAhead(Snapshot cycle, Instant now, int days) =>
        new CommunityDays(cycle.KickOff.Zone).DateOf(now).PlusDays(days + cycle.Policy.Scheduling.ClosesDay + cycle.Policy.DeadlineMovesAtMost);

    /// <summary>The coordinator proposes slots; a sentence where it cannot be done.</summary>
    public static async Task<string?> Propose(Visit visit, StringValues typed, Intake intake, CancellationToken cancel)
    {
        var cycle = visit.Cycle;
        if (cycle.RoundOf(StageIds.Scheduling) is not { } round || IsFixed(cycle) || cycle.Answers<SlotsProposed>(round).Any())
        {
            return SchedulingTexts.NotNow;
        }

        var parsed = typed.Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => SlotPattern.Parse(text!.Trim().Replace(' ', 'T'))).ToList();
        var slots = parsed.Where(slot => slot.Success).Select(slot => slot.Value).Distinct().Order().ToImmutableList();
        if (slots.IsEmpty || slots.Count < parsed.Count || slots.Count > cycle.Policy.Scheduling.Slots)
        {
            return Say.Text(SchedulingTexts.SlotsNotRead, cycle.Policy.Scheduling.Slots);
        }

        var first = FirstDay(cycle, visit.Now);
        if (slots[0].Date < first)
        {
            return Say.Text(SchedulingTexts.TooEarly, Say.LongDate(first));
        }

        if (slots.Find(slot => Holidays.IsHoliday(slot.Date)) is { Year: > 1 } onHoliday)
        {
            return Say.Text(SchedulingTexts.Holiday, Say.LongDate(onHoliday.Date));
        }

        if (slots.Find(slot => cycle.KickOff.IsBlackedOut(slot.Date)) is { Year: > 1 } blackedOut)
        {
            return Say.Text(SchedulingTexts.BlackedOut, Say.LongDate(blackedOut.Date));
        }

        if (slots[^1].Date > first.PlusYears(1))
        {
            return Say.Text(SchedulingTexts.TooLate, Say.LongDate(first.PlusYears(1)));
        }

        var proposal = new SlotsProposed(round.Round, visit.Person.Id, slots, visit.By, visit.Now);
        return await intake.Record(cycle.Cycle, [proposal], cancel) ? null : SchedulingTexts.NotNow;
    }

    private static async Task<IResult> Mark(Visit visit, IFormCollection form, Intake intake, CancellationToken cancel)
    {
        var (cycle, person, offered) = (visit.Cycle, visit.Person.Id, OpenSlots(visit.Cycle));
        if (offered.IsEmpty || !cycle.Choosers().Contains(person))
        {
            return visit.Unchanged();
        }

        var marked = form["slot"].Select(text => SlotPattern.Parse(text ?? "")).Where(slot => slot.Success).Select(slot => slot.Value).ToHashSet();
        if (!marked.IsSubsetOf(offered) || (marked.Count == 0 && form["answer"] != "none"))
        {
            return await Pages.For<SchedulingPage>(visit.Complaining(SchedulingTexts.PickOne));
        }

        ImmutableList<LocalDateTime> slots = form["answer"] == "none" ? [] : [.. offered.Where(marked.Contains)];
        var marks = new SlotsMarked(cycle.RoundOf(StageIds.Scheduling)!.Round, person, slots, visit.By, visit.Now);
        await intake.Record(cycle.Cycle, [marks], cancel);
        return visit.Recorded(SchedulingTexts.Thanks);
    }

    private static bool IsFixed(Snapshot cycle) => cycle.OutcomeOf<SessionDated>(StageIds.Scheduling) is not null;
}
