using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>
/// What follows where facilitators come and go, until the session begins. Who joins is asked as the others were; where fewer than are needed
/// have trained then, the training opens again.
/// </summary>
public static class Facilitating
{
    /// <summary>Whether who leads can still change.</summary>
    public static bool IsPossible(Snapshot cycle, Instant now) => !(cycle.Session()?.Starts <= now);

    /// <summary>Whether too few would be left without a facilitator: of those who have trained, or, before enough have, of those who may still lead.</summary>
    public static bool IsNeeded(Snapshot cycle, PersonId facilitator)
    {
        var counted = cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining) is not null ? cycle.Trained() : MayLead(cycle);
        return counted.Contains(facilitator) && counted.Count <= cycle.Policy.FacilitatorTraining.Enough;
    }

    internal static ImmutableList<Fact>? Add(Snapshot cycle, AddFacilitator add, PersonId by, Instant now) =>
        !IsPossible(cycle, now) || !CanJoin(cycle, Role.Facilitator, add.Person, now) || (add.IsTrained && !CanVouch(cycle))
            ? null
            : [.. Joins(cycle, add.Person, add.IsTrained, by, now)];

    internal static ImmutableList<Fact>? Remove(Snapshot cycle, PersonId person, Instant now) =>
        IsPossible(cycle, now) && cycle.HasRole(Role.Facilitator, person) && !IsNeeded(cycle, person) ? [Leaves(cycle, Role.Facilitator, person, now)] : null;

    internal static bool CanJoin(Snapshot cycle, Role role, PersonId person, Instant now) =>
        !cycle.HasRole(role, person) && !(cycle.Find<MemberLeft>(MemberLeft.RowOf(role, person))?.At >= now);

    internal static MemberLeft Leaves(Snapshot cycle, Role role, PersonId person, Instant now) =>
        new(role, person, now, 1 + (cycle.Find<MemberLeft>(MemberLeft.RowOf(role, person))?.Number ?? 0));

    /// <summary>Whether the coordinator can say that somebody has trained elsewhere: there is a training.</summary>
    public static bool CanVouch(Snapshot cycle) => cycle.RoundOf(StageIds.FacilitatorTraining) is not null;

    /// <summary>Whether somebody counts as trained on the coordinator's word that they were elsewhere.</summary>
    internal static bool IsVouchedFor(Snapshot cycle, PersonId person) => cycle.NewestOf<ModuleDone>(person) is { Done: true, IsElsewhere: true };

    internal static bool LeadsVouchedFor(Snapshot cycle, PersonId person) => IsVouchedFor(cycle, person) && cycle.Leading().Contains(person);

    /// <summary>That somebody joins: on the word that they lead and have trained elsewhere, or without; that they have trained, said before, then counts no more.</summary>
    internal static IEnumerable<Fact> Joins(Snapshot cycle, PersonId person, bool isTrained, PersonId by, Instant now)
    {
        var round = cycle.RoundOf(StageIds.FacilitatorTraining)?.Round ?? 0;
        return
        [
            new Member(Role.Facilitator, person, now, by),
            .. isTrained ? [new LeadingAnswered(round, person, Leads: true, by, now), new ModuleDone(round, person, by, now, IsElsewhere: true)]
                : IsVouchedFor(cycle, person) ? [new ModuleDone(round, person, by, now, Done: false)]
                : Array.Empty<Fact>(),
        ];
    }

    /// <summary>The training's next round, where with the changes fewer have trained than are needed.</summary>
    internal static IEnumerable<Fact> Reopened(Snapshot cycle, IEnumerable<Fact> changes, Instant now) =>
        cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining) is not null && cycle.With(changes).Trained().Count < cycle.Policy.FacilitatorTraining.Enough
            ? [new StageOpened(StageIds.FacilitatorTraining, cycle.RoundOf(StageIds.FacilitatorTraining)!.Round + 1, now)]
            : [];

    private static ImmutableList<PersonId> MayLead(Snapshot cycle) =>
        [.. cycle.Members(Role.Facilitator).Where(person => cycle.NewestOf<LeadingAnswered>(person) is not { Leads: false }), .. cycle.Reserves()];
}
