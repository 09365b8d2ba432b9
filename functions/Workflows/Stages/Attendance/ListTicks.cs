using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>The ticks of a list that somebody has changed and not confirmed: their browser keeps them while they add who is missing.</summary>
internal static class ListTicks
{
    /// <summary>The field of a form that shows the list. Without it nobody has taken a tick away.</summary>
    public const string Shown = "list";

    /// <summary>What a browser keeps has room for so many.</summary>
    private const int KeptAtMost = 85;

    /// <summary>Whether a person is ticked as long as nobody changes it.</summary>
    public static bool IsTicked(Snapshot cycle, PersonId person) => cycle.List() is { } list
        ? cycle.Attendees().Contains(person) || (CheckInForm.IsIn(cycle, person) && cycle.All<CheckedIn>().Any(one => one.Person == person && one.At > list.At))
        : ListForm.HadSeat(cycle, person) || CheckInForm.IsIn(cycle, person);

    /// <summary>Whether they are ticked on the form, by person; only those of whom that was changed.</summary>
    public static IReadOnlyDictionary<string, bool> Changed(Visit visit, IFormCollection form)
    {
        var ticked = form["attended"].ToHashSet(StringComparer.Ordinal);
        return !form.ContainsKey(Shown) ? Read(null) : visit.Cycle.Members(Role.Participant)
            .Where(person => ticked.Contains(person.Value) != IsTicked(visit.Cycle, person))
            .ToDictionary(person => person.Value, person => ticked.Contains(person.Value), StringComparer.Ordinal);
    }

    public static string? Write(IReadOnlyDictionary<string, bool> changed) => changed.Count == 0
        ? null
        : string.Join(' ', changed.Take(KeptAtMost).Select(one => (one.Value ? "+" : "-") + one.Key));

    public static IReadOnlyDictionary<string, bool> Read(string? draft) => (draft ?? "")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(one => one[1..], one => one[0] == '+', StringComparer.Ordinal);
}
