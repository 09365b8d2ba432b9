using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;

namespace Cohesion.Workflows.Stages.CaseStudySelection;

/// <summary>The Division lead and the facilitators vote for a case study; where nobody does, the coordinator decides.</summary>
public sealed class CaseStudySelectionPlan : IStage
{
    public const string Ask = "ask";
    public const string Decide = "decide";
    public const string Chosen = "chosen";

    public StageId Id => StageIds.CaseStudySelection;

    public ImmutableList<string> Kinds { get; } = [Ask, Decide, Chosen, StageRound.DeadlineMoved];

    public StagePlan Plan(StageRound round) =>
        round.Outcome<CaseStudyChosen>() is null ? Collect(round) : new StagePlan { Messages = [.. TellTheLead(round)] };

    public static IEnumerable<PersonId> Voters(Snapshot cycle) =>
        cycle.Members(Role.DivisionLead).Concat(cycle.Members(Role.Facilitator)).Distinct();

    private StagePlan Collect(StageRound round)
    {
        var policy = round.Policy.CaseStudySelection;
        var votes = round.Answers<Voted>().ToDictionary(vote => vote.Person, vote => vote.CaseStudy);
        var silent = Voters(round.Snapshot).Where(voter => !votes.ContainsKey(voter)).ToList();
        var asks = silent.SelectMany(voter => round.Ladder(Ask, voter, policy.Asks, round.Opened.At)).ToImmutableList();
        var silence = round.Silence(round.OnDay(round.Opened.At, policy.ClosesDay, round.Policy.DeadlinesAt), asks);
        if (Decided(round) is { } decided)
        {
            return Choose(round, decided);
        }

        if (votes.Count > 0 && (silent.Count == 0 || silence.HasClosed))
        {
            return Choose(round, MostVotes(round, votes));
        }

        return silence.HasClosed
            ? AskTheCoordinator(round, silence)
            : new StagePlan { Messages = asks, WaitingFor = [.. silent] }.With(silence);
    }

    private static string? Decided(StageRound round) => round.Answers<CaseStudyDecided>().SingleOrDefault()?.CaseStudy;

    private static StagePlan AskTheCoordinator(StageRound round, Silence silence) => new()
    {
        Messages = [.. round.AskCoordinator(Decide, silence.Closes)],
        WaitingFor = [round.Snapshot.Coordinator],
    };

    private StagePlan Choose(StageRound round, string caseStudy) =>
        StagePlan.Outcome(new CaseStudyChosen(Id, round.Number, round.Now, caseStudy));

    /// <summary>Most votes; of equal ones the lead's, then the first on the list.</summary>
    private static string MostVotes(StageRound round, Dictionary<PersonId, string> votes)
    {
        var leads = round.Snapshot.Members(Role.DivisionLead).Select(lead => votes.GetValueOrDefault(lead)).ToHashSet();
        return round.Snapshot.KickOff.CaseStudies
            .Select(caseStudy => caseStudy.Id)
            .OrderByDescending(id => votes.Values.Count(vote => vote == id))
            .ThenByDescending(leads.Contains)
            .First();
    }

    private static IEnumerable<WantedMessage> TellTheLead(StageRound round) =>
        round.Snapshot.Members(Role.DivisionLead).Select(lead => round.Tell(Chosen, lead));
}
