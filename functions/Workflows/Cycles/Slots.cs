using System.Collections.Immutable;
using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>Which slots are on offer in the newest round of scheduling, and who has said which they can make.</summary>
public static class SlotReading
{
    /// <summary>The proposal that counts: the newest; null before there is one.</summary>
    public static SlotsProposed? Proposed(this Snapshot cycle) => cycle.Proposals().LastOrDefault();

    /// <summary>The newest proposal with a slot that was not on offer before: who answered earlier is asked about it.</summary>
    public static SlotsProposed? ProposedAnew(this Snapshot cycle)
    {
        var proposals = cycle.Proposals();
        return proposals.LastOrDefault(one => one.Slots.Except(proposals.Find(before => before.Number == one.Number - 1)?.Slots ?? []).Any());
    }

    /// <summary>The slots that people can mark now: none once the date is fixed, or the community has stopped.</summary>
    public static ImmutableList<LocalDateTime> OpenSlots(this Snapshot cycle) => cycle.Session() is null && cycle.Stopped() is null ? cycle.Proposed()?.Slots ?? [] : [];

    /// <summary>What a person said; null before. What they said of an earlier proposal stands for the slots that stayed.</summary>
    public static SlotsMarked? MarksOf(this Snapshot cycle, PersonId person) => cycle.Marks().SingleOrDefault(marks => marks.Person == person);

    /// <summary>Whether a person has said of all slots on offer whether they can make them.</summary>
    public static bool HasMarked(this Snapshot cycle, PersonId person) => cycle.MarksOf(person) is { } marks && marks.Proposal >= cycle.ProposedAnew()?.Number;

    private static ImmutableList<SlotsProposed> Proposals(this Snapshot cycle) => cycle.RoundOf(StageIds.Scheduling) is { } round
        ? [.. cycle.Answers<SlotsProposed>(round).OrderBy(one => one.Number)]
        : [];

    private static IEnumerable<SlotsMarked> Marks(this Snapshot cycle) =>
        cycle.RoundOf(StageIds.Scheduling) is { } round ? cycle.Answers<SlotsMarked>(round) : [];
}
