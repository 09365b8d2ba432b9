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

    public static Task<IResult> Show(Visit visit, OneClickWords words) =>
        Task.FromResult(Pages.Of<OneClickPage>((nameof(OneClickPage.Visit), visit), (nameof(OneClickPage.Words), words)));

    public static bool IsAsked(IFormCollection form) => form[Field] == Value;
}

/// <param name="Title">Of the page.</param>
/// <param name="Ask">What the button ends, and what it does not.</param>
/// <param name="Button">What the button says.</param>
public sealed record OneClickWords(string Title, string Ask, string Button);
