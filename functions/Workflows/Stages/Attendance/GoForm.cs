using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>The page on which the Division lead, or the coordinator, decides on a session for which too few have a seat.</summary>
public static class GoForm
{
    public const string Page = "go";

    /// <summary>Behind the path: what postponing means, and whether it is meant.</summary>
    public const string ToPostpone = "?step=postpone";

    public static Task<IResult> Get(string token, HttpContext http, Door door, People people, CancellationToken cancel) =>
        door.Open(Page, token, visit => Show(visit, http, people, cancel), cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, People people, CancellationToken cancel) =>
        door.Open(Page, token, visit => Decide(visit, form, intake, people, cancel), cancel);

    /// <summary>The question that is open, or null.</summary>
    public static GoAsked? Question(Visit visit) =>
        visit.Cycle.Session() is { } session && visit.Now < session.Starts && visit.Cycle.RoundOf(StageIds.Attendance) is { } round
            ? HeadcountPlan.OpenQuestion(visit.Cycle, round)
            : null;

    /// <summary>What was decided last, or null.</summary>
    public static GoDecision? Decided(Snapshot cycle) =>
        cycle.RoundOf(StageIds.Attendance) is { } round ? cycle.Answers<GoDecided>(round).MaxBy(decided => decided.Number)?.Decision : null;

    public static async Task<IResult> Show(Visit visit, HttpContext http, People people, CancellationToken cancel) => Pages.Of<GoPage>(
        (nameof(GoPage.Visit), visit),
        (nameof(GoPage.Invited), await Invited(visit, people, cancel)),
        (nameof(GoPage.IsPostponing), http.Request.QueryString.Value == ToPostpone));

    public static async Task<IResult> Decide(Visit visit, IFormCollection form, Intake intake, People people, CancellationToken cancel)
    {
        if (Question(visit) is not { } question)
        {
            return visit.Unchanged();
        }

        if (form["decision"].ToString() is "postpone" or "back")
        {
            return new OpenAnew(visit.Path) { Query = form["decision"] == "postpone" ? ToPostpone : "" };
        }

        if (DecisionIn(form, question) is not { } decision)
        {
            return await Refuse(visit.Complaining(AttendanceTexts.PickOne), form, [], people, cancel);
        }

        var roster = Roster.Read(decision == GoDecision.InviteMore ? form["people"].ToString() : "");
        return roster.Problems.IsEmpty
            ? await Record(visit, question, decision, roster, intake, people, cancel)
            : await Refuse(visit, form, roster.Problems, people, cancel);
    }

    private static async Task<IResult> Refuse(
        Visit visit, IFormCollection typed, IReadOnlyList<string> problems, People people, CancellationToken cancel) => Pages.Of<GoPage>(
        StatusCodes.Status422UnprocessableEntity,
        (nameof(GoPage.Visit), visit),
        (nameof(GoPage.Invited), await Invited(visit, people, cancel)),
        (nameof(GoPage.Typed), typed),
        (nameof(GoPage.Problems), problems));

    private static async Task<IReadOnlyList<string>> Invited(Visit visit, People people, CancellationToken cancel) =>
        [.. (await people.GetAll(visit.Cycle.Members(Role.Participant), cancel)).Select(person => person.Name).OrderByName(name => name)];

    /// <summary>The people first, the decision last: it is what counts.</summary>
    private static async Task<IResult> Record(
        Visit visit, GoAsked question, GoDecision decision, Roster roster, Intake intake, People people, CancellationToken cancel)
    {
        var (cycle, now) = (visit.Cycle, visit.Now);
        var facts = new List<Fact>();
        foreach (var typed in roster.People)
        {
            var person = await people.FindOrAdd(typed.Name, typed.Address, cycle.KickOff.Zone, cancel);
            if (!cycle.HasRole(Role.Participant, person))
            {
                facts.Add(new Member(Role.Participant, person, now, visit.By));
            }
        }

        facts.Add(new GoDecided(question.Round, visit.Person.Id, question.Number, decision, visit.By, now));
        return await intake.Record(cycle.Cycle, facts, cancel) ? visit.Recorded(visit.ToOrOf(AttendanceTexts.GoThanks, AttendanceTexts.GoThanksOf)) : visit.Unchanged();
    }

    /// <summary>More can be invited once; to postpone cannot be undone, and is asked twice.</summary>
    private static GoDecision? DecisionIn(IFormCollection form, GoAsked question) => form["decision"].ToString() switch
    {
        "go" => GoDecision.Go,
        "postpone-yes" => GoDecision.Postpone,
        "invite-more" when question.Number == 1 => GoDecision.InviteMore,
        _ => null,
    };
}
