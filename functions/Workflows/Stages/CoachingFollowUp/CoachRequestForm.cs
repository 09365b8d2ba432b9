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

    public const int LongestPhone = 40;

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) => door.Open(Page, token, visit => Show(visit), cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Tell(visit, form, intake, cancel), cancel);

    public static bool IsOpen(Visit visit) =>
        visit.Cycle.OutcomeOf<CoachingClosed>(StageIds.CoachingFollowUp) is null
        && visit.Cycle.WasThere(visit.Person.Id);

    /// <summary>That the person asks for a coach; null where they do not.</summary>
    public static CoachRequested? RequestOf(Visit visit) =>
        visit.Cycle.NewestOf<CoachRequested>(visit.Person.Id) is { Wanted: true } request ? request : null;

    /// <summary>What the person wants to be reminded of; null where they do not want to be.</summary>
    public static Committed? CommitmentOf(Visit visit) => visit.Cycle.Commitments().SingleOrDefault(one => one.Person == visit.Person.Id);

    private static async Task<IResult> Tell(Visit visit, IFormCollection form, Intake intake, CancellationToken cancel)
    {
        var answer = form["answer"].ToString();
        var (field, longest) = answer == "coach" ? ("phone", LongestPhone) : ("commitment", LongestCommitment);
        var typed = form[field].ToString().Trim().ReplaceLineEndings(" ");
        if (answer is "coach" or "remind" && IsOpen(visit) && typed.Length > 0 && (typed.Length > longest || !Roster.IsReadable(typed)))
        {
            var problem = Say.Text(answer == "coach" ? CoachingFollowUpTexts.PhoneNotRead : CoachingFollowUpTexts.CommitmentNotRead, longest);
            return await Show(visit.Complaining(problem), new TypedAmiss(field, typed));
        }

        if (!IsOpen(visit) || Told(visit, answer, typed) is not var (fact, thanks))
        {
            return visit.Unchanged();
        }

        await intake.Record(visit.Cycle.Cycle, [fact], cancel);
        return visit.Recorded(thanks);
    }

    /// <summary>What is to be recorded, and what to say then; null where it stands already.</summary>
    private static (Fact Fact, string Thanks)? Told(Visit visit, string answer, string typed)
    {
        var (round, person) = (visit.Cycle.RoundOf(StageIds.CoachingFollowUp)?.Round ?? 1, visit.Person.Id);
        var phone = typed.Length > 0 ? typed : null;
        return answer switch
        {
            "coach" when RequestOf(visit) is null => (new CoachRequested(round, person, visit.By, visit.Now, Phone: phone), visit.ToOrOf(CoachingFollowUpTexts.RequestThanks, CoachingFollowUpTexts.RequestThanksOf)),
            "coach" when RequestOf(visit) is { } asked && asked.Phone != phone => (asked with { Phone = phone }, CoachingFollowUpTexts.TaskThanks),
            "not-needed" when RequestOf(visit) is not null =>
                (new CoachRequested(round, person, visit.By, visit.Now, Wanted: false), visit.ToOrOf(CoachingFollowUpTexts.RequestTakenBack, CoachingFollowUpTexts.RequestTakenBackOf)),
            "remind" when CommitmentOf(visit)?.Commitment != typed =>
                (new Committed(round, person, typed, visit.By, visit.Now), visit.ToOrOf(CoachingFollowUpTexts.CommitmentThanks, CoachingFollowUpTexts.CommitmentThanksOf)),
            "do-not-remind" when CommitmentOf(visit) is not null =>
                (new Committed(round, person, "", visit.By, visit.Now, Wanted: false), CoachingFollowUpTexts.CommitmentTakenBack),
            _ => null,
        };
    }

    private static Task<IResult> Show(Visit visit, TypedAmiss? typed = null) => Task.FromResult(Pages.Of<CoachRequestPage>(
        visit.Notice is { IsProblem: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        (nameof(CoachRequestPage.Visit), visit),
        (nameof(CoachRequestPage.Amiss), typed)));
}

/// <summary>What was typed into a field and refused: it stays.</summary>
public sealed record TypedAmiss(string Field, string Text);
