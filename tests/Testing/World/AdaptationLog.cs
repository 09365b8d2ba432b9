using System.Collections.Concurrent;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;

namespace Cohesion.Workflows.Testing;

/// <summary>At which stage of a cycle which adaptation was made, and which could have been: of all worlds that share it.</summary>
public sealed class AdaptationLog
{
    private readonly ConcurrentDictionary<string, bool> _could = [];
    private readonly ConcurrentDictionary<string, int> _made = [];

    public IEnumerable<string> NeverMade => _could.Keys.Where(cell => !_made.ContainsKey(cell)).Order(StringComparer.Ordinal);

    public int Made => _made.Count;

    /// <summary>The earliest stage that is open: as who watches the walk sees how far the community has come.</summary>
    public static string StageOf(Snapshot cycle) => Planner.OpenStages(cycle).FirstOrDefault().Value ?? "-";

    public static string KindOf(Adaptation what) => what.GetType().Name;

    public static string CellOf(Snapshot cycle, Adaptation what) => $"{StageOf(cycle)} {KindOf(what)}";

    public bool HasMade(string cell) => _made.ContainsKey(cell);

    public void CouldMake(Snapshot cycle, IEnumerable<Adaptation> kinds)
    {
        foreach (var what in kinds)
        {
            _could[CellOf(cycle, what)] = true;
        }
    }

    public void Makes(Snapshot cycle, Adaptation what) => _made.AddOrUpdate(CellOf(cycle, what), 1, (_, times) => times + 1);

    /// <summary>A line for each stage: what was made at it, and how often.</summary>
    public override string ToString() => string.Join('\n', _made.GroupBy(one => one.Key.Split(' ')[0]).Select(stage =>
        $"{stage.Key}: {string.Join(", ", stage.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key.Split(' ')[1]} {one.Value}"))}"));
}
