using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>What became of the proposal of a community's next cycle.</summary>
public enum NextCycle
{
    /// <summary>Nothing yet, or no longer.</summary>
    Open,

    NotNow,
    Started,
}

/// <summary>What the coordinator decided on the next cycle; told again, it replaces what was told before.</summary>
/// <param name="Round">The round of the wrap-up.</param>
/// <param name="Person">The coordinator.</param>
/// <param name="Decision">What.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Next">The cycle that was started.</param>
public sealed record NextDecided(int Round, PersonId Person, NextCycle Decision, PersonId By, Instant At, CycleId? Next = null) : Answer(Round, Person, By, At)
{
    public override string Row() => RowOf(Round);

    public static string RowOf(int round) => RowFact.Of("next-decided", RowFact.Round(round));
}
