using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.LocalHost.Demo;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using NodaTime;
using Spectre.Console;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>The demo's world, and a camera in it.</summary>
internal sealed class Album : IAsyncDisposable
{
    private const int HeaviestBytes = 160_000;
    private const int LetterWidth = 720;
    private const int LongestLetter = 1000;

    /// <summary>In characters.</summary>
    private const int TerminalWidth = 118;
    private const int TerminalHeight = 30;

    /// <summary>In pixels, with its margin.</summary>
    private const int TerminalPixels = 1024;

    private static readonly string Folder = Repository.PathOf("docs/pictures");

    private readonly DirectoryInfo _data;
    private readonly DemoRun _run;
    private readonly IPage _tab;
    private readonly DemoScreen _screen;

    private Album(DirectoryInfo data, DemoRun run, IPage tab)
    {
        (_data, _run, _tab) = (data, run, tab);
        _screen = new DemoScreen(run, "http://127.0.0.1:7071/demo", DemoSettings.UsualSpeed);
        _screen.Listen();
    }

    public IReadOnlyList<Community> Communities => _run.World.Communities;

    /// <summary>At the demo's start, signed in as its coordinator.</summary>
    public static async Task<Album> Open(Chromium chromium)
    {
        var tab = await (await chromium.SitDown(null)).NewPageAsync();
        var data = Directory.CreateTempSubdirectory("cohesion-");
        var urls = $"http://127.0.0.1:{FreePort.Find()}";
        var settings = new DemoSettings(data.FullName, urls, Seed: 1, Communities: 5, DemoSettings.UsualSpeed, IsFast: true);
        var album = new Album(data, await DemoRun.Open(settings, data.FullName), tab);
        await album.SignIn();
        return album;
    }

    /// <summary>Lets the demo go on.</summary>
    /// <param name="local">Until then, by Pacific time.</param>
    public async Task Until(string local)
    {
        var zone = DateTimeZoneProviders.Tzdb["America/Vancouver"];
        var until = SchedulingForm.SlotPattern.Parse(local).Value.InZoneStrictly(zone).ToInstant();
        while (await _run.Step(until))
        {
        }

        _run.MoveTo(until);
    }

    public async Task Page(string picture, string path, int width, int height)
    {
        await _tab.GotoAsync(Absolute(path));
        await Take(_tab, picture, width, height);
    }

    /// <summary>A page of somebody's own; where no name is given, of somebody's who checked in and has not answered the survey.</summary>
    public async Task Ask(string picture, string page, Community community, string? name, Role role, int width, int height)
    {
        var cycle = (await _run.Get<CycleRecords>().Read(community.Cycle))!.Snapshot;
        var silent = cycle.ThoseCheckedIn().Except(cycle.All<SurveyAnswered>().Select(answer => answer.Person)).ToHashSet();
        var members = cycle.Members(role).ToAsyncEnumerable();
        var person = await members.Select(async (PersonId one, CancellationToken cancel) => await _run.Get<People>().Get(one, cancel))
            .FirstAsync(one => name is null ? silent.Contains(one.Id) : one.Name == name);
        await Page(picture, _run.Get<Links>().AskPath(page, person, cycle.Cycle, role, _run.Now), width, height);
    }

    /// <summary>The newest mail to somebody.</summary>
    public async Task Mail(string picture, string name)
    {
        var mail = await _run.Get<MailViewer>().All().LastAsync(one => one.Mail.Name == name);
        await Page(picture, $"/mail/{mail.Id}", LetterWidth, LongestLetter);
    }

    /// <summary>The demo's screen, drawn as a page: in a tab of its own, since the product's pages take no style of others.</summary>
    public async Task Terminal(string picture)
    {
        await _screen.Read();
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null), ColorSystem = ColorSystemSupport.TrueColor };
        using var recorder = AnsiConsole.Create(settings).CreateRecorder();
        recorder.Profile.Width = TerminalWidth;
        recorder.Write(_screen.Picture(TerminalWidth, TerminalHeight));
        var tab = await _tab.Context.NewPageAsync();
        await tab.SetContentAsync($"<body style='margin:0;padding:16px;background:#111;color:#ddd'>{recorder.ExportHtml()}");
        await Take(tab, picture, TerminalPixels, TerminalPixels);
    }

    public async ValueTask DisposeAsync()
    {
        await _tab.Context.CloseAsync();
        await _run.DisposeAsync();
        _data.Delete(recursive: true);
    }

    /// <summary>As much of the page as there is, and no more than that height.</summary>
    private static async Task Take(IPage tab, string picture, int width, int height)
    {
        await tab.SetViewportSizeAsync(width, 1);
        var whole = await tab.EvaluateAsync<int>("document.documentElement.scrollHeight");
        await tab.SetViewportSizeAsync(width, Math.Min(whole, height));
        var taken = await tab.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, picture + ".png") });
        taken.Length.ShouldBeLessThan(HeaviestBytes, picture);
    }

    private string Absolute(string path) => new Uri(new Uri(_run.App.Urls.Single()), path).AbsoluteUri;

    private async Task SignIn()
    {
        await _run.App.StartAsync();
        var coordinators = await _run.Get<AccountList>().All();
        var coordinator = coordinators.First(one => one.Address == _run.World.Coordinator.Address);
        await _tab.GotoAsync(Absolute(_run.Get<Links>().ToSignIn(coordinator, _run.Now).PathAndQuery));
        await _tab.GetByRole(AriaRole.Button).ClickAsync();
    }
}
