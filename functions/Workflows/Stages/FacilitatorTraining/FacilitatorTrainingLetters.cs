using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

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

    private static Letter Ask(MessageKey key, LetterContext context) =>
        context.TheCycle.Leading().Contains(key.Person) ? Prepare(key, context) : WillYouLead(key, context);

    private static Letter WillYouLead(MessageKey key, LetterContext context)
    {
        var cycle = context.TheCycle;
        var (what, prepare, session) = (TrainingWords.What(cycle, key.Person), TrainingWords.Minutes(cycle, key.Person), Say.Minutes(cycle.Policy.Scheduling.SessionMinutes));
        return About(
            context,
            FacilitatorTrainingTexts.AskSubject,
            [
                IsFirst(key)
                    ? Say.Text(FacilitatorTrainingTexts.Ask, cycle.ChosenCase(), what, prepare, session)
                    : Say.Text(
                        FacilitatorTrainingTexts.Reminder, cycle.ChosenCase(), cycle.Leading().Count(), cycle.Members(Role.Facilitator).Count, what, prepare, session),
                cycle.Session() is { } dated ? Say.Text(FacilitatorTrainingTexts.AskDated, Say.SessionTime(cycle, dated.LocalStart)) : "",
                Say.Text(cycle.AsksTheNext() ? FacilitatorTrainingTexts.AskDeadline : FacilitatorTrainingTexts.AskBy, Say.Date(cycle.ReadyBy(key.Person)!.Value)),
                LastReminder(key, cycle.Policy.FacilitatorTraining.Asks),
            ],
            ToAsk(context, FacilitatorTrainingForm.Page, Role.Facilitator, FacilitatorTrainingTexts.AskButton));
    }

    private static Letter Prepare(MessageKey key, LetterContext context)
    {
        var cycle = context.TheCycle;
        var (isDone, address) = (cycle.HasDoneModule(key.Person), TrainingWords.Address(cycle, key.Person));
        var letter = About(
            context,
            FacilitatorTrainingTexts.ModuleSubject,
            [
                Say.Text(FacilitatorTrainingTexts.Module, TrainingWords.What(cycle, key.Person), TrainingWords.Minutes(cycle, key.Person)),
                isDone || address is not null ? "" : TrainingWords.HowToGetIt(cycle),
                Say.Text(cycle.AsksTheNext() ? FacilitatorTrainingTexts.ModuleDeadline : FacilitatorTrainingTexts.ModuleBy, Say.Date(cycle.ReadyBy(key.Person)!.Value)),
                LastReminder(key, cycle.Policy.FacilitatorTraining.Asks),
            ],
            ToAsk(context, FacilitatorTrainingForm.Page, Role.Facilitator, FacilitatorTrainingTexts.ModuleButton));
        return isDone || address is null ? letter : letter with { Buttons = letter.Buttons.Add(new LetterButton(TrainingWords.Open(cycle, key.Person), address)) };
    }

    private static Letter Replace(LetterContext context) => About(
        context,
        FacilitatorTrainingTexts.ReplaceSubject,
        [Say.Text(FacilitatorTrainingTexts.Replace, context.TheCycle.Policy.FacilitatorTraining.Enough)],
        ToCycle(context, FacilitatorTrainingTexts.ReplaceButton));
}
