using System.Globalization;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Web;
using NodaTime.Text;
using Spectre.Console;
using Spectre.Console.Rendering;
using Rows = Spectre.Console.Rows;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>The demo in the terminal: a bar for each stage of each community, and the mails as they go out.</summary>
internal sealed class DemoScreen(DemoRun run, string wayIn, double speed)
{
    private const int LongestName = 20;
    private const int LinesAround = 6;
    private const int FewestMails = 4;
    private const int MostMails = 200;
    private const int FramesPerReading = 4;

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("d MMM");
    private static readonly CommunityDays Days = new("America/Vancouver");

    private readonly MailStream _mails = new(MostMails);
    private readonly Dictionary<Community, IReadOnlyList<StageProgress>> _progress = [];

    /// <summary>Shows what happens until <paramref name="walk"/> is over.</summary>
    public Task Show(Func<Task> walk) => AnsiConsole.Live(new Text("")).StartAsync(async context =>
    {
        Listen();
        var walking = walk();
        for (var frame = 0; !walking.IsCompleted; frame++)
        {
            await Draw(context, isReading: frame % FramesPerReading == 0);
            await Task.WhenAny(walking, Task.Delay(Frame));
        }

        await Draw(context, isReading: true);
        await walking;
    });

    /// <summary>From now on the mails are shown that come.</summary>
    public void Listen() => run.Came = _mails.Add;

    /// <summary>Reads how far each community has come.</summary>
    public async Task Read()
    {
        foreach (var community in run.World.Communities)
        {
            _progress[community] = await run.Get<CycleRecords>().Read(community.Cycle) is { } stored
                ? StageProgress.Of(stored.Snapshot)
                : StageProgress.Before(community.StartDay is null ? "later" : $"on {Day.Format(Days.DateOf(CoordinatorsDesk.StartOf(community)))}");
        }
    }

    private async Task Draw(LiveDisplayContext context, bool isReading)
    {
        if (isReading)
        {
            await Read();
        }

        context.UpdateTarget(Picture(AnsiConsole.Profile.Width, AnsiConsole.Profile.Height - 1));
    }

    public IRenderable Picture(int width, int height)
    {
        var (table, tableLines) = Table(width, height - LinesAround - FewestMails);
        var mails = _mails.Newest(Math.Max(0, height - LinesAround - tableLines));
        var now = Days.LocalTimeOf(run.Now);
        return new Rows(
        [
            new Line($"[bold]{Say.LongDate(now.Date)}[/], day {(run.Now - DemoWorld.Start).Days + 1}. {Number(speed)} days a second; Ctrl-C ends the demo."),
            new Line($"See every page as its coordinator: [underline]{Markup.Escape(wayIn)}[/]"),
            new Text(""),
            table,
            new Text(""),
            new Line($"[bold]Mail[/] [grey]({Number(run.Mails)} so far)[/]"),
            .. mails.Select(mail => new Line(Markup.Escape(mail))),
        ]);
    }

    /// <summary>The communities that fit; where not all do, those that have ended go first, and the words below the bars before them.</summary>
    private (IRenderable Table, int Lines) Table(int width, int height)
    {
        var name = Math.Max(LongestName, width / 5);
        var column = (width - name) / StageProgress.Titles.Count;
        var lines = _progress.Count * 2 < height ? 2 : 1;
        var shown = Fitting(Math.Max(1, (height - 1) / lines)).ToList();
        var table = new Table().NoBorder();
        table.AddColumn(new TableColumn(Markup.Escape(Say.Counted($"{_progress.Count} {_progress.Count:community|communities}"))).Width(name).PadLeft(0).PadRight(0).NoWrap());
        foreach (var title in StageProgress.Titles)
        {
            table.AddColumn(new TableColumn($"[bold]{title}[/]").Width(column).PadLeft(0).PadRight(0).NoWrap());
        }

        foreach (var (community, stages) in shown)
        {
            table.AddRow([new Text(community.Name), .. stages.Select(stage => Bar(stage, column - 1, lines > 1))]);
        }

        return (table, 1 + (shown.Count * lines));
    }

    private IEnumerable<KeyValuePair<Community, IReadOnlyList<StageProgress>>> Fitting(int rows) =>
        _progress.OrderBy(one => one.Value[^1] is { Share: 1, IsOpen: false }).ThenBy(one => one.Key.Number).Take(rows).OrderBy(one => one.Key.Number);

    private static Markup Bar(StageProgress stage, int width, bool hasWords)
    {
        var done = (int)Math.Round(stage.Share * width);
        var color = stage.IsOpen ? "yellow" : "green";
        var bar = $"[{color}]{new string('█', done)}[/][grey]{new string(stage.IsOpen ? '░' : '·', width - done)}[/]";
        return new Markup(hasWords ? $"{bar}\n[{(stage.IsOpen ? "yellow" : "grey")}]{Markup.Escape(stage.Words)}[/]" : bar);
    }

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What does not fit is cut.</summary>
    private sealed class Line(string markup) : IRenderable
    {
        private readonly Markup _markup = new(markup);

        public Measurement Measure(RenderOptions options, int maxWidth) => new(0, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            Segment.SplitLines(((IRenderable)_markup).Render(options, int.MaxValue), maxWidth).Take(1).SelectMany(line => line).Append(Segment.LineBreak);
    }
}
