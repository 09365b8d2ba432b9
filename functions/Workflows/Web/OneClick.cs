using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Web;

/// <summary>
/// Ends mail that is not needed to take part. A mail program does it by one POST (RFC 8058), without cookie and without the token
/// of a form: the link alone says who it is. A person who opens the link gets a page whose button sends the same.
/// </summary>
public static class OneClick
{
    /// <summary>What the POST holds: a scanner that only tries addresses ends nothing.</summary>
    public const string Field = "List-Unsubscribe";
    public const string Value = "One-Click";

    public static Task<IResult> Get(string page, string token, Door door, OneClickWords words, CancellationToken cancel) =>
        door.Open(page, token, visit => Show(visit, words), cancel);

    /// <param name="page">The page's contract name.</param>
    /// <param name="token">Of the link.</param>
    /// <param name="form">What was sent.</param>
    /// <param name="door">Lets the person in.</param>
    /// <param name="words">Of the page.</param>
    /// <param name="stop">Records it, and answers with what to say.</param>
    /// <param name="cancel">Stops the wait.</param>
    public static Task<IResult> Post(
        string page, string token, IFormCollection form, Door door, OneClickWords words, Func<Visit, Task<string>> stop, CancellationToken cancel) =>
        door.Open(page, token, async visit => await Show(IsAsked(form) ? visit.Saying(await stop(visit)) : visit, words), cancel);

    private static Task<IResult> Show(Visit visit, OneClickWords words) =>
        Task.FromResult(Pages.Of<OneClickPage>((nameof(OneClickPage.Visit), visit), (nameof(OneClickPage.Words), words)));

    private static bool IsAsked(IFormCollection form) => form[Field] == Value;
}

/// <param name="Title">Of the page.</param>
/// <param name="Ask">What the button ends, and what it does not.</param>
/// <param name="Button">What the button says.</param>
public sealed record OneClickWords(string Title, string Ask, string Button);
