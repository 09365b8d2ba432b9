using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>
/// What follows where a coordinator pauses a community, and where it goes on. A session's date stands whatever happens, and people have it in
/// their calendars: while there is one to come, a community is not paused. It is postponed first.
/// </summary>
public static class Pausing
{
    public static bool SessionIsToCome(Snapshot cycle, Instant now) => now < cycle.Session()?.Ends;

    internal static ImmutableList<Fact>? Pause(Snapshot cycle, Instant now) =>
        SessionIsToCome(cycle, now) ? null : [new Paused(cycle.Pauses().Count + 1, now)];

    /// <summary>Deadlines that had not passed are later by as many days as it was paused: those that people were told, and those in whose place they are.</summary>
    internal static ImmutableList<Fact>? Resume(Snapshot cycle, Instant now)
    {
        if (cycle.Pause() is not { } pause)
        {
            return null;
        }

        var (days, by) = (new CommunityDays(cycle.KickOff.Zone), cycle.Days(pause, now));
        Instant Later(Instant deadline) => deadline > pause.From ? days.At(days.LocalTimeOf(deadline).PlusDays(by)) : deadline;
        return
        [
            pause with { Until = now },
            .. CommunityCycle.Stages
                .Where(stage => cycle.OutcomeOf<Outcome>(stage.Id) is null && cycle.RoundOf(stage.Id) is not null)
                .Select(stage => cycle.Find<DeadlineSet>(DeadlineSet.RowOf(stage.Id, cycle.RoundOf(stage.Id)!.Round)))
                .OfType<DeadlineSet>()
                .Select(told => told with { At = Later(told.At), InPlaceOf = told.InPlaceOf is { } planned ? Later(planned) : null }),
        ];
    }
}
