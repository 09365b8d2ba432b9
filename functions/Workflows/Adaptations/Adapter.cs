using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Adaptations;

/// <summary>Makes an adaptation in one step under the cycle's ETag.</summary>
public sealed class Adapter(CycleRecords cycles, Wakes wakes, Intake intake)
{
    /// <summary>The adaptation, and what follows of it; null where it cannot be made.</summary>
    public static ImmutableList<Fact>? Facts(Snapshot cycle, Adaptation what, int number, string reason, PersonId by, Instant now) =>
        Adapting.Follows(cycle, what, by, now) is { } follows ? follows.Insert(0, new Adapted(number, what, reason, by, now, Adapting.Back(cycle, what))) : null;

    /// <summary>Which of the cycle's adaptations the next one is.</summary>
    public static int Next(Snapshot cycle) => cycle.Adaptations().Count + 1;

    /// <summary>Whether it was made before: a form that is sent again.</summary>
    public static bool WasMade(Snapshot cycle, Adaptation what, int number, PersonId by) =>
        cycle.Find<Adapted>(Adapted.RowOf(number)) is { } before && before.What == what && before.By == by;

    /// <returns>False where a turn was first: what it comes to is to be looked at again.</returns>
    public async Task<bool> TryMake(StoredCycle stored, ImmutableList<Fact> facts, Instant now, CancellationToken cancel = default)
    {
        var cycle = stored.Snapshot.Cycle;
        var expected = await wakes.Expect(cycle, now, cancel);
        try
        {
            await cycles.Apply(stored, facts, now, cancel: cancel);
        }
        catch (RecordConflictException)
        {
            return false;
        }

        await intake.Ring(cycle, expected, cancel);
        return true;
    }
}
