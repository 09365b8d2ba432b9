using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.CoachingFollowUp;

/// <summary>The page on which a person says whether they have done what they wanted to.</summary>
public static class CommitmentForm
{
    public const string Page = "commitment";

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) => door.Open(Page, token, Pages.For<CommitmentPage>, cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Answer(visit, form["answer"].ToString(), intake, cancel), cancel);

    public static bool IsOpen(Visit visit) =>
        CoachRequestForm.CommitmentOf(visit) is not null && visit.Cycle.OutcomeOf<CoachingClosed>(StageIds.CoachingFollowUp) is null;

    private static async Task<IResult> Answer(Visit visit, string answer, Intake intake, CancellationToken cancel)
    {
        Kept? kept = answer switch
        {
            "yes" => Kept.Yes,
            "partly" => Kept.Partly,
            "not-yet" => Kept.NotYet,
            _ => null,
        };
        var (cycle, person) = (visit.Cycle, visit.Person.Id);
        if (!IsOpen(visit) || kept is null || kept == cycle.CommitmentAnswerOf(person)?.Kept)
        {
            return visit.Unchanged();
        }

        var answered = new CommitmentAnswered(cycle.RoundOf(StageIds.CoachingFollowUp)!.Round, person, kept.Value, visit.By, visit.Now);
        await intake.Record(cycle.Cycle, [answered], cancel);
        return visit.Recorded(CoachingFollowUpTexts.KeptThanks);
    }
}
