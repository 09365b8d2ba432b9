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
            Say.Text(SurveyWordsTexts.Facilitation, Words(bands.LocalFacilitationValued)),
            Say.Text(SurveyWordsTexts.More, Words(bands.WantsMoreSessions)),
        ],
        SurveyFigures.Figures figures =>
        [
            Say.Text(SurveyWordsTexts.Answers, figures.Answers),
            Say.Text(SurveyWordsTexts.Facilitation, Words(figures.LocalFacilitationValued)),
            Say.Text(SurveyWordsTexts.More, Words(figures.WantsMoreSessions)),
        ],
        _ => [],
    };

    private static string Words(YesBand band) => band == YesBand.HalfOrMore ? SurveyWordsTexts.HalfOrMore : SurveyWordsTexts.FewerThanHalf;

    private static string Words(YesFigure figure) => figure switch
    {
        YesFigure.Exactly exactly => Say.Text(SurveyWordsTexts.Exactly, exactly.Yes, exactly.Percent),
        YesFigure.AtLeast atLeast => Say.Text(SurveyWordsTexts.AtLeast, atLeast.Yes, atLeast.Percent),
        _ => SurveyWordsTexts.FewerThanFiveYes,
    };
}
