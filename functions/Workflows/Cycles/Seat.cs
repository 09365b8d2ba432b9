using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>What a turn decided on a participant's wish to come. Turns alone write it, one after another, so no seat is given twice.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">Whose.</param>
/// <param name="Number">The person's first wish in the round, or a later one: part of message keys.</param>
/// <param name="Wish">When the wish came in. A person who took it back, and wishes again, wishes anew.</param>
/// <param name="State">What was decided.</param>
/// <param name="At">When.</param>
/// <param name="AnswerBy">Until when an offered seat is kept, as the person was told.</param>
public sealed record Seat(int Round, PersonId Person, int Number, Instant Wish, SeatState State, Instant At, Instant? AnswerBy = null) : Fact
{
    public override string Row() => RowOf(Round, Person);

    public static string RowOf(int round, PersonId person) => RowFact.Of("seat", RowFact.Round(round), person);

    /// <summary>Whether the person has the seat.</summary>
    public bool IsHeld() => State is SeatState.Granted or SeatState.MovedUp;
}

public enum SeatState
{
    /// <summary>The person has a seat.</summary>
    Granted,

    /// <summary>All seats were taken.</summary>
    Waiting,

    /// <summary>The person waited, and has a seat that became free.</summary>
    MovedUp,

    /// <summary>A seat became free shortly before the session; it is the person's if they take it in time.</summary>
    Offered,

    /// <summary>They did not.</summary>
    Lapsed,
}
