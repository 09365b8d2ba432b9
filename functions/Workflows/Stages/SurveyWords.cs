using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages;

/// <summary>The published results of a survey in sentences.</summary>
public static class SurveyWords
{
    /// <summary>One sentence a question; none before the survey has closed.</summary>
    public static IReadOnlyList<string> Of(Snapshot cycle) => Sentences(cycle, isWhole: true);

    /// <summary>For a mail: without whether the session met its objectives and was free of bias.</summary>
    public static IReadOnlyList<string> InShort(Snapshot cycle) => Sentences(cycle, isWhole: false);

    private static IReadOnlyList<string> Sentences(Snapshot cycle, bool isWhole) => cycle.All<SurveyResults>().LastOrDefault()?.Figures switch
    {
        SurveyFigures.FewerThanFive => [SurveyWordsTexts.FewerThanFive],
        SurveyFigures.Bands bands =>
        [
            .. isWhole && bands.ObjectivesMet is { } objectives ? [Say.Text(SurveyWordsTexts.Objectives, Words(objectives))] : Array.Empty<string>(),
            .. isWhole && bands.FreeOfBias is { } free ? [Say.Text(SurveyWordsTexts.FreeOfBias, Words(free))] : Array.Empty<string>(),
            Say.Text(SurveyWordsTexts.Facilitation, Words(bands.LocalFacilitationValued)),
            Say.Text(SurveyWordsTexts.More, Words(bands.WantsMoreSessions)),
        ],
        SurveyFigures.Figures figures =>
        [
            Say.Text(SurveyWordsTexts.Answers, figures.Answers),
            .. isWhole && figures.ObjectivesMet is { } objectives ? [Say.Text(SurveyWordsTexts.Objectives, Words(objectives))] : Array.Empty<string>(),
            .. isWhole && figures.FreeOfBias is { } free ? [Say.Text(SurveyWordsTexts.FreeOfBias, Words(free))] : Array.Empty<string>(),
            Say.Text(SurveyWordsTexts.Facilitation, Words(figures.LocalFacilitationValued)),
            Say.Text(SurveyWordsTexts.More, Words(figures.WantsMoreSessions)),
        ],
        _ => [],
    };

    /// <summary>What people wrote, by question; a question on which few wrote is left out.</summary>
    public static IReadOnlyList<(string Question, IReadOnlyList<string> Texts)> Written(Snapshot cycle) =>
    [
        .. cycle.All<SurveyText>()
            .GroupBy(text => text.Question)
            .OrderBy(texts => SurveyQuestions.InWords.ToList().IndexOf(texts.Key))
            .Select(texts => (TitleOf(texts.Key), (IReadOnlyList<string>)[.. texts.OrderBy(text => text.Number).Select(text => text.Text)])),
    ];

    private static string TitleOf(string question) => question switch
    {
        SurveyQuestions.TopicWanted => SurveyWordsTexts.TopicWanted,
        SurveyQuestions.PracticeChange => SurveyWordsTexts.PracticeChange,
        _ => SurveyWordsTexts.Barriers,
    };

    private static string Words(YesBand band) => band == YesBand.HalfOrMore ? SurveyWordsTexts.HalfOrMore : SurveyWordsTexts.FewerThanHalf;

    private static string Words(YesFigure figure) => figure switch
    {
        YesFigure.Exactly exactly => Say.Text(SurveyWordsTexts.Exactly, exactly.Yes, exactly.Percent),
        YesFigure.AtLeast atLeast => Say.Text(SurveyWordsTexts.AtLeast, atLeast.Yes, atLeast.Percent),
        _ => SurveyWordsTexts.FewerThanFiveYes,
    };
}
