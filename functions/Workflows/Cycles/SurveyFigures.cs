using System.Text.Json.Serialization;

namespace Cohesion.Workflows.Cycles;

/// <summary>What one person answered; null where the question was left open.</summary>
/// <param name="LocalFacilitationValued">Counted.</param>
/// <param name="WantsMoreSessions">Counted.</param>
/// <param name="ObjectivesMet">Counted.</param>
/// <param name="FreeOfBias">Counted.</param>
/// <param name="TopicWanted">In their words.</param>
/// <param name="PracticeChange">In their words.</param>
/// <param name="Barriers">In their words.</param>
public sealed record SurveyAnswer(
    bool? LocalFacilitationValued,
    bool? WantsMoreSessions,
    bool? ObjectivesMet = null,
    bool? FreeOfBias = null,
    string? TopicWanted = null,
    string? PracticeChange = null,
    string? Barriers = null)
{
    public bool IsEmpty() => this == new SurveyAnswer(null, null);

    /// <summary>What they wrote on a question of <see cref="SurveyQuestions"/>, or null.</summary>
    public string? WordsOn(string question) => question switch
    {
        SurveyQuestions.TopicWanted => TopicWanted,
        SurveyQuestions.PracticeChange => PracticeChange,
        SurveyQuestions.Barriers => Barriers,
        _ => throw new ArgumentOutOfRangeException(nameof(question)),
    };
}

/// <summary>The questions that are answered in words: contract names, part of rows.</summary>
public static class SurveyQuestions
{
    public const string TopicWanted = "topic";
    public const string PracticeChange = "change";
    public const string Barriers = "barriers";

    public static IReadOnlyList<string> InWords { get; } = [TopicWanted, PracticeChange, Barriers];
}

/// <summary>What is shown of one closed round. See docs/decisions/0005-small-cells.md.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "shown")]
[JsonDerivedType(typeof(FewerThanFive), "fewer-than-five")]
[JsonDerivedType(typeof(Bands), "bands")]
[JsonDerivedType(typeof(Figures), "figures")]
public abstract record SurveyFigures
{
    /// <summary>Fewer than 5 answered; not even how many is shown.</summary>
    public sealed record FewerThanFive : SurveyFigures;

    /// <summary>5 to 9 answered; not how many.</summary>
    public sealed record Bands(
        YesBand LocalFacilitationValued, YesBand WantsMoreSessions, YesBand? ObjectivesMet = null, YesBand? FreeOfBias = null) : SurveyFigures;

    /// <summary>10 or more answered.</summary>
    /// <param name="Answers">How many, whichever of the questions they answered.</param>
    /// <param name="LocalFacilitationValued">How many of them said yes.</param>
    /// <param name="WantsMoreSessions">How many of them said yes to that.</param>
    /// <param name="ObjectivesMet">And to that; null where it was not asked yet.</param>
    /// <param name="FreeOfBias">And to that; null where it was not asked yet.</param>
    public sealed record Figures(
        int Answers, YesFigure LocalFacilitationValued, YesFigure WantsMoreSessions, YesFigure? ObjectivesMet = null, YesFigure? FreeOfBias = null)
        : SurveyFigures;
}

/// <summary>How many of all who answered the survey said yes; no and not answered are not told apart.</summary>
public enum YesBand
{
    FewerThanHalf,
    HalfOrMore,
}

/// <summary>How many of all who answered the survey said yes; no and not answered are not told apart.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "shown")]
[JsonDerivedType(typeof(FewerThanFive), "fewer-than-five")]
[JsonDerivedType(typeof(Exactly), "exactly")]
[JsonDerivedType(typeof(AtLeast), "at-least")]
public abstract record YesFigure
{
    /// <summary>0 to 4.</summary>
    public sealed record FewerThanFive : YesFigure;

    /// <summary>At least 5, and at least 5 did not.</summary>
    /// <param name="Yes">So many.</param>
    /// <param name="Percent">Of all who answered the survey, to the nearest whole.</param>
    public sealed record Exactly(int Yes, int Percent) : YesFigure;

    /// <summary>All, or all but 1 to 4.</summary>
    /// <param name="Yes">All but 4.</param>
    /// <param name="Percent">Of all who answered the survey, rounded down.</param>
    public sealed record AtLeast(int Yes, int Percent) : YesFigure;
}
