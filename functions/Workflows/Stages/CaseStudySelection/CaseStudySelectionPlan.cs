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
    public const string Started = "started";
    public const string Replaced = "replaced";

    public StageId Id => StageIds.CaseStudySelection;

    public ImmutableList<string> Kinds { get; } = [Ask, Decide, Chosen, Started, StageRound.DeadlineMoved, Replaced];

    public StagePlan Plan(StageRound round)
    {
        var plan = round.Outcome<CaseStudyChosen>() is null ? Collect(round) : new StagePlan { Messages = [.. Tell(round)] };
        plan = plan with { Messages = plan.Messages.AddRange(Replacing.ToTell(round.Snapshot, round.Now).Select(left => Tell(round, left))) };
        return round.Number > 1 ? plan : plan with { Messages = plan.Messages.AddRange(round.Snapshot.Members(Role.DivisionStaff).Select(staff => round.Tell(Started, staff))) };
    }

    public static IEnumerable<PersonId> Voters(Snapshot cycle) =>
        cycle.Members(Role.DivisionLead).Concat(cycle.Members(Role.Facilitator)).Distinct();

    /// <summary>What those who may vote have voted last.</summary>
    public static IEnumerable<Voted> Votes(Snapshot cycle) => Voters(cycle).Select(cycle.NewestOf<Voted>).OfType<Voted>();

    private StagePlan Collect(StageRound round)
    {
        var policy = round.Policy.CaseStudySelection;
        var votes = Votes(round.Snapshot).ToList();
        var silent = Voters(round.Snapshot).Except(votes.Select(vote => vote.Person)).ToList();
        var asks = silent.SelectMany(voter => round.Ladder(Ask, voter, policy.Asks, round.Opened.At)).ToImmutableList();
        var silence = round.Silence(round.OnDay(round.Opened.At, policy.ClosesDay, round.Policy.DeadlinesAt), asks);
        if (Decided(round) is { } decided)
        {
            return Choose(round, decided);
        }

        if (votes.Count > 0 && (silent.Count == 0 || silence.HasClosed))
        {
            return Choose(round, BordaWinner(round, votes));
        }

        return silence.HasClosed
            ? AskTheCoordinator(round, silence)
            : new StagePlan { Messages = asks, WaitingFor = [.. silent] }.With(silence);
    }

    /// <summary>In whatever round: once.</summary>
    private static WantedMessage Tell(StageRound round, MemberLeft left) =>
        new(round.Key(Replaced, left.Person) with { Occasion = FormattableString.Invariant($"{left.Role.Id()}-{left.Number}") }, left.At);

    private static string? Decided(StageRound round) => round.Answers<CaseStudyDecided>().SingleOrDefault()?.CaseStudy;

    private static StagePlan AskTheCoordinator(StageRound round, Silence silence) => new()
    {
        Messages = [.. round.AskCoordinator(Decide, silence.Closes)],
        WaitingFor = [round.Snapshot.Coordinator],
    };

    private StagePlan Choose(StageRound round, string caseStudy) =>
        StagePlan.Outcome(new CaseStudyChosen(Id, round.Number, round.Now, caseStudy));

    /// <summary>
    /// Borda count: of n on offer the first choice counts n - 1, the second n - 2, one that is not ranked nothing. Of equal ones
    /// that which the lead ranks highest, then the first on the list.
    /// </summary>
    private static string BordaWinner(StageRound round, List<Voted> votes)
    {
        var offered = round.Snapshot.KickOff.CaseStudies.Select(caseStudy => caseStudy.Id).ToList();
        var leads = round.Snapshot.Members(Role.DivisionLead);
        int Place(Voted vote, string id) => vote.Ranking().IndexOf(id) is >= 0 and var place ? place : offered.Count - 1;
        return offered
            .OrderByDescending(id => votes.Sum(vote => offered.Count - 1 - Place(vote, id)))
            .ThenBy(id => votes.Where(vote => leads.Contains(vote.Person)).Select(vote => Place(vote, id)).Append(offered.Count).Min())
            .First();
    }

    /// <summary>Who leads hears of the case when they are asked; of another one that takes its place, from here.</summary>
    private static IEnumerable<WantedMessage> Tell(StageRound round) =>
        round.Snapshot.Members(Role.DivisionLead)
            .Concat(round.Number > 1 ? round.Snapshot.Leading() : [])
            .Distinct()
            .Select(person => round.Tell(Chosen, person));
}
