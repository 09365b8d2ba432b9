using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>What an adaptation changes of a message.</summary>
public enum MessageFate
{
    /// <summary>It goes out, as soon as mail of its kind does.</summary>
    GoesOut,

    /// <summary>It waits to be sent, and is not sent any more.</summary>
    Withdrawn,

    /// <summary>It will go out later, and would not have.</summary>
    Comes,

    /// <summary>It would have gone out later, and will not.</summary>
    Falls,

    /// <summary>It will go out at another time.</summary>
    Shifts,
}

/// <param name="Key">Which message.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Due">When it goes out, or would have.</param>
/// <param name="Was">When it would have gone out, where that shifts.</param>
public sealed record MessageChange(MessageKey Key, MessageFate Fate, Instant Due, Instant? Was = null);

/// <summary>What a person's calendar holds of the session, before and after; null where it is not in it.</summary>
public sealed record CalendarChange(PersonId Person, CalendarEntry? Before, CalendarEntry? After);

/// <summary>A stage's deadline before and after.</summary>
public sealed record DeadlineChange(StageId Stage, Instant? Before, Instant? After);

/// <summary>
/// What an adaptation comes to: two plans of the same instant held against each other, one with it and one without. Nobody knows what
/// people will tell; it is what the cycle does by itself.
/// </summary>
/// <param name="Messages">Of each person, in the order of their times.</param>
/// <param name="Calendars">Of each person whose calendar changes.</param>
/// <param name="Deadlines">Of the stages.</param>
/// <param name="Kept">How many messages to come stay as they are.</param>
/// <param name="After">The cycle with it, as the next turn leaves it.</param>
public sealed record AdaptationDiff(
    ImmutableList<MessageChange> Messages, ImmutableList<CalendarChange> Calendars, ImmutableList<DeadlineChange> Deadlines, int Kept, Snapshot After)
{
    /// <param name="cycle">As it is.</param>
    /// <param name="facts">The adaptation, and what follows of it.</param>
    /// <param name="now">When.</param>
    public static AdaptationDiff Of(Snapshot cycle, IEnumerable<Fact> facts, Instant now)
    {
        var (without, with) = (Planner.Plan(cycle, now), Planner.Plan(cycle.With(facts), now));
        var (before, after) = (ToCome(cycle, without), ToCome(cycle, with));
        var kinds = before.Concat(after).Select(KindOf).Distinct().ToList();
        var pairs = kinds.SelectMany(kind => Paired([.. before.Where(one => KindOf(one) == kind)], [.. after.Where(one => KindOf(one) == kind)], now)).ToList();
        var changes = pairs.Select(pair => Change(cycle, pair.Before, pair.After, now)).OfType<MessageChange>().OrderBy(change => change.Due).ToImmutableList();
        return new AdaptationDiff(
            changes,
            [.. Everybody(with.After).Select(person => new CalendarChange(person, EntryOf(without.After, person), EntryOf(with.After, person))).Where(one => one.Before != one.After)],
            [.. CommunityCycle.Stages.Select(stage => new DeadlineChange(stage.Id, DeadlineOf(without.After, stage.Id), DeadlineOf(with.After, stage.Id))).Where(one => one.Before != one.After)],
            pairs.Count - changes.Count,
            with.After);
    }

    /// <summary>What has not gone out, in the order of its times.</summary>
    private static List<WantedMessage> ToCome(Snapshot cycle, TurnPlan plan) =>
    [
        .. plan.Wanted.DistinctBy(message => message.Key)
            .Where(message => cycle.IssuedOf(message.Key) is null or { Accepted: null, Bounced: null })
            .OrderBy(message => message.Due),
    ];

    private static (PersonId Person, string Stage, string Kind) KindOf(WantedMessage message) => (message.Key.Person, message.Key.Stage, message.Key.Kind);

    /// <summary>A message goes with itself; a reminder that another takes the place of, under another key, with that one, in their order.</summary>
    private static IEnumerable<(WantedMessage? Before, WantedMessage? After)> Paired(List<WantedMessage> before, List<WantedMessage> after, Instant now)
    {
        foreach (var same in before.Join(after, one => one.Key, one => one.Key, (one, other) => (one, other)).ToList())
        {
            before.Remove(same.one);
            after.Remove(same.other);
            yield return same;
        }

        foreach (var (one, other) in before.Where(one => one.Due > now).Zip(after.Where(one => one.Due > now)).ToList())
        {
            before.Remove(one);
            after.Remove(other);
            yield return (one, other);
        }

        foreach (var one in before)
        {
            yield return (one, null);
        }

        foreach (var other in after)
        {
            yield return (null, other);
        }
    }

    private static MessageChange? Change(Snapshot cycle, WantedMessage? before, WantedMessage? after, Instant now) => (before, after) switch
    {
        (null, { } comes) => new MessageChange(comes.Key, comes.Due <= now ? MessageFate.GoesOut : MessageFate.Comes, comes.Due),
        ({ } falls, null) => new MessageChange(falls.Key, cycle.IssuedOf(falls.Key) is { Withdrawn: null } ? MessageFate.Withdrawn : MessageFate.Falls, falls.Due),
        ({ } one, { } other) when one.Due == other.Due || (one.Due <= now && other.Due <= now) => null,
        ({ } one, { } other) => new MessageChange(other.Key, MessageFate.Shifts, other.Due, one.Due),
        _ => null,
    };

    private static IEnumerable<PersonId> Everybody(Snapshot cycle) => cycle.All<Member>().Select(member => member.Person).Distinct();

    private static CalendarEntry? EntryOf(Snapshot cycle, PersonId person) => cycle.IsExpected(person) ? CalendarEntry.Of(cycle) : null;

    private static Instant? DeadlineOf(Snapshot cycle, StageId stage) => cycle.OutcomeOf<Outcome>(stage) is null ? cycle.Deadline(stage) : null;
}
