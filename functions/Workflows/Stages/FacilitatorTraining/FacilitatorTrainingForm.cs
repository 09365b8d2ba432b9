using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Stages.FacilitatorTraining;

/// <summary>The page on which a facilitator says whether they lead and that they have trained.</summary>
public static class FacilitatorTrainingForm
{
    public const string Page = "training";

    public const int LongestDisclosure = 1_000;

    private static readonly LocalDatePattern MonthPattern = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM");

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) =>
        door.Open(Page, token, Pages.For<FacilitatorTrainingPage>, cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(
            Page,
            token,
            visit => form["answer"].ToString() is "trained-before" or "not-trained-before"
                ? TellOfTraining(visit, form, intake, cancel)
                : Answer(visit, form["answer"].ToString(), form["what"].ToString().Trim(), intake, cancel),
            cancel);

    /// <summary>The coordinator names another facilitator; a sentence where it cannot be done.</summary>
    public static async Task<string?> Name(Snapshot cycle, string name, string address, People people, Intake intake, CancellationToken cancel)
    {
        if (cycle.RoundOf(StageIds.FacilitatorTraining) is null || IsClosed(cycle))
        {
            return FacilitatorTrainingTexts.NotNow;
        }

        if (Roster.Check(name, address) is { } wrong)
        {
            return wrong;
        }

        var person = await people.FindOrAdd(name, address, cycle.KickOff.Zone, cancel);
        if (cycle.Members(Role.Facilitator).Contains(person))
        {
            return FacilitatorTrainingTexts.NamedBefore;
        }

        await intake.Record(cycle.Cycle, [new Member(Role.Facilitator, person, intake.Now)], cancel);
        return null;
    }

    private static async Task<IResult> Answer(Visit visit, string answer, string what, Intake intake, CancellationToken cancel)
    {
        var (cycle, person, by, now) = (visit.Cycle, visit.Person.Id, visit.By, visit.Now);
        if (!MayAnswer(visit))
        {
            return visit.Unchanged();
        }

        var round = cycle.RoundOf(StageIds.FacilitatorTraining)!;
        if (answer == "disclose" && (!Roster.IsReadable(what) || what.Length > LongestDisclosure))
        {
            return await Pages.For<FacilitatorTrainingPage>(visit.Complaining(Say.Text(FacilitatorTrainingTexts.DiscloseWhat, LongestDisclosure)));
        }

        Fact? fact = answer switch
        {
            "lead" => new LeadingAnswered(round.Round, person, Leads: true, by, now),
            "not-this-time" => new LeadingAnswered(round.Round, person, Leads: false, by, now),
            "module-done" or "module-open" when cycle.Leading().Contains(person) =>
                new ModuleDone(round.Round, person, by, now, Done: answer == "module-done", IsRefresh: cycle.NeedsRefreshOnly(person)),
            "nothing-to-disclose" when cycle.Leading().Contains(person) => new Disclosed(round.Round, person, "", by, now),
            "disclose" when cycle.Leading().Contains(person) => new Disclosed(round.Round, person, what, by, now),
            _ => null,
        };
        if (fact is null)
        {
            return await Pages.For<FacilitatorTrainingPage>(visit.Complaining(FacilitatorTrainingTexts.PickOne));
        }

        await intake.Record(cycle.Cycle, [fact], cancel);
        return visit.Recorded(visit.ToOrOf(FacilitatorTrainingTexts.Thanks, FacilitatorTrainingTexts.ThanksOf));
    }

    /// <summary>Where the refresh is not enough any more, one that was done does not count.</summary>
    private static async Task<IResult> TellOfTraining(Visit visit, IFormCollection form, Intake intake, CancellationToken cancel)
    {
        var (cycle, person, by, now) = (visit.Cycle, visit.Person.Id, visit.By, visit.Now);
        if (!MayAnswer(visit) || cycle.Policy.FacilitatorTraining.RefreshMonths is null)
        {
            return visit.Unchanged();
        }

        LocalDate? month = form["answer"] == "trained-before" && MonthPattern.Parse(form["month"].ToString().Trim()) is { Success: true } typed ? typed.Value : null;
        if (form["answer"] == "trained-before" && !(month <= visit.Days.DateOf(now)))
        {
            return Pages.Of<FacilitatorTrainingPage>(
                StatusCodes.Status422UnprocessableEntity,
                (nameof(FacilitatorTrainingPage.Visit), visit.Complaining(FacilitatorTrainingTexts.BeforeWrong)),
                (nameof(FacilitatorTrainingPage.Typed), form["month"].ToString()));
        }

        var round = cycle.RoundOf(StageIds.FacilitatorTraining)!;
        var told = new TrainedBefore(round.Round, person, month, by, now);
        var after = cycle.With([told]);
        var done = cycle.NewestOf<ModuleDone>(person);
        Fact[] facts = done is { Done: true, IsRefresh: true } && !after.NeedsRefreshOnly(person) ? [told, done with { Round = round.Round, Done = false, By = by, At = now }] : [told];
        await intake.Record(cycle.Cycle, facts, cancel);
        return visit.Recorded(visit.ToOrOf(FacilitatorTrainingTexts.Thanks, FacilitatorTrainingTexts.ThanksOf));
    }

    /// <summary>From when the training opens until enough have trained; for who joined later, until the session begins.</summary>
    public static bool IsOpen(Visit visit) =>
        visit.Cycle.RoundOf(StageIds.FacilitatorTraining) is not null && !visit.Cycle.IsTrainingOver(visit.Person.Id, visit.Now);

    private static bool MayAnswer(Visit visit) => IsOpen(visit) && visit.Cycle.HasRole(Role.Facilitator, visit.Person.Id);

    private static bool IsClosed(Snapshot cycle) => cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining) is not null;
}
