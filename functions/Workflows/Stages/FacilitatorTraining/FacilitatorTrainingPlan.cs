using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.FacilitatorTraining;

/// <summary>Each facilitator says whether they lead and does the module; where too few will, the next
/// reserve is asked, or the coordinator names another.</summary>
public sealed class FacilitatorTrainingPlan : IStage
{
    public const string Ask = "ask";
    public const string Replace = "replace";

    public StageId Id => StageIds.FacilitatorTraining;

    public ImmutableList<string> Kinds { get; } = [Ask, Replace];

    public StagePlan Plan(StageRound round)
    {
        if (round.Outcome<FacilitatorsTrained>() is not null)
        {
            return new StagePlan();
        }

        var facilitators = round.Snapshot.MembersOf(Role.Facilitator).Select(member => Facilitator.Of(member, round)).ToList();
        var trained = facilitators.Where(facilitator => facilitator.IsTrained).ToList();
        return trained.Count >= round.Policy.FacilitatorTraining.Enough
            ? StagePlan.Outcome(new FacilitatorsTrained(Id, round.Number, round.Now, [.. trained.Select(facilitator => facilitator.Person)]))
            : AskForMore(round, facilitators);
    }

    /// <summary>Whether enough facilitators have said that they lead, trained or not.</summary>
    public static bool EnoughAccepted(Snapshot cycle) => cycle.Leading().Count() >= cycle.Policy.FacilitatorTraining.Enough;

    private static StagePlan AskForMore(StageRound round, List<Facilitator> facilitators)
    {
        var asked = facilitators.Where(facilitator => !facilitator.Declined && !facilitator.IsTrained).ToList();
        var plan = new StagePlan
        {
            Messages = [.. asked.SelectMany(one => round.Ladder(Ask, one.Person, round.Policy.FacilitatorTraining.Asks, one.Since))],
            WaitingFor = [.. asked.Select(facilitator => facilitator.Person)],
            Wakes = [.. facilitators.Select(facilitator => facilitator.LateFrom)],
        };
        var lost = facilitators.Where(facilitator => facilitator.IsLostAt(round.Now)).ToList();
        var isShort = facilitators.Count - lost.Count < round.Policy.FacilitatorTraining.Enough;
        return !isShort ? plan
            : round.Snapshot.Reserves().ToList() is [var reserve, ..] ? plan with { Facts = [new Member(Role.Facilitator, reserve, round.Now)] }
            : AlsoAskTheCoordinator(plan, round, facilitators, lost);
    }

    /// <summary>Anew for each facilitator who is lost, and each who is named while still more are needed.</summary>
    private static StagePlan AlsoAskTheCoordinator(
        StagePlan plan, StageRound round, List<Facilitator> facilitators, List<Facilitator> lost)
    {
        var last = lost.MaxBy(facilitator => facilitator.LostSince);
        var since = facilitators.Select(facilitator => facilitator.Since).Append(last?.LostSince ?? round.Opened.At).Max();
        var cause = last is null ? $"of-{facilitators.Count}-" : $"{last.Person}-of-{facilitators.Count}-";
        return plan with
        {
            Messages = plan.Messages.AddRange(round.AskCoordinator(Replace, since, cause)),
            WaitingFor = plan.WaitingFor.Add(round.Snapshot.Coordinator),
        };
    }

    /// <summary>A facilitator's way to the session. A substitute's ladder starts when they were named.</summary>
    private sealed record Facilitator(PersonId Person, Instant Since, Instant LateFrom, LeadingAnswered? Answer, bool IsPrepared)
    {
        public bool Declined => Answer is { Leads: false };

        public bool IsTrained => Answer is { Leads: true } && IsPrepared;

        public Instant LostSince => Declined ? Answer!.At : LateFrom;

        public bool IsLostAt(Instant now) => Declined || (!IsTrained && LateFrom <= now);

        public static Facilitator Of(Member member, StageRound round)
        {
            var since = Instant.Max(round.Opened.At, member.At);
            return new Facilitator(
                member.Person,
                since,
                round.Closes(round.OnDay(since, round.Policy.FacilitatorTraining.EscalatesDay, round.Policy.DeadlinesAt)),
                round.Answers<LeadingAnswered>().FirstOrDefault(answer => answer.Person == member.Person),
                round.Snapshot.HasDoneModule(member.Person) && !round.Snapshot.OwesDisclosure(member.Person));
        }
    }
}
