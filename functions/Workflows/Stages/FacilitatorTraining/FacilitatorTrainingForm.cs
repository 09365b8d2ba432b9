using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.FacilitatorTraining;

/// <summary>The page on which a facilitator says whether they lead and that they have trained.</summary>
public static class FacilitatorTrainingForm
{
    public const string Page = "training";

    public const int LongestDisclosure = 1_000;

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) =>
        door.Open(Page, token, Pages.For<FacilitatorTrainingPage>, cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Answer(visit, form["answer"].ToString(), form["what"].ToString().Trim(), intake, cancel), cancel);

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
        var (cycle, person, now) = (visit.Cycle, visit.Person.Id, visit.Now);
        if (cycle.RoundOf(StageIds.FacilitatorTraining) is not { } round || IsClosed(cycle) || !cycle.Members(Role.Facilitator).Contains(person))
        {
            return await Pages.For<FacilitatorTrainingPage>(visit);
        }

        if (answer == "disclose" && (!Roster.IsReadable(what) || what.Length > LongestDisclosure))
        {
            return await Pages.For<FacilitatorTrainingPage>(visit.Complaining(Say.Text(FacilitatorTrainingTexts.DiscloseWhat, LongestDisclosure)));
        }

        Fact? fact = answer switch
        {
            "lead" => new LeadingAnswered(round.Round, person, Leads: true, person, now),
            "not-this-time" => new LeadingAnswered(round.Round, person, Leads: false, person, now),
            "module-done" or "module-open" when cycle.Leading().Contains(person) =>
                new ModuleDone(round.Round, person, person, now, Done: answer == "module-done"),
            "nothing-to-disclose" when cycle.Leading().Contains(person) => new Disclosed(round.Round, person, "", person, now),
            "disclose" when cycle.Leading().Contains(person) => new Disclosed(round.Round, person, what, person, now),
            _ => null,
        };
        if (fact is null)
        {
            return await Pages.For<FacilitatorTrainingPage>(visit.Complaining(FacilitatorTrainingTexts.PickOne));
        }

        await intake.Record(cycle.Cycle, [fact], cancel);
        return await Pages.For<FacilitatorTrainingPage>((visit with { Cycle = cycle.With([fact]) }).Saying(FacilitatorTrainingTexts.Thanks));
    }

    private static bool IsClosed(Snapshot cycle) => cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining) is not null;
}
