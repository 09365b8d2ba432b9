using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>A cycle that runs gets the numbers of another version of its programme. What is its own stays so.</summary>
public static class Adopting
{
    /// <summary>The policy of a version as the cycle would have it.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="before">The policy of the version it runs on: what it has otherwise is its own.</param>
    /// <param name="after">The policy of the other version.</param>
    /// <param name="now">When.</param>
    public static Policy Merged(Snapshot cycle, Policy before, Policy after, Instant now)
    {
        var (present, was) = (cycle.Policy, before.Values());
        var merged = after with
        {
            Preparation = present.Preparation is null ? null : after.Preparation ?? present.Preparation,
            Scheduling = after.Scheduling with { Venue = present.Scheduling.Venue is null ? null : after.Scheduling.Venue ?? present.Scheduling.Venue },
        };
        foreach (var (path, value) in present.Values().Where(one => was.TryGetValue(one.Key, out var other) && other != one.Value))
        {
            merged = merged.With(path, value) ?? merged;
        }

        return Standing(cycle, present, merged, now);
    }

    public static ImmutableList<Fact>? Follows(Snapshot cycle, AdoptProgramme adopt, Instant now) =>
        adopt.Version == cycle.ProgrammeVersion && adopt.Policy == Json.Write(cycle.Policy)
            ? null
            : [new PolicyAdapted(Json.Read<Policy>(adopt.Policy), now, adopt.Version)];

    /// <summary>What stands in calendars, and after the session its seats.</summary>
    private static Policy Standing(Snapshot cycle, Policy present, Policy merged, Instant now) => cycle.Session() is not { } session ? merged : merged with
    {
        Scheduling = merged.Scheduling with { SessionMinutes = present.Scheduling.SessionMinutes, IsOnline = present.Scheduling.IsOnline },
        Attendance = now < session.Starts ? merged.Attendance : merged.Attendance with { Capacity = present.Attendance.Capacity },
    };
}
