using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Stages;

/// <summary>Where the session is, as its pages say.</summary>
public static class PlaceWords
{
    /// <summary>That the place follows is said until the session is over, then nothing.</summary>
    public static string? Of(Snapshot cycle, Instant now) =>
        cycle.Place() is { } place ? Say.Text(StageTexts.Where, place) : cycle.Session()?.Ends > now ? StageTexts.WhereFollows : null;
}
