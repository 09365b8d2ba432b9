using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Preparation;

/// <summary>The partners prepare what the community chooses by; what is missing on the last day, the coordinator hears of.</summary>
public sealed class PreparationPlan : IStage
{
    public const string Ask = "ask";
    public const string Missing = "missing";

    public StageId Id => StageIds.Preparation;

    public ImmutableList<string> Kinds { get; } = [Ask, Missing];

    public StagePlan Plan(StageRound round) => round.Outcome<PreparationClosed>() is { } closed ? TellOfMissing(round, closed) : Collect(round);

    /// <summary>Whether somebody is to prepare something.</summary>
    public static bool IsNeeded(Snapshot cycle) => cycle.Policy.Preparation is not null && cycle.All<PreparationAsked>().Any();

    /// <summary>What is neither done nor waived, in the order of the tasks' ids.</summary>
    public static IEnumerable<PreparationAsked> Open(Snapshot cycle) =>
        cycle.Preparations().Where(task => task.State == PreparationState.Open).Select(task => task.Asked);

    /// <summary>When the community is asked, whatever is missing.</summary>
    public static Instant Closes(Snapshot cycle, StageOpened round)
    {
        var days = new CommunityDays(cycle.KickOff.Zone);
        return days.At(cycle.Shifted(round.At, days.DateOf(round.At).PlusDays(cycle.Policy.Preparation!.ClosesDay), cycle.Policy.AsksAt), cycle.Policy.AsksAt);
    }

    private StagePlan Collect(StageRound round)
    {
        var policy = round.Policy.Preparation!;
        var people = Open(round.Snapshot).Select(task => task.Person).Distinct().ToList();
        var closes = Closes(round.Snapshot, round.Opened);
        return people.Count == 0 || round.Now >= closes
            ? StagePlan.Outcome(new PreparationClosed(Id, round.Number, round.Now))
            : new StagePlan
            {
                Messages = [.. people.SelectMany(person => round.Ladder(Ask, person, policy.Asks, round.Opened.At))],
                WaitingFor = [.. people],
                Wakes = [closes],
            };
    }

    private static StagePlan TellOfMissing(StageRound round, PreparationClosed closed) => Open(round.Snapshot).Any()
        ? new StagePlan { Messages = [new WantedMessage(round.Key(Missing, round.Snapshot.Coordinator), closed.At)] }
        : new StagePlan();
}
