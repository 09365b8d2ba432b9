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
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    });

    private static Letter Results(MessageKey key, LetterContext context)
    {
        var cycle = context.TheCycle;
        var asked = cycle.All<CoachRequested>().Count(request => request.Wanted);
        return About(
            context,
            WrapUpTexts.ResultsSubject,
            [
                Say.Text(WrapUpTexts.Session, SessionTime(context), cycle.Attendees().Count()),
                .. SurveyWords.Of(cycle),
                asked == 0 ? "" : Say.Text(WrapUpTexts.Coach, asked),
                WrapUpTexts.End,
            ],
            key.Person == cycle.Coordinator ? [ToCycle(context, StageTexts.OpenCommunity)] : []);
    }
}
