using Azure.Core;
using Azure.Identity;
using Cohesion.Workflows.Calendars;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Graph;
using Microsoft.Graph.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

namespace Cohesion.Workflows.Graph;

/// <summary>Puts Microsoft Graph's calendar into a host.</summary>
public static class GraphServices
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The identity is the host's own: a managed identity on Azure, elsewhere an app registration in the environment variables that
    /// <see cref="EnvironmentCredential"/> reads.
    /// </summary>
    public static IServiceCollection AddGraphCalendar(this IServiceCollection services, GraphSettings settings) =>
        services.AddSingleton<ICalendarService>(_ => new GraphCalendar(ClientOf(settings, new DefaultAzureCredential()), settings));

    /// <summary>The library's own retries are left out: they would hold a turn up for minutes, where the next turn tries again.</summary>
    internal static GraphServiceClient ClientOf(GraphSettings settings, TokenCredential identity)
    {
        var handlers = GraphClientFactory.CreateDefaultHandlers().Where(handler => handler is not RetryHandler);
        var http = GraphClientFactory.Create(handlers);
        http.Timeout = AnswersWithin;
        var scope = $"{settings.Address.GetLeftPart(UriPartial.Authority)}/.default";
        return new GraphServiceClient(
            http, new AzureIdentityAuthenticationProvider(identity, [settings.Address.Host], null, isCaeEnabled: true, scope), settings.Address.AbsoluteUri);
    }
}
