using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Stages.Scheduling;

/// <summary>Of the place that is to be told, in words.</summary>
internal static class VenueWords
{
    /// <summary>By when, and what happens then; null where nobody asks.</summary>
    public static string? Until(Snapshot cycle, Instant now) => VenuePlan.Due(cycle, now) switch
    {
        null => null,
        var (at, _) when at <= now => SchedulingTexts.VenueLate,
        var (at, ofCoordinator) => Say.Text(ofCoordinator ? SchedulingTexts.VenueBy : SchedulingTexts.VenueAgain, Say.ShortTime(at, cycle.KickOff.Zone)),
    };
}
