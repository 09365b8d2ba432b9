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
        var (facilitators, trained) = (round.Snapshot.MembersOf(Role.Facilitator).Select(member => Facilitator.Of(member, round)).ToList(), round.Snapshot.Trained());
        return round.Outcome<FacilitatorsTrained>() is { } closed ? AskWhoJoined(round, closed, facilitators)
            : trained.Count >= round.Policy.FacilitatorTraining.Enough || IsTooLate(round) ? StagePlan.Outcome(new FacilitatorsTrained(Id, round.Number, round.Now, trained))
            : AskForMore(round, facilitators);
    }

    /// <summary>Where the training opened again when people were invited already, the session begins with those who have trained.</summary>
    private static bool IsTooLate(StageRound round) => round.Snapshot.AreInvited() && round.Snapshot.Session()?.Starts <= round.Now;

    /// <summary>Nothing waits for them; who has trained is one of those who have, and who has left is not.</summary>
    private static StagePlan AskWhoJoined(StageRound round, FacilitatorsTrained closed, List<Facilitator> facilitators)
    {
        if (round.Snapshot.Session()?.Starts <= round.Now)
        {
            return new StagePlan();
        }

        var asked = facilitators.Where(one => round.Snapshot.JoinedSince(one.Person) && !one.Declined && !one.IsTrained).ToList();
        var present = closed.Facilitators.Where(person => round.Snapshot.HasRole(Role.Facilitator, person)).Union(round.Snapshot.Trained()).ToImmutableList();
        return new StagePlan
        {
            Facts = present.SequenceEqual(closed.Facilitators) ? [] : [closed with { Facilitators = present }],
            Messages = [.. asked.SelectMany(one => Asks(round, one))],
            WaitingFor = [.. asked.Select(one => one.Person)],
        };
    }

    private static IEnumerable<WantedMessage> Asks(StageRound round, Facilitator one) => round.Ladder(Ask, one.Person, round.Policy.FacilitatorTraining.Asks, one.Since);

    /// <summary>Whether enough facilitators have said that they lead, trained or not.</summary>
    public static bool EnoughAccepted(Snapshot cycle) => cycle.Leading().Count() >= cycle.Policy.FacilitatorTraining.Enough;

    private static StagePlan AskForMore(StageRound round, List<Facilitator> facilitators)
    {
        var asked = facilitators.Where(facilitator => !facilitator.Declined && !facilitator.IsTrained).ToList();
        var plan = new StagePlan
        {
            Messages = [.. asked.SelectMany(one => Asks(round, one))],
            WaitingFor = [.. asked.Select(facilitator => facilitator.Person)],
            Wakes = [.. facilitators.Select(facilitator => facilitator.LateFrom), .. round.Snapshot.Session() is { } session ? [session.Starts] : Array.Empty<Instant>()],
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
                round.Snapshot.NewestOf<LeadingAnswered>(member.Person),
                round.Snapshot.HasDoneModule(member.Person) && !round.Snapshot.OwesDisclosure(member.Person));
        }
    }
}
