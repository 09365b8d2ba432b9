using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages;

/// <summary>The published results of a survey in sentences.</summary>
public static class SurveyWords
{
    /// <summary>One sentence a question; none before the survey has closed.</summary>
    public static IReadOnlyList<string> Of(Snapshot cycle) => cycle.All<SurveyResults>().LastOrDefault()?.Figures switch
    {
        SurveyFigures.FewerThanFive => [SurveyWordsTexts.FewerThanFive],
        SurveyFigures.Bands bands =>
        [
            .. bands.ObjectivesMet is { } objectives ? [Say.Text(SurveyWordsTexts.Objectives, Words(objectives))] : Array.Empty<string>(),
            .. bands.FreeOfBias is { } free ? [Say.Text(SurveyWordsTexts.FreeOfBias, Words(free))] : Array.Empty<string>(),
            .. SessionKind(Words(bands.LocalFacilitationValued), Words(bands.WantsMoreSessions)),
        ],
        SurveyFigures.Figures figures =>
        [
            Say.Text(SurveyWordsTexts.Answers, figures.Answers),
            .. figures.ObjectivesMet is { } objectives ? [Say.Text(SurveyWordsTexts.Objectives, Words(objectives))] : Array.Empty<string>(),
            .. figures.FreeOfBias is { } free ? [Say.Text(SurveyWordsTexts.FreeOfBias, Words(free))] : Array.Empty<string>(),
            .. SessionKind(Words(figures.LocalFacilitationValued), Words(figures.WantsMoreSessions)),
        ],
        _ => [],
    };

    /// <summary>For a mail: what was asked of the session's own kind, and not whether it met its objectives and was free of bias.</summary>
    public static IReadOnlyList<string> InShort(Snapshot cycle) => cycle.All<SurveyResults>().LastOrDefault()?.Figures switch
    {
        SurveyFigures.Bands bands => [.. SessionKind(Words(bands.LocalFacilitationValued), Words(bands.WantsMoreSessions))],
        SurveyFigures.Figures figures =>
            [Say.Text(SurveyWordsTexts.Answers, figures.Answers), .. SessionKind(Words(figures.LocalFacilitationValued), Words(figures.WantsMoreSessions))],
        _ => Of(cycle),
    };

    private static IEnumerable<string> SessionKind(string facilitation, string more) =>
        [Say.Text(SurveyWordsTexts.Facilitation, facilitation), Say.Text(SurveyWordsTexts.More, more)];

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
