using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.SurveyCollection;

/// <summary>The survey: questions, a review, and then it is final.</summary>
public static class SurveyForm
{
    public const string Page = AskPages.Survey;

    /// <summary>Of an answer in words. So much, however it is written, leaves every sealed answer as long as any other: see SealedAnswer.</summary>
    public const int LongestText = 200;

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) =>
        door.Open(Page, token, visit => Show(visit, SurveyStep.Questions, null), cancel);

    public static Task<IResult> Post(
        string token, IFormCollection form, Door door, SurveyAnswers answers, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Step(visit, form, answers, intake, cancel), cancel);

    public static bool IsOpen(Snapshot cycle) =>
        cycle.RoundOf(StageIds.SurveyCollection) is { } round && cycle.Find<SurveyRound>(SurveyRound.RowOf(round.Round)) is { Closed: false };

    public static bool HasAnswered(Visit visit) => visit.Cycle.All<SurveyAnswered>().Any(answer => answer.Person == visit.Person.Id);

    /// <summary>Whether the person can answer: they were there, and the list is confirmed or the session over, or nearly.</summary>
    public static bool MayAnswer(Visit visit) =>
        IsOpen(visit.Cycle)
        && visit.Cycle.WasThere(visit.Person.Id)
        && !HasAnswered(visit)
        && (visit.Cycle.List() is not null || visit.Cycle.SurveyOffered() <= visit.Now);

    /// <summary>What is wrong with an answer in words, or null.</summary>
    public static string? ProblemOf(string? text) =>
        text?.Length > LongestText ? Say.Text(SurveyCollectionTexts.TextTooLong, LongestText)
        : text is not null && !Roster.IsReadable(text) ? SurveyCollectionTexts.TextNotReadable
        : null;

    private static Task<IResult> Show(Visit visit, SurveyStep step, SurveyAnswer? answer) => Task.FromResult(
        Pages.Of<SurveyPage>((nameof(SurveyPage.Visit), visit), (nameof(SurveyPage.Step), step), (nameof(SurveyPage.Answer), answer)));

    private static async Task<IResult> Step(Visit visit, IFormCollection form, SurveyAnswers answers, Intake intake, CancellationToken cancel)
    {
        if (!MayAnswer(visit))
        {
            return await Show(visit, SurveyStep.Questions, null);
        }

        var answer = AnswerIn(form, visit.Cycle.Policy.SurveyCollection.AsksForWords);
        if (Problem(answer) is { } problem)
        {
            return await Show(visit.Complaining(problem), SurveyStep.Questions, answer);
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

    private static SurveyAnswer AnswerIn(IFormCollection form, bool asksForWords)
    {
        var answer = new SurveyAnswer(YesNo(form["facilitation"].ToString()), YesNo(form["more"].ToString()), YesNo(form["objectives"].ToString()), YesNo(form["free"].ToString()));
        return asksForWords
            ? answer with
            {
                TopicWanted = Words(form, SurveyQuestions.TopicWanted),
                PracticeChange = Words(form, SurveyQuestions.PracticeChange),
                Barriers = Words(form, SurveyQuestions.Barriers),
            }
            : answer;
    }

    private static string? Problem(SurveyAnswer answer) =>
        answer.IsEmpty() ? SurveyCollectionTexts.AnswerOne
        : SurveyQuestions.InWords.Any(question => ProblemOf(answer.WordsOn(question)) is not null) ? SurveyCollectionTexts.LookAtWords
        : null;

    /// <summary>In one line: how somebody breaks lines tells of them too.</summary>
    private static string? Words(IFormCollection form, string question) =>
        string.Join(' ', form[question].ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } words ? words : null;

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
