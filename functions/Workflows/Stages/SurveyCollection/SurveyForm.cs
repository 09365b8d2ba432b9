using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.SurveyCollection;

/// <summary>The survey: questions, a review, and then it is final.</summary>
public static class SurveyForm
{
    public const string Page = "survey";

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) =>
        door.Open(Page, token, visit => Show(visit, SurveyStep.Questions, null), cancel);

    public static Task<IResult> Post(
        string token, IFormCollection form, Door door, SurveyAnswers answers, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Step(visit, form, answers, intake, cancel), cancel);

    public static bool IsOpen(Snapshot cycle) =>
        cycle.RoundOf(StageIds.SurveyCollection) is { } round && cycle.Find<SurveyRound>(SurveyRound.RowOf(round.Round)) is { Closed: false };

    public static bool HasAnswered(Visit visit) => visit.Cycle.All<SurveyAnswered>().Any(answer => answer.Person == visit.Person.Id);

    private static Task<IResult> Show(Visit visit, SurveyStep step, SurveyAnswer? answer) => Task.FromResult(
        Pages.Of<SurveyPage>((nameof(SurveyPage.Visit), visit), (nameof(SurveyPage.Step), step), (nameof(SurveyPage.Answer), answer)));

    private static async Task<IResult> Step(Visit visit, IFormCollection form, SurveyAnswers answers, Intake intake, CancellationToken cancel)
    {
        var answer = new SurveyAnswer(YesNo(form["facilitation"].ToString()), YesNo(form["more"].ToString()));
        if (!IsOpen(visit.Cycle) || !visit.Cycle.Attendees().Contains(visit.Person.Id) || HasAnswered(visit))
        {
            return await Show(visit, SurveyStep.Questions, null);
        }

        if (answer is { LocalFacilitationValued: null, WantsMoreSessions: null })
        {
            return await Show(visit.Complaining(SurveyCollectionTexts.AnswerOne), SurveyStep.Questions, answer);
        }

        return form["step"].ToString() switch
        {
            "send" => await Send(visit, answer, answers, intake, cancel),
            "change" => await Show(visit, SurveyStep.Questions, answer),
            _ => await Show(visit, SurveyStep.Review, answer),
        };
    }

    private static async Task<IResult> Send(Visit visit, SurveyAnswer answer, SurveyAnswers answers, Intake intake, CancellationToken cancel)
    {
        var round = visit.Cycle.RoundOf(StageIds.SurveyCollection)!.Round;
        var submission = await answers.Submit(visit.Cycle.Cycle, round, visit.Person.Id, answer, visit.Now, cancel);
        if (submission == Submission.Closed)
        {
            return await Show(visit.Complaining(SurveyCollectionTexts.Closed), SurveyStep.Closed, null);
        }

        await intake.Ring(visit.Cycle.Cycle, cancel: cancel);
        return await Show(visit.Saying(SurveyCollectionTexts.Thanks), SurveyStep.Sent, null);
    }

    private static bool? YesNo(string answer) => answer switch
    {
        "yes" => true,
        "no" => false,
        _ => null,
    };
}

/// <summary>Where a person is in the survey.</summary>
public enum SurveyStep
{
    Questions,
    Review,
    Sent,
    Closed,
}
