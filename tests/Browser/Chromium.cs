using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Cohesion.Workflows.BrowserTests.Chromium))]

namespace Cohesion.Workflows.BrowserTests;

/// <summary>
/// The one Chromium that all tests share. Each person has a context of their own in it: cookies, history, nothing of others.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Names the Chromium to use.</summary>
    public const string Variable = "CHROMIUM";

    private const string Missing =
        $"The browser tests are skipped: there is no Chromium here. “apt-get install chromium” gets it; {Variable}=/path names one.";

    /// <summary>How long a page or a button is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>It looks for no other host: not for updates, not for lists of anything.</summary>
    private static readonly string[] Alone =
    [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-first-run",
        "--no-pings",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } path)
        {
            // The runner tells which tests it skips, but not why.
            TestContext.Current.SendDiagnosticMessage(Missing);
        }
        else
        {
            _playwright = await Playwright.CreateAsync();
            string[] arguments = Environment.UserName == "root" ? [.. Alone, "--no-sandbox"] : Alone;
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = arguments });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A browser for one person; where there is no Chromium, the test is skipped and says how to get it.</summary>
    public async Task<IBrowserContext> SitDown(BrowserNewContextOptions? options)
    {
        Assert.SkipWhen(_browser is null, Missing);
        var context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return context;
    }

    private static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? File.Exists(named) ? named : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
