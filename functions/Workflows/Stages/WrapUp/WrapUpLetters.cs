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

    protected override Haste HasteOfOwn(MessageKey key, LetterContext context) => Haste.Tells;

    private static Letter Results(MessageKey key, LetterContext context)
    {
        var cycle = context.TheCycle;
        var isCoordinator = key.Person == cycle.Coordinator;
        return About(
            context,
            WrapUpTexts.ResultsSubject,
            [
                ResultsWords.Session(cycle),
                .. SurveyWords.InShort(cycle),
                .. ResultsWords.Afterwards(cycle, key.Person),
                isCoordinator ? WrapUpTexts.Next : "",
                WrapUpTexts.End,
            ],
            [.. Buttons(key, context)]);
    }

    /// <summary>The coordinator has the results on the community's page, and starts the next cycle from there.</summary>
    private static IEnumerable<LetterButton> Buttons(MessageKey key, LetterContext context) =>
        key.Person == context.TheCycle.Coordinator
            ? [ToCycle(context, StageTexts.OpenCommunity), new LetterButton(WrapUpTexts.NextButton, new Uri($"{context.Links.ToCycle(context.TheCycle.Cycle)}/next"))]
        : ResultsForm.RoleOf(context.TheCycle, key.Person) is { } role ? [ToAsk(context, ResultsForm.Page, role, WrapUpTexts.ResultsButton)]
        : [];
}
