using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>The text that the Division forwards.</summary>
public static class RegistrationWords
{
    public static string Of(Snapshot cycle, string leading, Uri link)
    {
        var place = cycle.Place() is { } known ? Say.Text(StageTexts.Where, known) : StageTexts.WhereFollows;
        var until = Say.ShortTime(ReplyForm.Closes(cycle)!.Value, cycle.KickOff.Zone);
        var starts = Say.SessionTime(cycle, cycle.Session()!.LocalStart);
        return Say.Text(AttendanceTexts.RegisterText, starts, leading, place, until, link, SessionWords.Offers(cycle), cycle.ChosenCase());
    }
}
