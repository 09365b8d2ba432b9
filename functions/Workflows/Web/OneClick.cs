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

    /// <summary>What the page's own form holds besides: a mail program that posts is not to be sent on (RFC 8058, section 3.1), a person is.</summary>
    public const string FromPage = "from-page";

    public static Task<IResult> Get(string page, string token, Door door, OneClickWords words, Func<Visit, bool> isStopped, CancellationToken cancel) =>
        door.Open(page, token, visit => Task.FromResult(Show(visit, words, isStopped(visit))), cancel);

    /// <param name="page">The page's contract name.</param>
    /// <param name="token">Of the link.</param>
    /// <param name="form">What was sent.</param>
    /// <param name="door">Lets the person in.</param>
    /// <param name="words">Of the page.</param>
    /// <param name="stop">Records it.</param>
    /// <param name="cancel">Stops the wait.</param>
    public static Task<IResult> Post(
        string page, string token, IFormCollection form, Door door, OneClickWords words, Func<Visit, Task> stop, CancellationToken cancel) =>
        door.Open(page, token, visit => Stop(visit, form, words, stop), cancel);

    private static async Task<IResult> Stop(Visit visit, IFormCollection form, OneClickWords words, Func<Visit, Task> stop)
    {
        if (form[Field] != Value)
        {
            return Show(visit, words, isStopped: false);
        }

        await stop(visit);
        return form.ContainsKey(FromPage) ? visit.Unchanged() : Show(visit, words, isStopped: true);
    }

    private static IResult Show(Visit visit, OneClickWords words, bool isStopped) => Pages.Of<OneClickPage>(
        (nameof(OneClickPage.Visit), visit), (nameof(OneClickPage.Words), words), (nameof(OneClickPage.IsStopped), isStopped));
}

/// <param name="Title">Of the page.</param>
/// <param name="Ask">What the button ends, and what it does not.</param>
/// <param name="Button">What the button says.</param>
/// <param name="Stopped">That it is ended, and how to take part nevertheless.</param>
public sealed record OneClickWords(string Title, string Ask, string Button, string Stopped);
