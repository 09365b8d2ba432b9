using Microsoft.Playwright;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>What every answer tells the browser: no page runs a script, asks another origin, gives its link away or is kept.</summary>
public static class Guard
{
    /// <summary>A letter, shown in the viewer as a mail program shows it, brings its own styles.</summary>
    private const string LetterStyles = "style-src 'unsafe-inline'";

    private const string OwnStyles = "style-src 'self'";

    public static bool Holds(IResponse response) =>
        response.Headers is var headers
        && headers["content-security-policy"] is var policy
        && (policy == Policy(OwnStyles) || (policy == Policy(LetterStyles) && IsLetter(response)))
        && headers["referrer-policy"] == "no-referrer"
        && headers["x-content-type-options"] == "nosniff"
        && (!response.Request.IsNavigationRequest || headers["cache-control"].Contains("no-store", StringComparison.Ordinal));

    private static bool IsLetter(IResponse response) =>
        new Uri(response.Url).AbsolutePath.StartsWith("/mail/", StringComparison.Ordinal);

    private static string Policy(string styles) =>
        $"default-src 'none'; {styles}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}
