using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.CaseStudySelection;

/// <summary>The page on which a voter chooses, and the coordinator's decision where nobody did.</summary>
public static class CaseStudySelectionForm
{
    public const string Page = "case-study";

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) =>
        door.Open(Page, token, visit => Show(visit), cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Vote(visit, form, intake, cancel), cancel);

    /// <summary>The coordinator's choice; a sentence where it is not theirs to make now.</summary>
    public static async Task<string?> Decide(Visit visit, string caseStudy, Intake intake, CancellationToken cancel)
    {
        var cycle = visit.Cycle;
        if (cycle.RoundOf(StageIds.CaseStudySelection) is not { } round || IsFixed(cycle))
        {
            return CaseStudySelectionTexts.NotNow;
        }

        if (!IsOffered(cycle, caseStudy))
        {
            return CaseStudySelectionTexts.PickOne;
        }

        var decision = new CaseStudyDecided(round.Round, visit.Person.Id, caseStudy, visit.By, visit.Now);
        return await intake.Record(cycle.Cycle, [decision], cancel) ? null : CaseStudySelectionTexts.NotNow;
    }

    private static async Task<IResult> Vote(Visit visit, IFormCollection form, Intake intake, CancellationToken cancel)
    {
        var (cycle, person) = (visit.Cycle, visit.Person.Id);
        if (cycle.RoundOf(StageIds.CaseStudySelection) is not { } round || IsFixed(cycle) || !CaseStudySelectionPlan.Voters(cycle).Contains(person))
        {
            return visit.Unchanged();
        }

        ImmutableList<string> ranking = [form["case-study"].ToString(), .. form["other"].Select(other => other ?? "").Where(other => other.Length > 0)];
        if (!ranking.All(caseStudy => IsOffered(cycle, caseStudy)))
        {
            return await Show(visit.Complaining(CaseStudySelectionTexts.PickOne), form);
        }

        if (ranking.Distinct(StringComparer.Ordinal).Count() < ranking.Count)
        {
            return await Show(visit.Complaining(CaseStudySelectionTexts.PickDifferent), form);
        }

        var vote = new Voted(round.Round, person, ranking[0], visit.By, visit.Now, ranking.Count > 1 ? ranking.RemoveAt(0) : null);
        await intake.Record(cycle.Cycle, [vote], cancel);
        return visit.Recorded(CaseStudySelectionTexts.Thanks);
    }

    private static Task<IResult> Show(Visit visit, IFormCollection? typed = null) => Task.FromResult(Pages.Of<CaseStudySelectionPage>(
        visit.Notice is { IsProblem: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        (nameof(CaseStudySelectionPage.Visit), visit),
        (nameof(CaseStudySelectionPage.Typed), typed)));

    private static bool IsFixed(Snapshot cycle) => cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection) is not null;

    private static bool IsOffered(Snapshot cycle, string caseStudy) => cycle.KickOff.CaseStudies.Exists(offered => offered.Id == caseStudy);
}
