using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>The page on which a facilitator, or the coordinator, confirms who was at the session.</summary>
public static class ListForm
{
    public const string Page = "list";

    public static Task<IResult> Get(string token, Door door, People people, CancellationToken cancel) =>
        door.Open(Page, token, visit => Show(visit, people, cancel), cancel);

    public static Task<IResult> Post(
        string token, IFormCollection form, Door door, Intake intake, People people, IIdSource ids, CancellationToken cancel) =>
        door.Open(Page, token, visit => Confirm(visit, form, intake, people, ids, cancel), cancel);

    /// <summary>Whether the session is over and its list not confirmed yet.</summary>
    public static bool IsOpen(Visit visit) =>
        visit.Cycle.Session() is { } session
        && session.Ends <= visit.Now
        && visit.Cycle.RoundOf(StageIds.Attendance) is not null
        && visit.Cycle.OutcomeOf<AttendanceConfirmed>(StageIds.Attendance) is null;

    public static async Task<IResult> Show(Visit visit, People people, CancellationToken cancel)
    {
        var rows = new List<ListRow>();
        foreach (var person in visit.Cycle.Members(Role.Participant))
        {
            var isExpected = Seating.Of(visit.Cycle, person).Stands is Stands.HasSeat or Stands.Recorded;
            rows.Add(new ListRow(await people.Get(person, cancel), isExpected));
        }

        var inOrder = rows.OrderByDescending(row => row.SaidYes).ThenBy(row => row.Person.Name, StringComparer.Ordinal).ToList();
        return Pages.Of<ListPage>((nameof(ListPage.Visit), visit), (nameof(ListPage.Rows), inOrder));
    }

    public static async Task<IResult> Confirm(
        Visit visit, IFormCollection form, Intake intake, People people, IIdSource ids, CancellationToken cancel)
    {
        if (!IsOpen(visit) || !MayConfirm(visit))
        {
            return await Show(visit, people, cancel);
        }

        var isNobody = form["answer"] == "nobody";
        var ticked = isNobody ? [] : form["attended"].ToHashSet(StringComparer.Ordinal);
        if (ticked.Count == 0 && !isNobody)
        {
            return await Show(visit.Complaining(AttendanceTexts.TickSomebody), people, cancel);
        }

        var facts = List(visit, ticked, ids.New());
        return await intake.Record(visit.Cycle.Cycle, facts, cancel)
            ? await Show((visit with { Cycle = visit.Cycle.With(facts) }).Saying(AttendanceTexts.ListThanks), people, cancel)
            : Results.Redirect(visit.Path);
    }

    /// <summary>The list under a name of its own, what makes it count last.</summary>
    private static List<Fact> List(Visit visit, HashSet<string?> ticked, string list)
    {
        var (cycle, by, now) = (visit.Cycle, visit.Person.Id, visit.Now);
        var round = cycle.RoundOf(StageIds.Attendance)!.Round;
        return
        [
            .. cycle.Members(Role.Participant).Select(person => new Attended(round, person, ticked.Contains(person.Value), by, now, list)),
            new AttendanceListed(round, by, by, now, list),
        ];
    }

    private static bool MayConfirm(Visit visit) => visit.Cycle.Leading().Append(visit.Cycle.Coordinator).Contains(visit.Person.Id);
}

/// <summary>A line of the list.</summary>
public sealed record ListRow(Person Person, bool SaidYes);
