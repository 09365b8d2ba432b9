using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;

namespace Cohesion.Workflows.Stages.Scheduling;

/// <summary>Once the date is fixed the Division says where; later the coordinator is asked too. Until then the place follows.</summary>
internal static class VenuePlan
{
    public static StagePlan Plan(StageRound round, Session session) =>
        round.Policy.Scheduling.Venue is { } policy && round.Snapshot.Place() is null && round.Now < session.Starts
            ? Ask(round, session, policy)
            : new StagePlan();

    private static StagePlan Ask(StageRound round, Session session, VenuePolicy policy)
    {
        var (division, since) = (round.Snapshot.Division(), round.Outcome<SessionDated>()!.At);
        var escalates = round.OnDay(since, policy.EscalatesDay, round.Policy.AsksAt);
        var asks = division.SelectMany(one => round.Ladder(SchedulingPlan.Venue, one, policy.Asks, since))
            .Concat(round.AskCoordinator(SchedulingPlan.VenueMissing, escalates));
        return new StagePlan { Messages = [.. asks.Where(ask => ask.Due < session.Starts)], WaitingFor = division };
    }
}
