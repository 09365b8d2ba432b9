using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Cohesion.Workflows.Testing.Stories;
using Deque.AxeCore.Commons;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>
/// Looks at pages as people see them, wide and narrow, light and dark, and notes all that is wrong with them. A page that looks like
/// one seen before, but for its words, is not looked at again.
/// </summary>
/// <param name="address">Of the host: no page may ask anything of another.</param>
/// <param name="script">Whether scripts run at all: to look at a page takes one.</param>
public sealed class PageCheck(Uri address, bool script = true)
{
    private const int Wide = 1280;
    private const int Narrow = 320;

    /// <summary>What lies between the margins of a letter sheet.</summary>
    private const int Paper = 665;

    /// <summary>All rules of axe but the experimental ones, run in the page itself: the packages for Playwright open another page for each run.</summary>
    private const string Violations = """
        async without => (await axe.run({ resultTypes: ['violations'] })).violations.filter(one => !without.includes(one.id)).map(
          one => `${one.help} (${one.id}): ${one.nodes.slice(0, 3).map(node => node.html).join(' ')}`)
        """;

    /// <summary>A letter is shown within a mail program's page, under its subject.</summary>
    private static readonly string[] NotForLetters = ["landmark-one-main", "page-has-heading-one", "region"];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private static readonly (int Width, ColorScheme Light, Media Media)[] Ways =
    [
        (Narrow, ColorScheme.Dark, Media.Screen),
        (Narrow, ColorScheme.Light, Media.Screen),
        (Wide, ColorScheme.Dark, Media.Screen),
        (Paper, ColorScheme.Light, Media.Print),
        (Wide, ColorScheme.Light, Media.Screen),
    ];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _told = [];
    private readonly List<string> _wrong = [];
    private readonly HashSet<(string Method, string Path)> _asked = [];

    /// <summary>A line each.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>What each page said that was shown, a line each: its status and heading, what was recorded or refused, and what stands.</summary>
    public string Told => string.Join('\n', _told) + "\n";

    /// <summary>Listens to what a tab asks for, gets and complains of.</summary>
    public void Watch(IPage tab)
    {
        // That a form was refused, the console has too; whether all else of a page could be had, the answers say.
        tab.Console += (_, message) => Note(message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal), $"The console says: {message.Text}");
        tab.PageError += (_, error) => Note(true, $"A script failed: {error}");
        tab.Request += (_, request) => _asked.Add((request.Method, new Uri(request.Url).AbsolutePath));
        tab.Request += (_, request) => Note(!address.IsBaseOf(new Uri(request.Url)), $"It asks another origin: {request.Url}");
        tab.Response += (_, response) => Note(
            response.Ok && response.Request.Method == "POST", $"{response.Url} answers what was sent with a page: to reload it sends that again.");
        tab.Response += (_, response) => Note(IsPage(response) ? !IsGuarded(response) : !response.Ok, $"{response.Url} answers {response.Status} or lacks a header.");
    }

    public async Task Look(IPage tab, Browser browser)
    {
        var page = browser.Page;
        _told.Add($"{browser.Status:d} {page.QuerySelector("h1")?.TextContent}: {string.Join(" | ", page.QuerySelectorAll(".recording, .recorded, .notice, .problem, .present").Select(Line))}");
        if (!script || await tab.EvaluateAsync<string>("document.contentType") != "text/html" || !_seen.Add(Shape(page)))
        {
            return;
        }

        var isLetter = new Uri(tab.Url).AbsolutePath.StartsWith("/mail/", StringComparison.Ordinal);
        await tab.EvaluateAsync(Axe);
        foreach (var (width, light, media) in Ways)
        {
            await tab.SetViewportSizeAsync(width, 900);
            await tab.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = light, Media = media });
            var found = (await tab.EvaluateAsync<string[]>(Violations, isLetter ? NotForLetters : [])).ToList();
            if (await tab.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
            {
                found.Add("It scrolls sideways.");
            }

            _wrong.AddRange(found.Select(one => $"“{page.Title}” ({new Uri(tab.Url).AbsolutePath.Split('/')[1]}), {width} px, {light}, {media}: {one}"));
        }
    }

    /// <summary>The routes of the product that no browser has asked for.</summary>
    public IEnumerable<string> NotAsked(IServiceProvider services)
    {
        var routes = services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().OrderBy(route => route.RoutePattern.InboundPrecedence).ToList();
        var asked = _asked.Select(one => routes.Find(route => Answers(route, one.Method, one.Path))).ToHashSet();
        return routes.Where(route => !asked.Contains(route)).Select(route => $"{Methods(route)[0]} {route.RoutePattern.RawText}");
    }

    private static bool Answers(RouteEndpoint route, string method, string path) =>
        Methods(route).Contains(method) && new TemplateMatcher(new RouteTemplate(route.RoutePattern), []).TryMatch(path, []);

    private static IReadOnlyList<string> Methods(RouteEndpoint route) => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods;

    private static bool IsPage(IResponse response) => response.Request.IsNavigationRequest;

    /// <summary>No script, nothing of another origin; nobody else learns the link, which lets people in; nor does the browser keep the page.</summary>
    private static bool IsGuarded(IResponse response) =>
        response.Headers is var headers
        && headers["content-security-policy"] is var policy
        && policy.StartsWith("default-src 'none'; style-src ", StringComparison.Ordinal)
        && policy.EndsWith("; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", StringComparison.Ordinal)
        && headers["referrer-policy"] == "no-referrer"
        && headers["x-content-type-options"] == "nosniff"
        && headers["cache-control"].Contains("no-store", StringComparison.Ordinal);

    private void Note(bool isWrong, string what)
    {
        if (isWrong)
        {
            _wrong.Add(what);
        }
    }

    private static string Line(IElement element) => string.Join(
        " / ",
        element.QuerySelectorAll("li").DefaultIfEmpty(element).Select(one => string.Join(' ', one.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))));

    /// <summary>What a page is made of.</summary>
    private static string Shape(IHtmlDocument page) =>
        page.QuerySelector("h1")?.TextContent + string.Join(' ', page.All.Select(Part).Distinct().Order(StringComparer.Ordinal));

    private static string Part(IElement element) =>
        $"{element.ParentElement?.LocalName}>{element.LocalName}.{element.ClassName}[{element.GetAttribute("type")}{element.GetAttribute("name")}]";
}
