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
    public static LocalDate? SaysTrained(this Snapshot cycle, PersonId facilitator) =>
        cycle.RoundOf(StageIds.FacilitatorTraining) is { } round
            ? cycle.Answers<TrainedBefore>(round).SingleOrDefault(told => told.Person == facilitator)?.Month
            : null;

    /// <summary>Whether the refresh is enough: the training is not too long ago, counted from the day that the stage opened.</summary>
    public static bool NeedsRefreshOnly(this Snapshot cycle, PersonId facilitator) =>
        cycle.Policy.FacilitatorTraining.RefreshMonths is { } months
        && cycle.RoundOf(StageIds.FacilitatorTraining) is { } round
        && cycle.TrainedLast(facilitator) >= MonthOf(cycle, round.At).PlusMonths(-months);

    /// <summary>Until when a facilitator is to be ready; then the next colleague is asked. Null before they are asked.</summary>
    public static LocalDate? ReadyBy(this Snapshot cycle, PersonId facilitator)
    {
        var (round, member) = (cycle.RoundOf(StageIds.FacilitatorTraining), cycle.Find<Member>(new Member(Role.Facilitator, facilitator, default).Row()));
        if (round is null || member is null)
        {
            return null;
        }

        var since = Instant.Max(round.At, member.At);
        var day = since.InZone(DateTimeZoneProviders.Tzdb[cycle.KickOff.Zone]).Date.PlusDays(cycle.Policy.FacilitatorTraining.EscalatesDay);
        return cycle.Shifted(since, day, cycle.Policy.DeadlinesAt);
    }

    private static LocalDate MonthOf(Snapshot cycle, Instant at)
    {
        var date = at.InZone(DateTimeZoneProviders.Tzdb[cycle.KickOff.Zone]).Date;
        return date.PlusDays(1 - date.Day);
    }
}
