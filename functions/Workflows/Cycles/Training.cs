using System.Collections.Immutable;
using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>Whether a facilitator has trained before: what another community's session recorded, and the facilitator's own word.</summary>
public static class TrainingReading
{
    /// <summary>The first day of the month in which a facilitator last trained for the programme; null where nobody knows of it.</summary>
    public static LocalDate? TrainedLast(this Snapshot cycle, PersonId facilitator)
    {
        var recorded = cycle.Elsewhere.Trained?.TryGetValue(facilitator, out var at) == true ? MonthOf(cycle, at) : (LocalDate?)null;
        return new[] { recorded, cycle.SaysTrained(facilitator) }.Max();
    }

    /// <summary>The month that the facilitator told; null where they told none, or took it back.</summary>
    public static LocalDate? SaysTrained(this Snapshot cycle, PersonId facilitator) => cycle.NewestOf<TrainedBefore>(facilitator)?.Month;

    /// <summary>Who leads and has done what is asked before, in the order they joined.</summary>
    public static ImmutableList<PersonId> Trained(this Snapshot cycle) =>
        [.. cycle.Members(Role.Facilitator).Intersect(cycle.Leading()).Where(person => cycle.HasDoneModule(person) && !cycle.OwesDisclosure(person))];

    /// <summary>Whether a facilitator joined when enough had trained: they are asked as the others were, and nothing waits for them.</summary>
    public static bool JoinedSince(this Snapshot cycle, PersonId facilitator) =>
        cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining)?.At < cycle.Find<Member>(Member.RowOf(Role.Facilitator, facilitator))?.At;

    /// <summary>
    /// Whether it is too late for a facilitator to say that they lead, or have trained: enough have, or the session begins. Who joined since
    /// can say it until they have trained: from then on the session counts on them, as on the others.
    /// </summary>
    public static bool IsTrainingOver(this Snapshot cycle, PersonId facilitator, Instant now) =>
        cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining) is not null
        && (cycle.Session()?.Starts <= now || !cycle.JoinedSince(facilitator) || cycle.Trained().Contains(facilitator));

    /// <summary>Whether another colleague is asked where a facilitator is late: in the first round.</summary>
    public static bool AsksTheNext(this Snapshot cycle) =>
        cycle.RoundOf(StageIds.FacilitatorTraining) is { Round: 1 } && cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining) is null;

    /// <summary>Whether the refresh is enough: the training is not too long ago, counted from the day that the stage opened.</summary>
    public static bool NeedsRefreshOnly(this Snapshot cycle, PersonId facilitator) =>
        cycle.Policy.FacilitatorTraining.RefreshMonths is { } months
        && cycle.RoundOf(StageIds.FacilitatorTraining) is { } round
        && cycle.TrainedLast(facilitator) >= MonthOf(cycle, round.At).PlusMonths(-months);

    /// <summary>Until when a facilitator is to be ready: at the latest the day before the session. Null before they are asked.</summary>
    public static LocalDate? ReadyBy(this Snapshot cycle, PersonId facilitator)
    {
        var (round, member) = (cycle.RoundOf(StageIds.FacilitatorTraining), cycle.Find<Member>(Member.RowOf(Role.Facilitator, facilitator)));
        if (round is null || member is null)
        {
            return null;
        }

        var since = Instant.Max(round.At, member.At);
        var from = since.InZone(DateTimeZoneProviders.Tzdb[cycle.KickOff.Zone]).Date;
        var day = cycle.Shifted(since, from.PlusDays(cycle.Policy.FacilitatorTraining.EscalatesDay), cycle.Policy.DeadlinesAt);
        return cycle.Session() is { LocalStart.Date: var session } && session <= day ? LocalDate.Max(from, session.PlusDays(-1)) : day;
    }

    private static LocalDate MonthOf(Snapshot cycle, Instant at)
    {
        var date = at.InZone(DateTimeZoneProviders.Tzdb[cycle.KickOff.Zone]).Date;
        return date.PlusDays(1 - date.Day);
    }
}
