using System.Net;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.Playwright;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>A person at Chromium: what they do by hand is done with its keys and its mouse.</summary>
/// <param name="chromium">All have the same.</param>
/// <param name="address">Of the host.</param>
/// <param name="check">Looks at every page that they see.</param>
/// <param name="script">Whether their browser runs scripts.</param>
public sealed class ChromiumBrowser(Chromium chromium, Uri address, PageCheck check, bool script = true) : Browser(address)
{
    /// <summary>The tab, for what only a real browser can do; there is one after the first page was opened.</summary>
    public IPage Tab { get; private set; } = null!;

    public override async Task<Browser> Open(string path)
    {
        if (Tab is null)
        {
            Tab = await (await chromium.SitDown(new BrowserNewContextOptions { JavaScriptEnabled = script })).NewPageAsync();
            check.Watch(Tab);
        }

        return await Show(() => Tab.GotoAsync(new Uri(Address, path).AbsoluteUri));
    }

    public override async Task<string> Download(string path) =>
        await (await Tab.APIRequest.GetAsync(new Uri(Address, path).AbsoluteUri)).TextAsync();

    public override async Task<Browser> Press(string label, params (string Field, string[] Values)[] typed)
    {
        await Unfold(label);
        await FillIn(Button(label).Locator("xpath=ancestor::form"), typed);
        return await Show(() => Button(label).ClickAsync());
    }

    public override async Task<Browser> PressWithFile(
        string label, string field, byte[] file, params (string Field, string[] Values)[] typed)
    {
        var chosen = new FilePayload { Name = "people.csv", MimeType = "text/csv", Buffer = file };
        await Tab.Locator($"[name='{field}']").SetInputFilesAsync(chosen);
        return await Press(label, [.. typed.Where(one => one.Field != field)]);
    }

    /// <summary>As people press who are used to icons, or whose mouse is worn.</summary>
    public async Task<Browser> PressTwice(string label, params (string Field, string[] Values)[] typed)
    {
        await FillIn(Button(label).Locator("xpath=ancestor::form"), typed);
        return await Show(() => Button(label).DblClickAsync());
    }

    public Task<Browser> GoBack() => Show(() => Tab.GoBackAsync());

    public Task<Browser> Reload() => Show(() => Tab.ReloadAsync());

    /// <summary>The same person's next tab, on the same page.</summary>
    public async Task<ChromiumBrowser> AnotherTab()
    {
        var another = new ChromiumBrowser(chromium, Address, check, script) { Tab = await Tab.Context.NewPageAsync() };
        check.Watch(another.Tab);
        await another.Open(Path);
        return another;
    }

    public ILocator Button(string label) => Tab.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = label, Exact = true }).First;

    /// <summary>Does what brings up another page, then reads it.</summary>
    public async Task<Browser> Show(Func<Task> act)
    {
        var loaded = new TaskCompletionSource();
        void Load(object? sender, IPage page) => loaded.TrySetResult();
        Tab.Response += Note;
        Tab.Load += Load;
        await act();
        await loaded.Task.WaitAsync(Chromium.Patience);
        Tab.Response -= Note;
        Tab.Load -= Load;
        Path = new Uri(Tab.Url).AbsolutePath;
        Page = Parse(await Tab.ContentAsync());
        await check.Look(Tab, this);
        return this;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Tab?.Context.CloseAsync().GetAwaiter().GetResult();
    }

    /// <summary>What is folded away is unfolded first.</summary>
    private async Task Unfold(string label)
    {
        var within = new LocatorFilterOptions { Has = Tab.Locator($"button:text-is('{label}')") };
        var folded = Tab.Locator("details:not([open])").Filter(within);
        if (await Button(label).CountAsync() == 0 && await folded.CountAsync() > 0)
        {
            await folded.First.Locator("summary").ClickAsync();
        }
    }

    private void Note(object? sender, IResponse response)
    {
        if (response.Request.IsNavigationRequest)
        {
            Status = (HttpStatusCode)response.Status;
        }
    }

    private static async Task FillIn(ILocator form, (string Field, string[] Values)[] typed)
    {
        foreach (var (name, values) in typed)
        {
            var fields = await form.Locator($"[name='{name}']").AllAsync();
            foreach (var (field, i) in fields.Select((field, i) => (field, i)))
            {
                await FillIn(field, values, i < values.Length ? values[i] : "");
            }
        }
    }

    /// <summary>Of radio buttons and check boxes those of the values are ticked; other fields of one name are filled in order.</summary>
    private static async Task FillIn(ILocator field, string[] values, string value)
    {
        var isNamed = Array.IndexOf(values, await field.GetAttributeAsync("value")) >= 0;
        switch (await field.EvaluateAsync<string>("field => field.type"))
        {
            case "radio" when !isNamed:
                break;
            case "radio" or "checkbox":
                await field.SetCheckedAsync(isNamed);
                break;
            case "select-one":
                await field.SelectOptionAsync(value);
                break;
            default:
                await field.FillAsync(value);
                break;
        }
    }
}
