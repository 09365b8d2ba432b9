using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>A survey round takes answers until it is closed. Every answer rewrites it under its ETag, so that none slips past the close.</summary>
public sealed record SurveyRound(int Round, bool Closed) : Fact
{
    public override string Row() => RowOf(Round);

    public static string RowOf(int round) => RowFact.Of("survey-round", RowFact.Round(round));
}

/// <summary>What is shown of a closed round; published once.</summary>
public sealed record SurveyResults(int Round, SurveyFigures Figures) : Fact
{
    public override string Row() => RowOf(Round);

    public static string RowOf(int round) => RowFact.Of("survey-results", RowFact.Round(round));
}

/// <summary>What one person wrote, apart from all else they answered. See docs/decisions/0012-what-people-write-in-the-survey.md.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Question">Of <see cref="SurveyQuestions"/>.</param>
/// <param name="Number">Its place among the texts on that question, in the order of their letters.</param>
/// <param name="Text">As it was written.</param>
public sealed record SurveyText(int Round, string Question, int Number, string Text) : Fact
{
    public override string Row() => RowFact.Of("survey-text", RowFact.Round(Round), Question, Number.ToString("0000", System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>The closed round's sealed answers and their key are gone.</summary>
public sealed record SurveyUnsealed(int Round, Instant At) : Fact
{
    public override string Row() => RowFact.Of("survey-unsealed", RowFact.Round(Round));
}
