using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Stages.SurveyCollection;

/// <summary>
/// Decides what is shown of one closed round, so that nobody can tell from it what few people answered, not by subtraction
/// and not by knowing one's own answer. The rule and its reasons: docs/decisions/0005-small-cells.md.
/// </summary>
public static class SmallCells
{
    /// <summary>Fewer people than this are never shown as a number.</summary>
    public const int Small = 5;

    /// <summary>Answers from which on there are figures. At least 2 * <see cref="Small"/>, or a yes could be small at both ends.</summary>
    public const int EnoughForFigures = 10;

    public static SurveyFigures Show(IReadOnlyCollection<SurveyAnswer> answers)
    {
        var facilitation = answers.Count(answer => answer.LocalFacilitationValued is true);
        var more = answers.Count(answer => answer.WantsMoreSessions is true);
        var objectives = answers.Count(answer => answer.ObjectivesMet is true);
        var free = answers.Count(answer => answer.FreeOfBias is true);
        return answers.Count switch
        {
            < Small => new SurveyFigures.FewerThanFive(),
            < EnoughForFigures and var of => new SurveyFigures.Bands(Band(facilitation, of), Band(more, of), Band(objectives, of), Band(free, of)),
            var of => new SurveyFigures.Figures(of, Figure(facilitation, of), Figure(more, of), Figure(objectives, of), Figure(free, of)),
        };
    }

    /// <summary>What people wrote on a question, in the order of its letters, so that nobody can tell who wrote which; nothing where few did.</summary>
    public static IReadOnlyList<string> ShowWords(IEnumerable<SurveyAnswer> answers, string question)
    {
        var words = answers.Select(answer => answer.WordsOn(question)).OfType<string>().Order(StringComparer.Ordinal).ToList();
        return words.Count < Small ? [] : words;
    }

    private static YesBand Band(int yes, int of) => 2 * yes < of ? YesBand.FewerThanHalf : YesBand.HalfOrMore;

    private static YesFigure Figure(int yes, int of) => yes switch
    {
        < Small => new YesFigure.FewerThanFive(),
        _ when of - yes < Small => new YesFigure.AtLeast(of - Small + 1, 100 * (of - Small + 1) / of),
        _ => new YesFigure.Exactly(yes, (200 * yes + of) / (2 * of)),
    };
}
