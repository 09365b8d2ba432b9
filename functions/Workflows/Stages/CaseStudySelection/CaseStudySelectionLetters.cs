using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.CaseStudySelection;

/// <summary>Asks the voters, the coordinator where nobody voted, and tells the lead what was chosen.</summary>
public sealed class CaseStudySelectionLetters() : StageLetters(StageIds.CaseStudySelection)
{
    protected override Task<Letter> WriteOwn(MessageKey key, LetterContext context, CancellationToken cancel) => Task.FromResult(key.Kind switch
    {
        CaseStudySelectionPlan.Ask => Ask(key, context),
        CaseStudySelectionPlan.Decide => Decide(context),
        CaseStudySelectionPlan.Chosen => Chosen(context),
        CaseStudySelectionPlan.Started => About(context, CaseStudySelectionTexts.StartedSubject, [CaseStudySelectionTexts.Started]),
        CaseStudySelectionPlan.Replaced => Replacing.IsReplaced(context.TheCycle, key.Person)
            ? About(context, CaseStudySelectionTexts.ReplacedSubject, [Say.Text(CaseStudySelectionTexts.Replaced, context.TheCycle.KickOff.Community)])
            : About(context, CaseStudySelectionTexts.LeftSubject, [Say.Text(CaseStudySelectionTexts.Left, context.TheCycle.KickOff.Community)]),
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    });

    protected override Haste HasteOfOwn(MessageKey key, LetterContext context) => key.Kind is CaseStudySelectionPlan.Chosen or CaseStudySelectionPlan.Replaced ? Haste.Tells : Haste.Asks;

    private Letter Ask(MessageKey key, LetterContext context)
    {
        var cycle = context.TheCycle;
        var role = cycle.Members(Role.DivisionLead).Contains(key.Person) ? Role.DivisionLead : Role.Facilitator;
        var (votes, voters) = (CaseStudySelectionPlan.Votes(cycle).Count(), CaseStudySelectionPlan.Voters(cycle).Count());
        return About(
            context,
            IsFirst(key) ? CaseStudySelectionTexts.AskSubject : CaseStudySelectionTexts.ReminderSubject,
            [
                IsFirst(key) ? CaseStudySelectionTexts.Ask : Say.Text(CaseStudySelectionTexts.Reminder, votes, voters),
                Say.Text(cycle.IsChosenAgain() ? CaseStudySelectionTexts.AskDeadlineAgain : CaseStudySelectionTexts.AskDeadline, Deadline(context)),
                LastReminder(key, cycle.Policy.CaseStudySelection.Asks),
            ],
            ToAsk(context, CaseStudySelectionForm.Page, role, CaseStudySelectionTexts.AskButton));
    }

    private static Letter Decide(LetterContext context) => About(
        context, CaseStudySelectionTexts.DecideSubject, [CaseStudySelectionTexts.Decide], ToCycle(context, CaseStudySelectionTexts.DecideButton));

    private static Letter Chosen(LetterContext context)
    {
        var cycle = context.TheCycle;
        var chosen = cycle.Chosen()!.CaseStudy;
        var title = cycle.KickOff.TitleOf(chosen);
        return About(context, CaseStudySelectionTexts.ChosenSubject, [Say.Text(CaseStudySelectionTexts.Chosen, title)]);
    }
}
