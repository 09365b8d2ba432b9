using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Web;

/// <summary>
/// What was sent is dealt with: the browser opens a page anew by GET. It shows how things stand then, and says once what was recorded.
/// Reloading it sends nothing again, and going back asks nobody whether to.
/// </summary>
/// <param name="Path">Of the page.</param>
/// <param name="Saying">A sentence for its top, or null.</param>
public sealed record OpenAnew(string Path, string? Saying = null) : IResult, IStatusCodeHttpResult
{
    private static readonly PageCookie Said = new("said", TimeSpan.FromMinutes(1));
    private static readonly PageCookie Drafted = new("draft", TimeSpan.FromMinutes(30));

    /// <summary>Behind the path: "?step=review".</summary>
    public string Query { get; init; } = "";

    /// <summary>What the person has typed and not sent for good; null forgets it. Their browser keeps it, and nobody else.</summary>
    public string? Draft { get; init; }

    public int? StatusCode => StatusCodes.Status303SeeOther;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        Said.Set(httpContext, Path, Saying);
        Drafted.Set(httpContext, Path, Draft);
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = Path + Query;
        return Task.CompletedTask;
    }

    /// <summary>What the page that is opened is to say, or null.</summary>
    public static string? SayingOn(HttpContext http) => Said.Read(http);

    /// <summary>It has been said.</summary>
    public static void Forget(HttpContext http) => Said.Set(http, http.Request.Path, null);

    /// <summary>What was typed on the page that is opened, or null.</summary>
    public static string? DraftOn(HttpContext http) => Drafted.Read(http);
}
