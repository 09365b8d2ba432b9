using System.Collections.Concurrent;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Testing.Stories;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>
/// Looks at pages as people see them, wide and narrow, light, dark and printed, and notes all that is wrong with them. A page that looks
/// like one seen before, but for its words, is not looked at again.
/// </summary>
/// <param name="address">Of the host: no page may ask anything of another.</param>
/// <param name="looks">Whether it looks at them at all; else it only listens.</param>
public sealed class PageCheck(Uri address, bool looks = true)
{
    private const int Wide = 1280;
    private const int Narrow = 320;

    /// <summary>What lies between the margins of a letter sheet.</summary>
    private const int Paper = 665;

    /// <summary>
    /// All rules of axe but the experimental ones, run in the page itself: the packages for Playwright open another page for each run.
    /// </summary>
    private const string Violations = """
        async without => (await axe.run({ resultTypes: ['violations'] })).violations.filter(one => !without.includes(one.id)).map(
          one => `${one.help} (${one.id}): ${one.nodes.slice(0, 3).map(node => node.html).join(' ')}`)
        """;

    private const string ScrollsSideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth";

    /// <summary>A letter is shown within a mail program's page, under its subject.</summary>
    private static readonly string[] NotForLetters = ["landmark-one-main", "page-has-heading-one", "region"];

    private static readonly string[] OnlyToLook = ["&preview=", "name=\"preview\"", "&edit="];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Each width and each colour scheme; each of both together with <see cref="Runs.AreAll"/>.</summary>
    private static readonly (int Width, ColorScheme Light)[] Ways = Runs.AreAll
        ? [(Narrow, ColorScheme.Dark), (Narrow, ColorScheme.Light), (Wide, ColorScheme.Dark), (Wide, ColorScheme.Light)]
        : [(Narrow, ColorScheme.Dark), (Wide, ColorScheme.Light)];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _told = [];

    /// <summary>What the tabs tell while they load, beside the test.</summary>
    private readonly ConcurrentQueue<string> _wrong = [];

    /// <summary>A line each; what is wrong in many places of one kind, once.</summary>
    public IReadOnlyCollection<string> Wrong => [.. _wrong.Distinct(StringComparer.Ordinal)];

    /// <summary>Which routes were asked for.</summary>
    public RoutesAsked Asked { get; } = new();

    /// <summary>What each page said, a line each: its status and heading, what was recorded or refused, and what stands.</summary>
    public string Told => string.Join('\n', _told) + "\n";

    /// <summary>Listens to what a tab asks for, gets and complains of.</summary>
    public void Watch(IPage tab)
    {
        tab.Console += (_, message) => Note(IsComplaint(message), $"The console says: {message.Text}");
        tab.Dialog += (_, dialog) => Note(true, $"A dialog opens: {dialog.Message}");
        tab.PageError += (_, error) => Note(true, $"A script failed: {error}");
        tab.Request += (_, request) => Asked.Note(request);
        tab.Request += (_, request) => Note(!address.IsBaseOf(new Uri(request.Url)), $"It asks another origin: {request.Url}");
        tab.Response += (_, response) => Note(
            response.Ok && response.Request.Method == "POST" && !OnlyLooks(response.Request), $"{Kind(response.Url)} answers a form by a page: to reload sends it again.");
        tab.Response += (_, response) => Note(!response.Ok && !IsPage(response), $"{Kind(response.Url)} answers {response.Status}.");
        tab.Response += (_, response) => Note(!Guard.Holds(response), $"{Kind(response.Url)} lacks a header that guards it.");
    }

    public async Task Look(IPage tab, Browser browser)
    {
        _told.Add(Saying(browser));
        if (!looks || await tab.EvaluateAsync<string>("document.contentType") != "text/html" || !_seen.Add(Shape(browser.Page)))
        {
            return;
        }

        await tab.EvaluateAsync(Axe);
        var without = browser.Path.StartsWith("/mail/", StringComparison.Ordinal) ? NotForLetters : [];
        var page = $"“{browser.Page.Title}” ({Kind(tab.Url)})";
        foreach (var (width, light) in Ways)
        {
            await Turn(tab, width, light, Media.Screen);
            foreach (var found in await tab.EvaluateAsync<string[]>(Violations, without))
            {
                Note(true, $"{page}, {width} px, {light}: {found}");
            }

            Note(await tab.EvaluateAsync<bool>(ScrollsSideways), $"{page} scrolls sideways at {width} px.");
        }

        await Turn(tab, Paper, ColorScheme.Light, Media.Print);
        Note(await tab.EvaluateAsync<bool>(ScrollsSideways), $"{page} is wider than paper.");
        await Turn(tab, Wide, ColorScheme.Light, Media.Screen);
    }

    private static async Task Turn(IPage tab, int width, ColorScheme light, Media media)
    {
        await tab.SetViewportSizeAsync(width, 900);
        await tab.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = light, Media = media });
    }

    private void Note(bool isWrong, string what)
    {
        if (isWrong)
        {
            _wrong.Enqueue(what);
        }
    }

    /// <summary>The first part of its path: what follows is somebody's own.</summary>
    private static string Kind(string url) => "/" + new Uri(url).AbsolutePath.Split('/')[1];

    /// <summary>What is to come of a form that has not been sent yet, and the form again: nothing is recorded, however often it is asked.</summary>
    private static bool OnlyLooks(IRequest request) =>
        request.PostData is { } sent && OnlyToLook.Any(field => sent.Contains(field, StringComparison.Ordinal));

    private static bool IsPage(IResponse response) => response.Request.IsNavigationRequest;

    /// <summary>That a form was refused, the console has too; whether all else of a page could be had, the answers say.</summary>
    private static bool IsComplaint(IConsoleMessage message) =>
        message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal);

    private static string Saying(Browser browser)
    {
        var said = browser.Page.QuerySelectorAll(".recording, .recorded, .notice, .problem, .present").Select(Line);
        return $"{browser.Status:d} {browser.Page.QuerySelector("h1")?.TextContent}: {string.Join(" | ", said)}";
    }

    private static string Line(IElement element) =>
        string.Join(" / ", element.QuerySelectorAll("li").DefaultIfEmpty(element).Select(Words));

    private static string Words(IElement element) =>
        string.Join(' ', element.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What a page is made of.</summary>
    private static string Shape(IHtmlDocument page) =>
        page.QuerySelector("h1")?.TextContent + string.Join(' ', page.All.Select(Part).Distinct().Order(StringComparer.Ordinal));

    private static string Part(IElement element) =>
        $"{element.ParentElement?.LocalName}>{element.LocalName}.{element.ClassName}"
        + $"[{element.GetAttribute("type")}{element.GetAttribute("name")}]";
}
