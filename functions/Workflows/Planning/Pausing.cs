using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>
/// What follows where a coordinator pauses a community, and where it goes on. A session's date stands whatever happens, and people have it in
/// their calendars: while there is one to come, a community is not paused. It is moved or postponed first.
/// </summary>
public static class Pausing
{
    public static bool SessionIsToCome(Snapshot cycle, Instant now) => now < cycle.Session()?.Ends;

    internal static ImmutableList<Fact>? Pause(Snapshot cycle, Instant now) =>
        SessionIsToCome(cycle, now) ? null : [new Paused(cycle.Pauses().Count + 1, now)];

    /// <summary>Deadlines that people were told, and that had not passed, are later by as many days as it was paused.</summary>
    internal static ImmutableList<Fact>? Resume(Snapshot cycle, Instant now) => cycle.Pause() is not { } pause ? null :
    [
        pause with { Until = now },
        .. CommunityCycle.Stages
            .Where(stage => Adapting.HasDeadline(cycle, stage.Id, pause.From))
            .Select(stage => Later(cycle, cycle.Find<DeadlineSet>(DeadlineSet.RowOf(stage.Id, cycle.RoundOf(stage.Id)!.Round))!, cycle.Days(pause, now))),
    ];

    private static DeadlineSet Later(Snapshot cycle, DeadlineSet told, int by)
    {
        var days = new CommunityDays(cycle.KickOff.Zone);
        return told with { At = days.At(days.LocalTimeOf(told.At).PlusDays(by)) };
    }
}
