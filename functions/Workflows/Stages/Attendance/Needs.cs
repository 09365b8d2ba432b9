using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.Primitives;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>What a participant can tick beside a yes. The ids are stored.</summary>
public static class Needs
{
    public const int LongestNote = 200;

    public static ImmutableList<string> Ids { get; } = ["vegetarian", "vegan", "gluten-free", "halal", "step-free"];

    public static string Words(string id) => AttendanceTexts.ResourceManager.GetString("Need_" + id.Replace('-', '_'), AttendanceTexts.Culture)!;

    /// <summary>How many people ticked the same, each person once: one who ticked two things is one who needs both.</summary>
    public static IReadOnlyList<(string Words, int Count)> Counts(IEnumerable<Replied> replies) =>
    [
        .. replies.Select(reply => Ids.FindAll(id => reply.Needs?.Contains(id) ?? false))
            .Where(needs => needs.Count > 0)
            .OrderBy(needs => needs.Count)
            .ThenBy(needs => Ids.IndexOf(needs[0]))
            .Select(needs => string.Join(" + ", needs.Select(Words)))
            .CountBy(words => words)
            .Select(counted => (counted.Key, counted.Value)),
    ];

    /// <summary>What one who wishes to come needs, their own words last; "" for nothing.</summary>
    public static string Of(Snapshot cycle, PersonId person) => Seating.Of(cycle, person).Reply is { Comes: true } reply
        ? string.Join("; ", Ids.Where(id => reply.Needs?.Contains(id) ?? false).Select(Words).Concat(reply.Note is { } note ? [Say.Quoted(note)] : []))
        : "";

    /// <summary>Whether the visit is of somebody who caters for people by name: the coordinator, the Division, and who records for others.</summary>
    public static bool MaySee(Visit visit) =>
        visit.Recorder is not null || visit.Cycle.Division().Append(visit.Cycle.Coordinator).Contains(visit.Person.Id);

    /// <summary>Those that were ticked; null where none was.</summary>
    public static ImmutableList<string>? Ticked(StringValues ticks) => Ids.FindAll(ticks.Contains) is { IsEmpty: false } ticked ? ticked : null;
}
