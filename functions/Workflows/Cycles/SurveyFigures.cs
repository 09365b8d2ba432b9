using System.Text.Json.Serialization;

namespace Cohesion.Workflows.Cycles;

/// <summary>What one person answered to the questions that are counted; null where the question was left open.</summary>
public sealed record SurveyAnswer(bool? LocalFacilitationValued, bool? WantsMoreSessions);

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
    public sealed record Bands(YesBand LocalFacilitationValued, YesBand WantsMoreSessions) : SurveyFigures;

    /// <summary>10 or more answered.</summary>
    /// <param name="Answers">How many, whether or not they answered the one question or the other.</param>
    /// <param name="LocalFacilitationValued">How many of them said yes.</param>
    /// <param name="WantsMoreSessions">How many of them said yes to that.</param>
    public sealed record Figures(int Answers, YesFigure LocalFacilitationValued, YesFigure WantsMoreSessions) : SurveyFigures;
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
