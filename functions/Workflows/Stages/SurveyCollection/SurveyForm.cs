using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Cohesion.Workflows.Stages.SurveyCollection;

/// <summary>The survey: questions, a review, and then it is final.</summary>
public static class SurveyForm
{
    public const string Page = AskPages.Survey;

    /// <summary>Of an answer in words. So much, however it is written, leaves every sealed answer as long as any other: see SealedAnswer.</summary>
    public const int LongestText = 200;

    private const string ToReview = "?step=review";

    private static readonly string[] Fields = ["objectives", "free", "facilitation", "more", .. SurveyQuestions.InWords];

    /// <summary>Between the questions and the review, what was answered is in the person's browser only.</summary>
    public static Task<IResult> Get(string token, HttpContext http, Door door, CancellationToken cancel) => door.Open(
        Page,
        token,
        visit => Task.FromResult(Show(visit, OpenAnew.DraftOn(http) is { } draft ? AnswerIn(Read(draft), visit) : null, http.Request.QueryString.Value == ToReview)),
        cancel);

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

    private static IResult Show(Visit visit, SurveyAnswer? answer, bool isReview = false) => Pages.Of<SurveyPage>(
        visit.Notice is { IsProblem: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        (nameof(SurveyPage.Visit), visit),
        (nameof(SurveyPage.Answer), answer),
        (nameof(SurveyPage.IsReview), isReview));

    private static async Task<IResult> Step(Visit visit, IFormCollection form, SurveyAnswers answers, Intake intake, CancellationToken cancel)
    {
        if (!MayAnswer(visit))
        {
            return visit.Unchanged();
        }

        var answer = AnswerIn(form, visit);
        if (Problem(answer) is { } problem)
        {
            return Show(visit.Complaining(problem), answer);
        }

        return form["step"].ToString() switch
        {
            "send" => await Send(visit, answer, answers, intake, cancel),
            "change" => new OpenAnew(visit.Path) { Draft = Write(form) },
            _ => new OpenAnew(visit.Path) { Draft = Write(form), Query = ToReview },
        };
    }

    private static async Task<IResult> Send(Visit visit, SurveyAnswer answer, SurveyAnswers answers, Intake intake, CancellationToken cancel)
    {
        var round = visit.Cycle.RoundOf(StageIds.SurveyCollection)!.Round;
        var submission = await answers.Submit(visit.Cycle.Cycle, round, visit.Person.Id, answer, visit.Now, cancel);
        if (submission == Submission.Closed)
        {
            return visit.Unchanged();
        }

        await intake.Ring(visit.Cycle.Cycle, cancel: cancel);
        return visit.Recorded(SurveyCollectionTexts.Thanks);
    }

    /// <summary>A field a line.</summary>
    private static string Write(IFormCollection form) => string.Join('\n', Fields.Select(field => Words(form, field)));

    private static FormCollection Read(string draft) =>
        new(Fields.Zip(draft.Split('\n'), (field, value) => KeyValuePair.Create(field, new StringValues(value))).ToDictionary(StringComparer.Ordinal));

    private static SurveyAnswer AnswerIn(IFormCollection form, Visit visit)
    {
        var answer = new SurveyAnswer(YesNo(form["facilitation"].ToString()), YesNo(form["more"].ToString()), YesNo(form["objectives"].ToString()), YesNo(form["free"].ToString()));
        return visit.Cycle.Policy.SurveyCollection.AsksForWords
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
