using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>Which of the product's routes browsers have asked for.</summary>
public sealed class RoutesAsked
{
    private readonly ConcurrentDictionary<(string Method, string Path), bool> _asked = [];

    public void Note(IRequest request) => _asked[(request.Method, new Uri(request.Url).AbsolutePath)] = true;

    /// <summary>The routes of the product that no browser has asked for.</summary>
    public IEnumerable<string> Not(IServiceProvider services)
    {
        // Of two routes that match, the product takes the one of less precedence too.
        var routes = services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .OrderBy(route => route.RoutePattern.InboundPrecedence)
            .ToList();
        var asked = _asked.Keys.Select(one => routes.Find(route => Answers(route, one.Method, one.Path))).ToHashSet();
        return routes.Where(route => !asked.Contains(route)).Select(route => $"{Methods(route)[0]} {route.RoutePattern.RawText}");
    }

    private static bool Answers(RouteEndpoint route, string method, string path) =>
        Methods(route).Contains(method) && new TemplateMatcher(new RouteTemplate(route.RoutePattern), []).TryMatch(path, []);

    private static IReadOnlyList<string> Methods(RouteEndpoint route) =>
        route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods;
}
