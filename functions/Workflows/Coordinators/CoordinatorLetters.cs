using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators.Today;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Coordinators;

/// <summary>Letters of no stage: a sign-in link, an invitation to sign in, what the day brings, a parked community, an address that takes no mail.</summary>
public sealed class CoordinatorLetters(AccountList accounts, ProgrammeVersions programmes, MorningMail morning) : ILetterWriter
{
    public string Stage => MessageKey.None;

    public Haste HasteOf(MessageKey key, LetterContext context) => key.Kind == Refusals.Kind ? Haste.Asks : Haste.AtOnce;

    public async Task<Letter> Write(MessageKey key, LetterContext context, CancellationToken cancel) => key.Kind switch
    {
        SignIn.MessageKind => new Letter(
            WebTexts.SignInSubject,
            [WebTexts.SignInLetter],
            [new LetterButton(WebTexts.SignInButton, context.Links.ToSignIn(context.Reader, context.Now))]),
        AccountsForm.Invitation => await Invitation(key, context, cancel),
        MorningMail.MessageKind => await morning.Write(context, cancel),
        Turn.Parked => new Letter(
            WebTexts.ParkedSubject,
            [WebTexts.ParkedLetter],
            [ToCycle(key, context)]),
        Refusals.Kind => OutOfReach((await context.People.Get(Refusals.PersonOf(key), cancel)).Name, key, context),
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    };

    /// <summary>Whose account was removed again meanwhile is told nothing of what they may do; the link asks them to sign in.</summary>
    private async Task<Letter> Invitation(MessageKey key, LetterContext context, CancellationToken cancel)
    {
        var account = await accounts.Find(key.Person, cancel);
        var by = account?.By is { } inviter ? (await context.People.Get(inviter, cancel)).Name : AccessTexts.Somebody;
        return new Letter(
            AccessTexts.InvitationSubject,
            [Say.Text(AccessTexts.Invitation, by, account is null ? "" : AccountWords.Of(account.Role), account is null ? "" : AccountWords.Of(account.Scope, await programmes.Now(cancel))), AccessTexts.InvitationLink],
            [new LetterButton(WebTexts.SignInButton, context.Links.ToSignIn(context.Reader, context.Now))]);
    }

    private static Letter OutOfReach(string name, MessageKey key, LetterContext context) => new(
        Say.Subject(name, PersonTexts.LetterSubject),
        [Say.Text(PersonTexts.Letter, name)],
        [ToCycle(key, context)]);

    private static LetterButton ToCycle(MessageKey key, LetterContext context) =>
        new(StageTexts.OpenCommunity, context.Links.ToCycle(CycleId.From(key.Cycle)));
}
