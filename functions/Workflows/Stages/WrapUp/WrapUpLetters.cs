using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.WrapUp;

/// <summary>The results, to those who made them.</summary>
public sealed class WrapUpLetters() : StageLetters(StageIds.WrapUp)
{
    protected override Task<Letter> WriteOwn(MessageKey key, LetterContext context, CancellationToken cancel) => Task.FromResult(key.Kind switch
    {
        WrapUpPlan.Results => Results(key, context),
        WrapUpPlan.Coaching => Coaching(key, context),
        WrapUpPlan.Stopped => Stopped(key, context),
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    });

    protected override Haste HasteOfOwn(MessageKey key, LetterContext context) => Haste.Tells;

    private static Letter Results(MessageKey key, LetterContext context)
    {
        var (cycle, isWhole) = (context.TheCycle, WrapUpPlan.IsWhole(context.TheCycle, key.Person));
        return About(
            context,
            WrapUpTexts.ResultsSubject,
            [
                ResultsWords.Session(cycle),
                .. SurveyWords.InShort(cycle),
                .. isWhole ? CoachingWords.Of(cycle) : [],
                .. ResultsWords.OwnPart(cycle, key.Person),
                isWhole ? Next(key, cycle) : WrapUpTexts.CoachingGoesOn,
                isWhole ? WrapUpTexts.End : WrapUpTexts.Thanks,
            ],
            [.. Buttons(key, context, offersNext: isWhole)]);
    }

    private static Letter Coaching(MessageKey key, LetterContext context) => About(
        context,
        WrapUpTexts.CoachingSubject,
        [WrapUpTexts.CoachingClosed, .. CoachingWords.Of(context.TheCycle), Next(key, context.TheCycle), WrapUpTexts.End],
        [.. Buttons(key, context, offersNext: true)]);

    private static Letter Stopped(MessageKey key, LetterContext context)
    {
        var (cycle, entry) = (context.TheCycle, EntryOf(key, context));
        var when = cycle.Session() is { } session ? Say.SessionTime(cycle, session.LocalStart) : "";
        var letter = !cycle.IsOff()
            ? About(context, WrapUpTexts.StoppedAfterSubject, [Say.Text(WrapUpTexts.StoppedAfter, when), WrapUpTexts.StoppedThanks])
            : About(
                context,
                when.Length == 0 ? WrapUpTexts.StoppedSubject : Say.Text(WrapUpTexts.StoppedOnSubject, Say.Date(cycle.Session()!.LocalStart.Date)),
                [
                    when.Length == 0 ? Say.Text(WrapUpTexts.Stopped, cycle.KickOff.Community) : Say.Text(WrapUpTexts.StoppedOn, cycle.KickOff.Community, when),
                    entry is null ? "" : WrapUpTexts.StoppedCalendar,
                    WrapUpTexts.StoppedThanks,
                ]);
        return letter with { Own = null };
    }

    private static string Next(MessageKey key, Snapshot cycle) => key.Person == cycle.Coordinator ? WrapUpTexts.Next : "";

    /// <summary>The coordinator has the results on the community's page, and starts the next cycle from there.</summary>
    private static IEnumerable<LetterButton> Buttons(MessageKey key, LetterContext context, bool offersNext) =>
        key.Person == context.TheCycle.Coordinator
            ? [ToCycle(context, StageTexts.OpenCommunity), .. offersNext ? [ToNext(context)] : Array.Empty<LetterButton>()]
        : ResultsForm.RoleOf(context.TheCycle, key.Person) is { } role ? [ToAsk(context, ResultsForm.Page, role, WrapUpTexts.ResultsButton)]
        : [];

    private static LetterButton ToNext(LetterContext context) =>
        new(WrapUpTexts.NextButton, new Uri($"{context.Links.ToCycle(context.TheCycle.Cycle)}/next"));
}
