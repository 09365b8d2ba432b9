using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Invites the participants, reminds the silent, and asks for the list after the session.</summary>
public sealed class AttendanceLetters() : StageLetters(StageIds.Attendance)
{
    private const int FewestToMention = 5;

    protected override Task<Letter> WriteOwn(MessageKey key, LetterContext context, CancellationToken cancel) => key.Kind switch
    {
        AttendancePlan.Ask => Invitation(key, context, cancel),
        AttendancePlan.ConfirmList => Task.FromResult(ConfirmList(key, context)),
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    };

    private async Task<Letter> Invitation(MessageKey key, LetterContext context, CancellationToken cancel)
    {
        var cycle = context.TheCycle;
        var coming = cycle.All<Replied>().Count(reply => reply.Comes);
        return About(
            context,
            Say.Text(IsFirst(key) ? AttendanceTexts.AskSubject : AttendanceTexts.ReminderSubject, SessionDate(context)),
            [
                Say.Text(AttendanceTexts.Ask, SessionTime(context), await Names(cycle.Leading(), context, cancel)),
                !IsFirst(key) && coming >= FewestToMention ? Say.Text(AttendanceTexts.Coming, coming) : "",
                Say.Text(AttendanceTexts.AskDeadline, Deadline(context)),
                LastReminder(key, cycle.Policy.Attendance.BeforeSession),
            ],
            ToAsk(context, ReplyForm.Page, Role.Participant, AttendanceTexts.AskButton)) with
        {
            Unsubscribe = ToParticipants(context, InvitationStop.Page),
        };
    }

    private static Letter ConfirmList(MessageKey key, LetterContext context)
    {
        var button = key.Person == context.TheCycle.Coordinator
            ? ToCycle(context, AttendanceTexts.ListButton)
            : ToAsk(context, ListForm.Page, Role.Facilitator, AttendanceTexts.ListButton);
        return About(context, AttendanceTexts.ListSubject, [AttendanceTexts.List], button);
    }
}
