using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.Preparation;

/// <summary>Asks the partners to prepare, and tells the coordinator what is missing.</summary>
public sealed class PreparationLetters() : StageLetters(StageIds.Preparation)
{
    protected override Task<Letter> WriteOwn(MessageKey key, LetterContext context, CancellationToken cancel) => Task.FromResult(key.Kind switch
    {
        PreparationPlan.Ask => Ask(key, context),
        PreparationPlan.Missing => Missing(context),
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    });

    protected override Haste HasteOfOwn(MessageKey key, LetterContext context) => key.Kind == PreparationPlan.Missing ? Haste.Tells : Haste.Asks;

    private static Letter Ask(MessageKey key, LetterContext context)
    {
        var cycle = context.TheCycle;
        var policy = cycle.Policy.Preparation!;
        var by = new CommunityDays(cycle.KickOff.Zone).DateOf(PreparationPlan.Closes(cycle, cycle.RoundOf(StageIds.Preparation)!));
        return About(
            context,
            IsFirst(key) ? PreparationTexts.AskSubject : PreparationTexts.ReminderSubject,
            [
                Say.Text(PreparationTexts.Ask, Tasks(cycle, task => task.Person == key.Person)),
                Say.Text(PreparationTexts.AskDeadline, Say.Date(by)),
                LastReminder(key, policy.Asks),
            ],
            ToAsk(context, PreparationForm.Page, Role.Partner, PreparationTexts.AskButton));
    }

    private static Letter Missing(LetterContext context) => About(
        context,
        PreparationTexts.MissingSubject,
        [Say.Text(PreparationTexts.Missing, Tasks(context.TheCycle, task => true))],
        ToCycle(context, PreparationTexts.MissingButton));

    private static string Tasks(Snapshot cycle, Func<PreparationAsked, bool> those) =>
        string.Join("; ", PreparationPlan.Open(cycle).Where(those).Select(task => $"{task.Task.Title} ({task.Task.Partner})"));
}
