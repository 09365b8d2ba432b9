using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>
/// The page of those who lead, and of the coordinator: before the session its sheet to print, on the day who comes without an
/// invitation, afterwards who was there, and for some time what was wrong with that.
/// </summary>
public static class ListForm
{
    public const string Page = "list";

    private const int CorrectionsAtMost = 98;

    public static Task<IResult> Get(string token, HttpContext http, Door door, People people, CancellationToken cancel) =>
        door.Open(Page, token, visit => Show(visit, http, people, cancel), cancel);

    public static Task<IResult> Post(
        string token, IFormCollection form, Door door, Intake intake, People people, IIdSource ids, CancellationToken cancel) =>
        door.Open(Page, token, visit => Confirm(visit, form, intake, people, ids, cancel), cancel);

    /// <summary>Whether the page shows whom to expect, to one who leads: from the date on until the session is over.</summary>
    public static bool HasSheet(Visit visit) =>
        visit.Cycle.Leading().Contains(visit.Person.Id)
        && visit.Cycle.Session() is { } session
        && visit.Now < session.Ends
        && visit.Cycle.RoundOf(StageIds.Attendance) is not null;

    /// <summary>Whether the session is over and its list not confirmed yet.</summary>
    public static bool IsOpen(Visit visit) =>
        visit.Cycle.Session() is { } session
        && session.Ends <= visit.Now
        && visit.Cycle.RoundOf(StageIds.Attendance) is not null
        && visit.Cycle.OutcomeOf<AttendanceConfirmed>(StageIds.Attendance) is null
        && visit.Cycle.List() is null;

    /// <summary>Whether the list that was confirmed can be corrected.</summary>
    public static bool MayCorrect(Visit visit) => CorrectedUntil(visit.Cycle) is { } until && visit.Now < until && visit.Cycle.List()!.Number <= CorrectionsAtMost;

    /// <summary>Until when a list can be corrected, counted from the first; null before that.</summary>
    public static Instant? CorrectedUntil(Snapshot cycle) =>
        cycle.RoundOf(StageIds.Attendance) is { } round && cycle.Answers<AttendanceListed>(round).MinBy(listed => listed.Number) is { } first
            ? first.At + Duration.FromDays(cycle.Policy.Attendance.CorrectionDays)
            : null;

    /// <summary>Whether people who come without an invitation can be added: on the day, and as long as the list is open or can be corrected.</summary>
    public static bool MayAdd(Visit visit) => CheckInForm.IsOpen(visit) || MayCorrect(visit);

    public static Task<IResult> Show(Visit visit, HttpContext http, People people, CancellationToken cancel) =>
        Show(visit, null, ListTicks.Read(OpenAnew.DraftOn(http)), people, cancel);

    public static Task<IResult> Confirm(
        Visit visit, IFormCollection form, Intake intake, People people, IIdSource ids, CancellationToken cancel) =>
        !MayConfirm(visit) ? Task.FromResult(visit.Unchanged())
        : form["answer"] == "walk-in" && MayAdd(visit) ? WalkIn(visit, form, intake, people, cancel)
        : IsOpen(visit) || MayCorrect(visit) ? List(visit, form, intake, people, ids, cancel)
        : Task.FromResult(visit.Unchanged());

    private static async Task<IResult> List(
        Visit visit, IFormCollection form, Intake intake, People people, IIdSource ids, CancellationToken cancel)
    {
        var isNobody = form["answer"] == "nobody";
        var ticked = isNobody ? [] : form["attended"].ToHashSet(StringComparer.Ordinal);
        if (ticked.Count == 0 && !isNobody)
        {
            return await Show(visit.Complaining(AttendanceTexts.TickSomebody), form, people, cancel);
        }

        if (form["name"].ToString().Trim() is { Length: > 0 } name)
        {
            return await Show(visit.Complaining(Say.Text(AttendanceTexts.WalkInLeft, name, AttendanceTexts.WalkInButton)), form, people, cancel);
        }

        if (visit.Cycle.List() is not null && ticked.SetEquals(visit.Cycle.Attendees().Select(person => person.Value)))
        {
            return visit.Unchanged();
        }

        var facts = List(visit, ticked, ids.New());
        return await intake.Record(visit.Cycle.Cycle, facts, cancel) ? visit.Recorded(AttendanceTexts.ListThanks) : visit.Unchanged();
    }

    /// <summary>The list under a name of its own, what makes it count last.</summary>
    private static List<Fact> List(Visit visit, HashSet<string?> ticked, string list)
    {
        var (cycle, by, now) = (visit.Cycle, visit.By, visit.Now);
        var round = cycle.RoundOf(StageIds.Attendance)!.Round;
        return
        [
            .. cycle.Members(Role.Participant).Select(person => new Attended(round, person, ticked.Contains(person.Value), by, now, list)),
            new AttendanceListed(round, visit.Person.Id, by, now, list, (cycle.List()?.Number ?? 0) + 1),
        ];
    }

    /// <summary>Somebody came without an invitation: a participant from now on, and there.</summary>
    private static async Task<IResult> WalkIn(Visit visit, IFormCollection form, Intake intake, People people, CancellationToken cancel)
    {
        var (name, address) = (form["name"].ToString().Trim(), form["address"].ToString().Trim());
        if (Roster.Check(name, address) is { } problem)
        {
            return await Show(visit.Complaining(problem), form, people, cancel);
        }

        var person = await people.FindOrAdd(name, address, visit.Zone, cancel);
        await intake.Record(visit.Cycle.Cycle, NewParticipant.Facts(visit, person, hasCome: true), cancel);
        return new OpenAnew(visit.Path, Say.Text(AttendanceTexts.WalkInThanks, name)) { Draft = ListTicks.Write(ListTicks.Changed(visit, form)) };
    }

    private static Task<IResult> Show(Visit visit, IFormCollection typed, People people, CancellationToken cancel) =>
        Show(visit, typed, ListTicks.Changed(visit, typed), people, cancel);

    private static async Task<IResult> Show(
        Visit visit, IFormCollection? typed, IReadOnlyDictionary<string, bool> ticks, People people, CancellationToken cancel)
    {
        var rows = new List<ListRow>();
        foreach (var person in visit.Cycle.Members(Role.Participant))
        {
            rows.Add(new ListRow(await people.Get(person, cancel), HadSeat(visit.Cycle, person), CheckInForm.IsIn(visit.Cycle, person), Needs.MaySee(visit) ? Needs.Of(visit.Cycle, person) : ""));
        }

        return Pages.Of<ListPage>(
            visit.Notice is { IsProblem: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (nameof(ListPage.Visit), visit),
            (nameof(ListPage.Rows), rows.OrderByDescending(row => row.IsExpected).ThenByName(row => row.Person.Name).ToList()),
            (nameof(ListPage.Ticks), ticks),
            (nameof(ListPage.Typed), typed));
    }

    internal static bool HadSeat(Snapshot cycle, PersonId person) => Seating.Of(cycle, person).Stands is Stands.HasSeat or Stands.Recorded;

    private static bool MayConfirm(Visit visit) => visit.Cycle.Leading().Append(visit.Cycle.Coordinator).Contains(visit.Person.Id);
}

/// <summary>A line of the list.</summary>
/// <param name="Person">Who.</param>
/// <param name="SaidYes">Whether they had a seat.</param>
/// <param name="IsIn">Whether they were there.</param>
/// <param name="Needs">What they need, for those who may see it; "" for nothing.</param>
public sealed record ListRow(Person Person, bool SaidYes, bool IsIn, string Needs)
{
    public bool IsExpected => SaidYes || IsIn;
}
