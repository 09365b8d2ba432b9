using Cohesion.Workflows.Graph;
using Cohesion.Workflows.LocalHost.Mailing;

namespace Cohesion.Workflows.LocalHost;

/// <param name="Data">The data folder.</param>
/// <param name="Urls">Where to listen: one address, or several with semicolons between.</param>
internal sealed record LocalSettings(string Data, string Urls)
{
    /// <summary>The environment variable of <see cref="ApiKey"/>: an option would show it to everybody on the machine.</summary>
    public const string ApiKeyVariable = "COHESION_API_KEY";

    /// <summary>Under which people reach the pages; null where that is the first address listened on.</summary>
    public string? PublicUrl { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    public MailSettings Mail { get; init; } = new();

    /// <summary>What programs show that use the API; null where there is none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The mailbox in Microsoft 365 whose calendar holds the sessions; null where mail carries them.</summary>
    public string? GraphOrganizer { get; init; }

    /// <summary>What links in mail start with.</summary>
    public Uri LinkUrl => new(PublicUrl ?? Urls.Split(';')[0]);

    /// <exception cref="LocalSettingsException">A setting cannot be used.</exception>
    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Data))
        {
            throw new LocalSettingsException("--data names no folder. Give one such as ./data.");
        }

        foreach (var url in Urls.Split(';'))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != "http" || address.PathAndQuery != "/")
            {
                throw new LocalSettingsException($"'{url}' is no address to listen on. Give --urls one such as http://127.0.0.1:7071 (https needs a proxy in front).");
            }
        }

        if (PublicUrl is not null && !(Uri.TryCreate(PublicUrl, UriKind.Absolute, out var reached) && reached is { Scheme: "http" or "https", PathAndQuery: "/" }))
        {
            throw new LocalSettingsException($"'{PublicUrl}' is no address for links in mail. Give --public-url one such as https://sessions.division.example, without a path.");
        }

        if (ApiKey is { Length: < Web.ApiKey.ShortestLength })
        {
            throw new LocalSettingsException($"The API key in {ApiKeyVariable} is short. Give {Web.ApiKey.ShortestLength} characters or more, as 'openssl rand -hex 32' prints them.");
        }

        if (GraphOrganizer is not null && GraphSettings.TryOf(GraphOrganizer) is null)
        {
            throw new LocalSettingsException($"'{GraphOrganizer}' is no mailbox. Give --graph-organizer the address whose calendar holds the sessions, such as sessions@division.example.");
        }

        Mail.Check();
    }
}

/// <summary>A setting cannot be used: the message says which, and what to do.</summary>
internal sealed class LocalSettingsException(string reason) : Exception(reason);
