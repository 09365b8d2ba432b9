using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;

namespace Cohesion.Workflows.Stages.WrapUp;

/// <summary>
/// The closing step. The results go to those who made them as soon as the survey has closed: they wait for nobody's coaching. The cycle ends
/// when that has closed too and no certificate waits for the accreditation; where that is later, the readers hear then what came of it.
/// </summary>
public sealed class WrapUpPlan : IStage
{
    public const string Results = "results";
    public const string Coaching = "coaching";
    public const string Stopped = "stopped";

    public StageId Id => StageIds.WrapUp;

    public ImmutableList<string> Kinds { get; } = [Results, Coaching, Stopped];

    public StagePlan Plan(StageRound round)
    {
        var (cycle, ended) = (round.Snapshot, round.Outcome<CycleEnded>());
        if (ended is null && cycle.OutcomeOf<CoachingClosed>(StageIds.CoachingFollowUp) is not null && cycle.OpenAccreditation() is null)
        {
            return StagePlan.Outcome(new CycleEnded(Id, round.Number, round.Now));
        }

        var results = Readers(cycle).Select(reader => round.Tell(Results, reader));
        var afterwards = Readers(cycle).Where(reader => ended is not null && !IsWhole(cycle, reader)).Select(reader => new WantedMessage(round.Key(Coaching, reader), ended!.At));
        return new StagePlan { Messages = [.. results, .. afterwards] };
    }

    /// <summary>Who is concerned is told, in the mail that takes the session out of their calendar where it is in it.</summary>
    public StagePlan Stop(StageRound round, CycleStopped stopped) => new()
    {
        Facts = round.Outcome<CycleEnded>() is null && Stopping.IsDone(round.Snapshot) ? [new CycleEnded(Id, round.Number, round.Now)] : [],
        Messages = [.. stopped.Told.Select(person => new WantedMessage(round.Key(Stopped, person), stopped.At, TakenOut(round.Snapshot, person)))],
    };

    private static CalendarEntry? TakenOut(Snapshot cycle, PersonId person) =>
        cycle.IsOff() && cycle.InCalendar(person) is { } shown ? shown with { IsCancelled = true, IsChange = false } : null;

    /// <summary>Whether a reader's results hold what came of the coaching too, and are the last mail: they do not where they were sent before the end.</summary>
    public static bool IsWhole(Snapshot cycle, PersonId reader) =>
        cycle.OutcomeOf<CycleEnded>(StageIds.WrapUp) is { } ended
        && !cycle.IssuedTo(StageIds.WrapUp, reader).Any(issued => issued.Key.Kind == Results && issued.Accepted < ended.At);

    /// <summary>Those to whom the results go.</summary>
    public static IEnumerable<PersonId> Readers(Snapshot cycle) => new[] { Role.Coordinator, Role.DivisionLead, Role.DivisionStaff, Role.Coach, Role.Partner }
        .SelectMany(cycle.Members)
        .Concat(cycle.Leading())
        .Distinct();
}
