using Cohesion.Workflows.Cycles;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Web;

/// <summary>
/// Where a page leads back to: the community's page, which asks who is not signed in to do so, or the visitor's own page. That one is known
/// by their browser alone, which has opened it: a link to record for others does not lead to it whoever else has the link.
/// </summary>
internal static class WayBack
{
    private static readonly TimeSpan Keeps = TimeSpan.FromHours(12);

    /// <summary>The visitor has opened their own page.</summary>
    public static void Remember(HttpContext http, Visit visit) => OwnPage(visit).Set(http, "/", $"{visit.Person.Id} {visit.Path}");

    /// <summary>The path to go back to; null where there is none.</summary>
    public static string? From(HttpContext http, Visit visit)
    {
        var community = $"/cycles/{visit.Cycle.Cycle}";
        return visit.Path.StartsWith($"/{AskPages.Own}/", StringComparison.Ordinal) ? null
            : visit.Path.StartsWith(community + "/", StringComparison.Ordinal) ? community
            : OwnPage(visit).Read(http)?.Split(' ') is [var person, var own] && person == visit.By.Value ? own
            : visit.Recorder is { } recorder && !visit.Cycle.Members(Role.DivisionStaff).Contains(recorder.Id) ? community
            : null;
    }

    private static PageCookie OwnPage(Visit visit) => new($"own-{visit.Cycle.Cycle}", Keeps);
}
