using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Tells the headcount, and asks whether a session goes ahead for which too few have a seat.</summary>
public sealed partial class AttendanceLetters
{
    /// <summary>Counts, and what people wrote, but no names.</summary>
    private static Letter Headcount(MessageKey key, LetterContext context)
    {
        var cycle = context.TheCycle;
        var accepted = Seating.Accepted(cycle, cycle.RoundOf(StageIds.Attendance)!).ToList();
        var waiting = Seating.Wishes(cycle, cycle.RoundOf(StageIds.Attendance)!).Count(wish => Seating.SeatOf(cycle, wish) is { State: SeatState.Waiting });
        var needs = Needs.Counts(accepted);
        var notes = accepted.Select(wish => wish.Note).OfType<string>().Order(StringComparer.Ordinal).ToList();
        return About(
            context,
            Say.Text(HeadcountPlan.IsFirst(key) ? AttendanceTexts.HeadcountSubject : AttendanceTexts.HeadcountAgainSubject, SessionDate(context)),
            [
                Say.Text(AttendanceTexts.Headcount, accepted.Count, SessionTime(context)) + (waiting > 0 ? Say.Text(AttendanceTexts.HeadcountWaiting, waiting) : ""),
                IsTooFew(key, cycle) ? Say.Text(AttendanceTexts.HeadcountTooFew, cycle.Policy.Attendance.Minimum) : "",
                accepted.Count > 0 && cycle.Place() is null ? AttendanceTexts.HeadcountNoPlace : "",
                needs.Count > 0 ? HeadcountNeeds(needs) : notes.Count > 0 ? "" : AttendanceTexts.HeadcountNoNeeds,
                notes.Count > 0 ? Say.Text(AttendanceTexts.HeadcountNotes, string.Join("; ", notes)) : "",
            ],
            key.Person == cycle.Coordinator
                ? ToCycle(context, AttendanceTexts.HeadcountButton)
                : ToAsk(context, AskPages.Own, DivisionRole(key.Person, cycle), AttendanceTexts.HeadcountButton));
    }

    /// <summary>The lead reads it in the question.</summary>
    private static bool IsTooFew(MessageKey key, Snapshot cycle) =>
        !cycle.Members(Role.DivisionLead).Contains(key.Person) && HeadcountPlan.OpenQuestion(cycle, cycle.RoundOf(StageIds.Attendance)!) is not null;

    private static string HeadcountNeeds(IReadOnlyList<(string Words, int Count)> needs) => Say.Text(
        AttendanceTexts.HeadcountNeeds,
        needs.Sum(need => need.Count),
        string.Join("; ", needs.Select(need => Say.Text(AttendanceTexts.HeadcountNeed, need.Count, need.Words))));

    private static Letter GoOrNot(MessageKey key, LetterContext context)
    {
        var cycle = context.TheCycle;
        var asked = HeadcountPlan.OpenQuestion(cycle, cycle.RoundOf(StageIds.Attendance)!)!;
        var isLead = cycle.Members(Role.DivisionLead).Contains(key.Person);
        var (inDays, last) = (Say.InDays(DaysToSession(context)), LastReminder(key, cycle.Policy.Decisions));
        return About(
            context,
            !IsFirst(key) ? Say.Text(AttendanceTexts.GoStillSubject, inDays)
                : Say.Text(asked.Number == 1 ? AttendanceTexts.GoSubject : AttendanceTexts.GoAgainSubject, SessionDate(context)),
            [
                Say.Text(
                    IsFirst(key) && isLead ? AttendanceTexts.Go : AttendanceTexts.GoStill,
                    Accepted(cycle),
                    SessionTime(context),
                    cycle.Policy.Attendance.Minimum,
                    inDays,
                    asked.Number == 1 ? AttendanceTexts.GoWhat : AttendanceTexts.GoWhatAgain),
                isLead ? GoWords.Until(cycle, context.Now) : GoWords.OfCoordinator(cycle, asked),
                last.Length > 0 ? AttendanceTexts.GoLast : "",
                last,
            ],
            isLead ? ToAsk(context, GoForm.Page, Role.DivisionLead, AttendanceTexts.GoButton) : ToCycle(context, AttendanceTexts.GoButton));
    }
}
