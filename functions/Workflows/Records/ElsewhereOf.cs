using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Records;

/// <summary>
/// What a plan reads of a cycle's people beyond the cycle. Bookings matter while a date is sought, trainings while facilitators train; at
/// other times nobody's partition is read.
/// </summary>
internal static class ElsewhereOf
{
    public static async Task<Elsewhere> Read(IRecordStore records, Snapshot cycle, CancellationToken cancel)
    {
        var elsewhere = cycle.RoundOf(StageIds.Scheduling) is { } round && cycle.Answers<SlotsProposed>(round).Any() && cycle.Session() is null
            ? await Bookings.Elsewhere(records, cycle.Cycle, cycle.Choosers(), cancel)
            : Elsewhere.Nothing;
        return AreTraining(cycle)
            ? elsewhere with { Trained = await Trainings.Newest(records, cycle.Cycle, cycle.KickOff.Programme, cycle.Members(Role.Facilitator), cancel) }
            : elsewhere;
    }

    private static bool AreTraining(Snapshot cycle) =>
        cycle.Policy.FacilitatorTraining.RefreshMonths is not null
        && cycle.RoundOf(StageIds.FacilitatorTraining) is not null
        && cycle.List() is null
        && (cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining) is null || cycle.Members(Role.Facilitator).Exists(cycle.JoinedSince));
}
