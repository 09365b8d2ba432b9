using System.Collections.Immutable;
using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>What a round of a stage came to. A stage with an outcome is closed; other stages open on it.</summary>
public abstract record Outcome(StageId Stage, int Round, Instant At) : Fact
{
    public override string Row() => RowOf(Stage, Round);

    public static string RowOf(StageId stage, int round) => RowFact.Of("outcome", stage, RowFact.Round(round));
}

public sealed record PreparationClosed(StageId Stage, int Round, Instant At) : Outcome(Stage, Round, At);

public sealed record CaseStudyChosen(StageId Stage, int Round, Instant At, string CaseStudy) : Outcome(Stage, Round, At);

public sealed record FacilitatorsTrained(StageId Stage, int Round, Instant At, ImmutableList<PersonId> Facilitators)
    : Outcome(Stage, Round, At);

/// <param name="Stage">Scheduling.</param>
/// <param name="Round">Its round.</param>
/// <param name="At">When the date was fixed.</param>
/// <param name="Starts">The session's local start.</param>
/// <param name="Zone">The IANA zone that the start is local to.</param>
public sealed record SessionDated(StageId Stage, int Round, Instant At, LocalDateTime Starts, string Zone) : Outcome(Stage, Round, At);

public sealed record AttendanceConfirmed(StageId Stage, int Round, Instant At) : Outcome(Stage, Round, At);

public sealed record SurveyClosed(StageId Stage, int Round, Instant At) : Outcome(Stage, Round, At);

public sealed record CoachingClosed(StageId Stage, int Round, Instant At) : Outcome(Stage, Round, At);

public sealed record CycleEnded(StageId Stage, int Round, Instant At) : Outcome(Stage, Round, At);
