using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>What a session offers to those who come.</summary>
internal static class SessionWords
{
    /// <summary>Credits, a meal, pay; "" where nothing is known.</summary>
    public static string Offers(Snapshot cycle) => string.Join(' ', new[]
    {
        cycle.Accredited() is { } accreditation
            ? Say.Text(cycle.OpenAccreditation() is null ? AttendanceTexts.Earns : AttendanceTexts.AppliedFor, accreditation.Credits)
            : null,
        cycle.Policy.Attendance.Offers,
    }.OfType<string>());
}
