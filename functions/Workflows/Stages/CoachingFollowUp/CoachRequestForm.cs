using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.CoachingFollowUp;

/// <summary>The named form after the survey: it offers a coach, and apart from that a reminder of what the person wants to change.</summary>
public static class CoachRequestForm
{
    public const string Page = AskPages.Coach;

    public const int LongestCommitment = 300;

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) => door.Open(Page, token, visit => Show(visit), cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Tell(visit, form, intake, cancel), cancel);

    public static bool IsOpen(Visit visit) =>
        visit.Cycle.OutcomeOf<CoachingClosed>(StageIds.CoachingFollowUp) is null
        && visit.Cycle.WasThere(visit.Person.Id);

    public static bool HasAsked(Visit visit) => visit.Cycle.All<CoachRequested>().Any(request => request.Wanted && request.Person == visit.Person.Id);

    /// <summary>What the person wants to be reminded of; null where they do not want to be.</summary>
    public static Committed? CommitmentOf(Visit visit) => visit.Cycle.Commitments().SingleOrDefault(one => one.Person == visit.Person.Id);

    private static async Task<IResult> Tell(Visit visit, IFormCollection form, Intake intake, CancellationToken cancel)
    {
        var typed = form["commitment"].ToString().Trim().ReplaceLineEndings(" ");
        if (form["answer"] == "remind" && IsOpen(visit) && ProblemOf(typed) is { } problem)
        {
            return await Show(visit.Complaining(problem), typed);
        }

        if (!IsOpen(visit) || Told(visit, form["answer"].ToString(), typed) is not var (fact, thanks))
        {
            return visit.Unchanged();
        }

        await intake.Record(visit.Cycle.Cycle, [fact], cancel);
        return visit.Recorded(thanks);
    }

    /// <summary>What is to be recorded, and what to say then; null where it stands already.</summary>
    private static (Fact Fact, string Thanks)? Told(Visit visit, string answer, string commitment)
    {
        var (round, person) = (visit.Cycle.RoundOf(StageIds.CoachingFollowUp)?.Round ?? 1, visit.Person.Id);
        return answer switch
        {
            "coach" when !HasAsked(visit) => (new CoachRequested(round, person, visit.By, visit.Now), CoachingFollowUpTexts.RequestThanks),
            "not-needed" when HasAsked(visit) => (new CoachRequested(round, person, visit.By, visit.Now, Wanted: false), CoachingFollowUpTexts.RequestTakenBack),
            "remind" when CommitmentOf(visit)?.Commitment != commitment =>
                (new Committed(round, person, commitment, visit.By, visit.Now), CoachingFollowUpTexts.CommitmentThanks),
            "do-not-remind" when CommitmentOf(visit) is not null =>
                (new Committed(round, person, "", visit.By, visit.Now, Wanted: false), CoachingFollowUpTexts.CommitmentTakenBack),
            _ => null,
        };
    }

    private static string? ProblemOf(string commitment) => commitment.Length > LongestCommitment || (commitment.Length > 0 && !Roster.IsReadable(commitment))
        ? Say.Text(CoachingFollowUpTexts.CommitmentNotRead, LongestCommitment)
        : null;

    /// <param name="visit">The visit; one that complains is about the commitment.</param>
    /// <param name="typed">What was typed as commitment and refused.</param>
    private static Task<IResult> Show(Visit visit, string? typed = null) => Task.FromResult(Pages.Of<CoachRequestPage>(
        visit.Notice is { IsProblem: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        (nameof(CoachRequestPage.Visit), visit),
        (nameof(CoachRequestPage.Typed), typed)));
}
