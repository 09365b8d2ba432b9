using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Whether a session goes ahead, in words.</summary>
internal static class GoWords
{
    /// <summary>By when the lead is to decide, and what happens without an answer.</summary>
    public static string Until(Snapshot cycle, Instant now) => HeadcountPlan.Due(cycle) switch
    {
        null => "",
        (_, OfCoordinator: false) => AttendanceTexts.GoSilence,
        var (at, _) when at <= now => $"{AttendanceTexts.GoLate} {AttendanceTexts.GoSilence}",
        var (at, _) => $"{Say.Text(AttendanceTexts.GoBy, Say.ShortTime(at, cycle.KickOff.Zone), Say.Date(MorningAfter(cycle, at)))} {AttendanceTexts.GoSilence}",
    };

    /// <summary>When the coordinator's mail comes.</summary>
    private static LocalDate MorningAfter(Snapshot cycle, Instant at) => Holidays.AddWorkingDays(new CommunityDays(cycle.KickOff.Zone).DateOf(at), 1);

    /// <summary>Why the coordinator is asked.</summary>
    public static string OfCoordinator(Snapshot cycle, GoAsked asked)
    {
        var day = new CommunityDays(cycle.KickOff.Zone).DateOf(asked.At);
        return $"{Say.Text(AttendanceTexts.GoOfCoordinator, Say.Date(day))} {AttendanceTexts.GoSilence}";
    }
}
