using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>
/// Plan and apply: what a cycle comes to at an instant. Pure, so the turn that runs a cycle, the sender that asks what is
/// still wanted, a preview and a simulation all get the same answer.
/// </summary>
public static class Planner
{
    /// <summary>An outcome opens the next stage, which may already have one, and so on: far fewer steps than this.</summary>
    private const int StepsAtMost = 40;

    private static readonly Duration LooksAtLeastEvery = Duration.FromDays(7);

    /// <summary>Everything that is to be recorded now, in an order of which every beginning is a cycle that can go on.</summary>
    public static TurnPlan Plan(Snapshot snapshot, Instant now)
    {
        var changes = ImmutableList<Fact>.Empty;
        for (var step = 0; step < StepsAtMost; step++)
        {
            var plans = PlanStages(snapshot, now);
            var next = Apply(snapshot, plans, now);
            if (next.IsEmpty)
            {
                next = [.. EventPlan.Changes(snapshot, now)];
            }

            if (next.IsEmpty)
            {
                return Rest(snapshot, changes, plans, now);
            }

            changes = changes.AddRange(next);
            snapshot = snapshot.With(next);
        }

        throw new InvalidOperationException("The cycle's plan does not come to rest.");
    }

    /// <summary>The messages that somebody should have by now. One that was issued and is not among them is withdrawn.</summary>
    public static ImmutableHashSet<MessageKey> WantedNow(Snapshot snapshot, Instant now) =>
        [.. Wanted(snapshot, now).Where(message => message.Due <= now).Select(message => message.Key)];

    /// <summary>Every message that is wanted, due or to come.</summary>
    public static IEnumerable<WantedMessage> Wanted(Snapshot snapshot, Instant now) =>
        PlanStages(snapshot, now).SelectMany(plan => plan.Messages);

    /// <summary>The stages that have opened and have no outcome yet, in the order of the cycle.</summary>
    public static IEnumerable<StageId> OpenStages(Snapshot snapshot) =>
        snapshot.HasEnded ? [] : CommunityCycle.Stages
            .Select(stage => stage.Id)
            .Where(stage => snapshot.RoundOf(stage) is not null && snapshot.OutcomeOf<Outcome>(stage) is null);

    /// <summary>While a cycle is paused, its stages plan nothing but to take out of calendars what has fallen.</summary>
    private static ImmutableList<StagePlan> PlanStages(Snapshot snapshot, Instant now) => snapshot.Pause() is null
        ? Planned(snapshot, now)
        : [.. Planned(snapshot, now).Select(plan => new StagePlan { Messages = plan.Messages.RemoveAll(message => !IsOfTheCalendar(snapshot, message)) })];

    private static bool IsOfTheCalendar(Snapshot snapshot, WantedMessage message) =>
        message.Calendar is { IsCancelled: true } || snapshot.IssuedOf(message.Key)?.Calendar is not null;

    private static ImmutableList<StagePlan> Planned(Snapshot snapshot, Instant now) =>
    [
        .. CommunityCycle.Stages
            .Select(stage => (stage.Plan, Round: snapshot.RoundOf(stage.Id)))
            .Where(stage => stage.Round is not null)
            .Select(stage => (stage.Plan, Round: new StageRound(snapshot, stage.Round!, now)))
            .Select(stage => snapshot.Stopped() is { } stopped ? stage.Plan.Stop(stage.Round, stopped) : stage.Plan.Plan(stage.Round)),
    ];

    /// <summary>
    /// What was withdrawn and is wanted again was never sent: it goes to the post again. A stage that another one sends back plans its
    /// messages once more, in its new round.
    /// </summary>
    private static ImmutableList<Fact> Apply(Snapshot snapshot, ImmutableList<StagePlan> plans, Instant now)
    {
        var openings = CommunityCycle.Stages
            .Where(stage => snapshot.Stopped() is null && snapshot.Pause() is null && snapshot.RoundOf(stage.Id) is null && stage.Opens(snapshot))
            .Select(stage => new StageOpened(stage.Id, 1, now));
        var facts = plans.SelectMany(plan => plan.Facts).Where(fact => !fact.Equals(snapshot.Find<Fact>(fact.Row()))).ToLookup(fact => fact is Outcome);
        var reopened = facts[false].OfType<StageOpened>().Select(opened => opened.Stage.Value).ToHashSet(StringComparer.Ordinal);
        var messages = plans.SelectMany(plan => plan.Messages)
            .Where(message => message.Due <= now && snapshot.IssuedOf(message.Key) is null or { Withdrawn: not null } && !reopened.Contains(message.Key.Stage))
            .GroupBy(message => message.Key.Person)
            .SelectMany(ofOne => Issue(snapshot, ofOne.Key, ofOne, now));
        return [.. openings, .. facts[false], .. messages, .. facts[true]];
    }

    private static IEnumerable<Issued> Issue(Snapshot snapshot, PersonId person, IEnumerable<WantedMessage> messages, Instant now)
    {
        var sequence = snapshot.NextSequence(person);
        return messages.Select(message => new Issued(
            message.Key, now, Calendar: message.Calendar is { } entry ? entry with { Sequence = sequence++ } : null));
    }

    private static TurnPlan Rest(Snapshot snapshot, ImmutableList<Fact> changes, ImmutableList<StagePlan> plans, Instant now)
    {
        var wakes = plans.SelectMany(plan => plan.Messages.Select(message => message.Due).Concat(plan.Wakes)).Where(wake => wake > now);
        return new TurnPlan(
            changes,
            snapshot,
            [.. plans.SelectMany(plan => plan.WaitingFor).Distinct()],
            wakes.Append(now + LooksAtLeastEvery).Min(),
            plans.Select(plan => plan.Unseal).FirstOrDefault(round => round is not null))
        {
            Wanted = [.. plans.SelectMany(plan => plan.Messages)],
        };
    }
}

/// <summary>What a turn has to do.</summary>
/// <param name="Changes">Facts to record, in order. An <see cref="Issued"/> among them is a message for the post.</param>
/// <param name="After">The cycle with the changes.</param>
/// <param name="WaitingFor">Whose move it is then.</param>
/// <param name="NextWake">When to look again, always later than now.</param>
/// <param name="Unseal">A survey round to turn into results, then plan again.</param>
public sealed record TurnPlan(
    ImmutableList<Fact> Changes, Snapshot After, ImmutableList<PersonId> WaitingFor, Instant NextWake, int? Unseal)
{
    /// <summary>Every message that is wanted then, due or to come.</summary>
    public ImmutableList<WantedMessage> Wanted { get; init; } = [];
}
