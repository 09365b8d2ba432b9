using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Coordinators;

/// <summary>Letters of no stage: a sign-in link, a parked community.</summary>
public sealed class CoordinatorLetters : ILetterWriter
{
    public string Stage => MessageKey.None;

    public bool GoesAlone(MessageKey key) => false;

    public Task<Letter> Write(MessageKey key, LetterContext context, CancellationToken cancel) => Task.FromResult(key.Kind switch
    {
        SignIn.MessageKind => new Letter(
            WebTexts.SignInSubject,
            [Say.Text(StageTexts.Hello, context.Reader.Name), WebTexts.SignInLetter],
            [new LetterButton(WebTexts.SignInButton, context.Links.ToSignIn(context.Reader, context.Now))]),
        Turn.Parked => new Letter(
            WebTexts.ParkedSubject,
            [Say.Text(StageTexts.Hello, context.Reader.Name), WebTexts.ParkedLetter],
            [new LetterButton(StageTexts.OpenCommunity, context.Links.ToCycle(CycleId.From(key.Cycle)))]),
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    });
}
