using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Cohesion.Workflows.Testing.Stories;

/// <summary>
/// A browser without script: it keeps cookies, opens pages, fills in forms and presses buttons. What a person does can also be done
/// in a real browser, which overrides it; what only programs do, is done over HTTP.
/// </summary>
public class Browser(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };

    protected Uri Address => _http.BaseAddress!;

    public IHtmlDocument Page { get; protected set; } = null!;

    /// <summary>Where the browser is, after redirects.</summary>
    public string Path { get; protected set; } = "";

    public HttpStatusCode Status { get; protected set; }

    public string Text => Page.Body!.TextContent;

    public virtual async Task<Browser> Open(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await Show(response);
    }

    public virtual async Task<string> Download(string path) => await _http.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>Fills in the form that has a button of that label, and presses it.</summary>
    /// <param name="label">What the button says.</param>
    /// <param name="typed">Values by field name; for radio buttons and check boxes, the values to tick. Fields not named keep what they show.</param>
    public virtual Task<Browser> Press(string label, params (string Field, string[] Values)[] typed) => PressOn(Page, label, typed);

    /// <summary>The same on a page that was open before, as after the back button.</summary>
    public async Task<Browser> PressOn(IHtmlDocument page, string label, params (string Field, string[] Values)[] typed)
    {
        var button = page.QuerySelectorAll<IHtmlButtonElement>("button").FirstOrDefault(one => one.TextContent.Trim() == label)
            ?? throw new InvalidOperationException($"No button “{label}” on: {page.Body!.TextContent}");
        using var content = new FormUrlEncodedContent(Fields(button, typed));
        using var response = await _http.PostAsync(new Uri(button.Form!.GetAttribute("action")!, UriKind.Relative), content);
        return await Show(response);
    }

    /// <summary>The same with a file chosen.</summary>
    public virtual async Task<Browser> PressWithFile(string label, string field, byte[] file, params (string Field, string[] Values)[] typed)
    {
        var button = Page.QuerySelectorAll<IHtmlButtonElement>("button").First(one => one.TextContent.Trim() == label);
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in Fields(button, typed).Where(one => one.Key != field))
        {
            content.Add(new StringContent(value), name);
        }

        content.Add(new ByteArrayContent(file), field, "people.csv");
        using var response = await _http.PostAsync(new Uri(button.Form!.GetAttribute("action")!, UriKind.Relative), content);
        return await Show(response);
    }

    /// <summary>Posts as a stranger's page would: without a token.</summary>
    public async Task<Browser> Post(string path, params (string Field, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Field, field.Value)));
        content.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return await Show(response);
    }

    public async Task Head(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(path, UriKind.Relative));
        using var response = await _http.SendAsync(request);
    }

    /// <summary>The same where the button is there; else nothing, since it was pressed before.</summary>
    public async Task<Browser> PressIfThere(string label, params (string Field, string[] Values)[] typed) =>
        Page.QuerySelectorAll("button").Any(one => one.TextContent.Trim() == label) ? await Press(label, typed) : this;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _http.Dispose();

    protected static IHtmlDocument Parse(string html) => BrowsingContext.New().GetService<AngleSharp.Html.Parser.IHtmlParser>()!.ParseDocument(html);

    private static List<KeyValuePair<string, string>> Fields(IHtmlButtonElement button, (string Field, string[] Values)[] typed)
    {
        var named = typed.Select(one => one.Field).ToHashSet(StringComparer.Ordinal);
        var shown = button.Form!.Elements.SelectMany(Shown).Where(field => !named.Contains(field.Key));
        var pressed = button.Name is { Length: > 0 } name ? [KeyValuePair.Create(name, button.Value)] : Array.Empty<KeyValuePair<string, string>>();
        return [.. shown, .. typed.SelectMany(one => one.Values.Select(value => KeyValuePair.Create(one.Field, value))), .. pressed];
    }

    private static IEnumerable<KeyValuePair<string, string>> Shown(IElement element) => element switch
    {
        IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false } => [],
        IHtmlInputElement { Name.Length: > 0 } input => [KeyValuePair.Create(input.Name, input.Value)],
        IHtmlSelectElement { Name.Length: > 0 } select => [KeyValuePair.Create(select.Name, select.Value ?? "")],
        IHtmlTextAreaElement { Name.Length: > 0 } area => [KeyValuePair.Create(area.Name, area.Value)],
        _ => [],
    };

    private async Task<Browser> Show(HttpResponseMessage response)
    {
        Status = response.StatusCode;
        if (Status >= HttpStatusCode.InternalServerError && Page is not null)
        {
            // As a person does, who goes back to the form and sends it again.
            return this;
        }

        Path = response.RequestMessage!.RequestUri!.AbsolutePath;
        Page = Parse(await response.Content.ReadAsStringAsync());
        return this;
    }
}
