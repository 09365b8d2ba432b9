using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.FacilitatorTraining;

/// <summary>Asks each facilitator to lead and to train, and the coordinator for another where too few will.</summary>
public sealed class FacilitatorTrainingLetters() : StageLetters(StageIds.FacilitatorTraining)
{
    protected override Task<Letter> WriteOwn(MessageKey key, LetterContext context, CancellationToken cancel) => Task.FromResult(key.Kind switch
    {
        FacilitatorTrainingPlan.Ask => Ask(key, context),
        FacilitatorTrainingPlan.Replace => Replace(context),
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    });

    private static Letter Ask(MessageKey key, LetterContext context)
    {
        var cycle = context.TheCycle;
        var hasAccepted = cycle.Leading().Contains(key.Person);
        return About(
            context,
            hasAccepted ? FacilitatorTrainingTexts.ModuleSubject : FacilitatorTrainingTexts.AskSubject,
            [
                hasAccepted
                    ? Say.Text(FacilitatorTrainingTexts.Module, TrainingWords.What(cycle, key.Person), TrainingWords.Minutes(cycle, key.Person))
                    : Say.Text(
                        FacilitatorTrainingTexts.Ask,
                        CaseStudyOf(cycle),
                        TrainingWords.What(cycle, key.Person),
                        TrainingWords.Minutes(cycle, key.Person),
                        Say.Minutes(cycle.Policy.Scheduling.SessionMinutes)),
                LastReminder(key, cycle.Policy.FacilitatorTraining.Asks),
            ],
            ToAsk(context, FacilitatorTrainingForm.Page, Role.Facilitator, hasAccepted ? FacilitatorTrainingTexts.ModuleButton : FacilitatorTrainingTexts.AskButton));
    }

    private static Letter Replace(LetterContext context) => About(
        context,
        FacilitatorTrainingTexts.ReplaceSubject,
        [Say.Text(FacilitatorTrainingTexts.Replace, context.TheCycle.Policy.FacilitatorTraining.Enough)],
        ToCycle(context, FacilitatorTrainingTexts.ReplaceButton));

    private static string CaseStudyOf(Snapshot cycle)
    {
        var chosen = cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection)!.CaseStudy;
        return cycle.KickOff.TitleOf(chosen);
    }
}
