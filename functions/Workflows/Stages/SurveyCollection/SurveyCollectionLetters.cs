using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.SurveyCollection;

/// <summary>Asks those who were there for their view, and reminds the silent.</summary>
public sealed class SurveyCollectionLetters() : StageLetters(StageIds.SurveyCollection)
{
    protected override Task<Letter> WriteOwn(MessageKey key, LetterContext context, CancellationToken cancel) => Task.FromResult(key.Kind switch
    {
        SurveyCollectionPlan.Ask => Ask(key, context),
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    });

    private Letter Ask(MessageKey key, LetterContext context)
    {
        var last = LastReminder(key, context.TheCycle.Policy.SurveyCollection.Asks);
        var offersCoach = last.Length > 0 && !context.TheCycle.All<CoachRequested>().Any(request => request.Person == key.Person);
        var letter = About(
            context,
            IsFirst(key) ? SurveyCollectionTexts.AskSubject : SubjectWith(DaysToDeadline(context)),
            [
                IsFirst(key) ? SurveyCollectionTexts.Ask
                    : last.Length > 0 ? Say.Text(SurveyCollectionTexts.ReminderLast, Say.InDays(DaysToDeadline(context)))
                    : IsSecond(key, context.TheCycle) ? SurveyCollectionTexts.Reminder
                    : SurveyCollectionTexts.ReminderAgain,
                SoFar(key, context.TheCycle),
                IsFirst(key) && context.TheCycle.OpenAccreditation() is not null ? Say.Text(StageTexts.CertificateFollows, context.TheCycle.KickOff.Phone) : "",
                SurveyCollectionTexts.Anonymity,
                Say.Text(SurveyCollectionTexts.AskDeadline, Deadline(context)),
                last,
                offersCoach ? SurveyCollectionTexts.CoachApart : "",
            ],
            ToAsk(context, SurveyForm.Page, Role.Participant, SurveyCollectionTexts.AskButton)) with
        {
            Unsubscribe = ToParticipants(context, SurveyStop.Page),
        };
        return offersCoach ? letter with { Buttons = letter.Buttons.Add(ToAsk(context, AskPages.Coach, Role.Participant, StageTexts.CoachLink)) } : letter;
    }

    private static string SubjectWith(int days) =>
        days > 0 ? Say.Text(SurveyCollectionTexts.ReminderSubject, days) : SurveyCollectionTexts.ReminderOnLastDay;

    /// <summary>Whether it is the first reminder.</summary>
    private static bool IsSecond(MessageKey key, Snapshot cycle) =>
        cycle.Policy.SurveyCollection.Asks.ElementAtOrDefault(1) is { } rung && key.Occasion.EndsWith("-" + rung.Id, StringComparison.Ordinal);

    /// <summary>How many have answered, in a reminder, where they are not few.</summary>
    private static string SoFar(MessageKey key, Snapshot cycle)
    {
        var answered = cycle.Answers<SurveyAnswered>(cycle.RoundOf(StageIds.SurveyCollection)!).Count();
        return !IsFirst(key) && answered >= FewestToMention ? Say.Text(SurveyCollectionTexts.AnsweredSoFar, answered) : "";
    }
}
