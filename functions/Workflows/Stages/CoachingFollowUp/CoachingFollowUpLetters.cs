using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Stages.CoachingFollowUp;

/// <summary>Gives the coach their tasks, tells the coordinator of overdue ones, and reminds people of what they wanted to change.</summary>
public sealed class CoachingFollowUpLetters() : StageLetters(StageIds.CoachingFollowUp)
{
    protected override async Task<Letter> WriteOwn(MessageKey key, LetterContext context, CancellationToken cancel) => key.Kind switch
    {
        CoachingFollowUpPlan.Task => Task(key, context, await Read(key, context, cancel)),
        CoachingFollowUpPlan.Overdue => await Overdue(key, context, await Read(key, context, cancel), cancel),
        CoachingFollowUpPlan.Commitment => Commitment(context),
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    };

    private static Letter Task(MessageKey key, LetterContext context, TaskWords task) => About(
        context,
        IsDue(key) ? CoachingFollowUpTexts.DueSubject : CoachingFollowUpTexts.TaskSubject,
        [
            task.What,
            Say.Text(CoachingFollowUpTexts.Reach, task.Reach),
            task.Stands,
            task.State != CoachTaskState.ToDo ? CoachingFollowUpTexts.HowItStands : IsDue(key) ? CoachingFollowUpTexts.WhenDue : FirstContact(context),
        ],
        ToAsk(context, CoachTasksForm.Page, Role.Coach, CoachingFollowUpTexts.TaskButton));

    private static bool IsDue(MessageKey key) => key.Occasion.EndsWith("-due", StringComparison.Ordinal);

    private static string FirstContact(LetterContext context) =>
        Say.Text(CoachingFollowUpTexts.When, context.TheCycle.Policy.CoachingFollowUp.FirstContactWorkingDays);

    private static async Task<Letter> Overdue(MessageKey key, LetterContext context, TaskWords task, CancellationToken cancel)
    {
        var cycle = context.TheCycle;
        var coach = await context.People.Get(cycle.Members(Role.Coach)[0], cancel);
        var (subject, words) = HowLate(key, context, task);
        return About(
            context,
            subject,
            [words, task.What, task.Stands, Say.Text(CoachingFollowUpTexts.AskCoach, coach.Name, cycle.CoachPhone() ?? coach.Address)],
            ToCycle(context, StageTexts.OpenCommunity));
    }

    /// <summary>Each mail on a task says something new.</summary>
    private static (string Subject, string Words) HowLate(MessageKey key, LetterContext context, TaskWords task)
    {
        var (policy, due) = (context.TheCycle.Policy, Say.Date(task.Due));
        return IsFirst(key) ? (CoachingFollowUpTexts.OverdueSubject, task.State == CoachTaskState.ToDo
                ? Say.Text(CoachingFollowUpTexts.Overdue, policy.CoachingFollowUp.OverdueWorkingDays)
                : CoachingFollowUpTexts.StandsStill)
            : LastReminder(key, policy.Decisions).Length > 0 ? (CoachingFollowUpTexts.OverdueLastSubject, Say.Text(CoachingFollowUpTexts.OverdueLast, due))
            : (CoachingFollowUpTexts.OverdueAgainSubject, Say.Text(CoachingFollowUpTexts.OverdueAgain, due));
    }

    private Letter Commitment(LetterContext context)
    {
        var own = context.TheCycle.Commitments().SingleOrDefault(one => one.Person == context.Reader.Id)?.Commitment ?? "";
        return About(
            context,
            CoachingFollowUpTexts.KeptSubject,
            [
                Say.Text(CoachingFollowUpTexts.KeptLetter, SessionDate(context)),
                own.Length > 0 ? Say.Text(CoachingFollowUpTexts.KeptOwn, own) : "",
                CoachingFollowUpTexts.KeptQuestion,
                Say.Text(CoachingFollowUpTexts.KeptDeadline, Deadline(context)),
            ],
            ToAsk(context, CommitmentForm.Page, Role.Participant, CoachingFollowUpTexts.KeptButton));
    }

    /// <summary>The task that a message is about: an occasion is "r1-", the task's id, "-" and the rest.</summary>
    private static async Task<TaskWords> Read(MessageKey key, LetterContext context, CancellationToken cancel)
    {
        var id = key.Occasion.Split('-')[1];
        var task = context.TheCycle.CoachTasks().SingleOrDefault(one => one.Id == id) ?? new CoachTask(id, context.Now, null);
        var stands = task.State == CoachTaskState.ToDo ? "" : CoachWords.State(task.State);
        var toCall = await context.People.GetAll(CoachWords.ToCall(context.TheCycle, task), cancel);
        var reach = toCall.Select(person => $"{person.Name}, {person.Address}").Append(CoachWords.Phone(context.TheCycle, task)).OfType<string>();
        return new TaskWords(CoachWords.What(task, task.Asker is null ? null : toCall[0]), string.Join("; ", reach), stands, task.State, CoachingFollowUpPlan.DueOf(context.TheCycle, task));
    }

    /// <param name="What">Who asked, or what the community's task is.</param>
    /// <param name="Reach">Whom to call, and how.</param>
    /// <param name="Stands">How far it is; "" before the first contact.</param>
    /// <param name="State">The same.</param>
    /// <param name="Due">By which day something was, or is, to be told.</param>
    private sealed record TaskWords(string What, string Reach, string Stands, CoachTaskState State, LocalDate Due);
}
