using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Microsoft.Extensions.Primitives;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>What a participant can tick beside a yes. The ids are stored.</summary>
public static class Needs
{
    public const int LongestNote = 200;

    public static ImmutableList<string> Ids { get; } = ["vegetarian", "vegan", "gluten-free", "halal", "step-free"];

    public static string Words(string id) => AttendanceTexts.ResourceManager.GetString("Need_" + id.Replace('-', '_'), AttendanceTexts.Culture)!;

    /// <summary>How many ticked each, of those that anybody did.</summary>
    public static IEnumerable<(string Id, int Count)> Counts(IReadOnlyCollection<Replied> replies) =>
        Ids.Select(id => (id, replies.Count(reply => reply.Needs?.Contains(id) ?? false))).Where(need => need.Item2 > 0);

    /// <summary>Those that were ticked; null where none was.</summary>
    public static ImmutableList<string>? Ticked(StringValues ticks) => Ids.FindAll(ticks.Contains) is { IsEmpty: false } ticked ? ticked : null;
}
