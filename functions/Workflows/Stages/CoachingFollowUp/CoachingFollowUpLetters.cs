using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.CoachingFollowUp;

/// <summary>Gives the coach their tasks, and tells the coordinator of overdue ones.</summary>
public sealed class CoachingFollowUpLetters() : StageLetters(StageIds.CoachingFollowUp)
{
    protected override async Task<Letter> WriteOwn(MessageKey key, LetterContext context, CancellationToken cancel) => key.Kind switch
    {
        CoachingFollowUpPlan.Task => Task(key, context, await What(key, context, cancel)),
        CoachingFollowUpPlan.Overdue => Overdue(context, await What(key, context, cancel)),
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    };

    private static Letter Task(MessageKey key, LetterContext context, string what) => About(
        context,
        key.Occasion.EndsWith("-due", StringComparison.Ordinal) ? CoachingFollowUpTexts.DueSubject : CoachingFollowUpTexts.TaskSubject,
        [what, Say.Text(CoachingFollowUpTexts.When, context.TheCycle.Policy.CoachingFollowUp.FirstContactWorkingDays)],
        ToAsk(context, CoachTasksForm.Page, Role.Coach, CoachingFollowUpTexts.TaskButton));

    private static Letter Overdue(LetterContext context, string what) => About(
        context, CoachingFollowUpTexts.OverdueSubject, [CoachingFollowUpTexts.Overdue, what], ToCycle(context, StageTexts.OpenCommunity));

    /// <summary>What the task is: an occasion is "r1-", the task's id, "-" and the rung.</summary>
    private static async Task<string> What(MessageKey key, LetterContext context, CancellationToken cancel)
    {
        var task = key.Occasion.Split('-')[1];
        return task == CoachingFollowUpPlan.CommunityTask
            ? CoachingFollowUpTexts.CommunityTask
            : Say.Text(CoachingFollowUpTexts.RequestTask, await Names([PersonId.From(task)], context, cancel));
    }
}
