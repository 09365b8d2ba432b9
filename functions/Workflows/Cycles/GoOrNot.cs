using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>Too few had a seat, so the Division lead is asked. The question stands until it is answered, though more say yes meanwhile.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Number">1, and 2 after more were invited.</param>
/// <param name="Accepted">How many had a seat then.</param>
/// <param name="At">When.</param>
public sealed record GoAsked(int Round, int Number, int Accepted, Instant At) : Fact
{
    public override string Row() => RowOf(Round, Number);

    public static string RowOf(int round, int number) => RowFact.Of("go-asked", RowFact.Round(round), RowFact.Round(number));
}

/// <summary>What becomes of a session for which too few have a seat.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">Who decided.</param>
/// <param name="Number">Which question it answers.</param>
/// <param name="Decision">What is to be done.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
public sealed record GoDecided(int Round, PersonId Person, int Number, GoDecision Decision, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => RowFact.Of("go-decided", RowFact.Round(Round), RowFact.Round(Number));

    public override bool IsOnce() => true;
}

public enum GoDecision
{
    Go,
    Postpone,
    InviteMore,
}
