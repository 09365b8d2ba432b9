using System.Text.RegularExpressions;
using AngleSharp.Dom;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Testing.Stories;

/// <summary>The coordinator at their browser, who also reads everybody's mail in the viewer.</summary>
/// <param name="another">A browser for the coordinator, then one for everybody whose link is opened.</param>
public sealed partial class Coordinator(Func<Browser> another) : IDisposable
{
    public const string Name = "Robin Marsh";

    public Coordinator(Uri address)
        : this(() => new Browser(address))
    {
    }

    public Browser Browser { get; } = another();

    /// <summary>The path of the cycle's page.</summary>
    public string Cycle { get; private set; } = "";

    public async Task SetUp(string path)
    {
        await Browser.Open(path);
        await Browser.Press("Set up and sign in", ("name", [Name]), ("address", ["robin@division.example"]));
    }

    /// <summary>Starts the community with the form that is open, and remembers its page.</summary>
    public async Task Start(params (string Field, string[] Values)[] typed)
    {
        await Browser.Press("Start", typed);
        if (Browser.Page.QuerySelector("[name=shared]:not([checked])") is not null && typed.SingleOrDefault(one => one.Field == "shared") is { Values.Length: > 0 } shared)
        {
            // The form asks only now whether the names at one address are different people.
            await Browser.Press("Start", shared);
        }

        Cycle = Browser.Path;
    }

    /// <summary>Opens, as the person, the link of their newest mail whose subject holds a text; where it has several, the first to a page.</summary>
    public async Task<Browser> AsPerson(string name, string subject, string page = "")
    {
        var link = await LinkOf(name, subject, page);
        return await another().Open(link);
    }

    /// <summary>The path of the first link to a page in a person's newest mail whose subject holds a text.</summary>
    public async Task<string> LinkOf(string name, string subject, string page = "")
    {
        var text = await MailTo(name, subject);
        return LinkPattern().Matches(text).Select(link => new Uri(link.Value).AbsolutePath).First(path => path.StartsWith("/" + page, StringComparison.Ordinal));
    }

    /// <summary>A person's newest mail whose subject holds a text, as plain text.</summary>
    public async Task<string> MailTo(string name, string subject)
    {
        await Browser.Open("/mail");
        var row = Browser.Page.QuerySelectorAll("tbody tr")
            .FirstOrDefault(mail => mail.Children[1].TextContent.StartsWith(name, StringComparison.Ordinal) && mail.Children[0].TextContent.Contains(subject, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No mail “{subject}” to {name}.");
        return await Browser.Download(row.QuerySelector("small a")!.GetAttribute("href")!);
    }

    /// <summary>The subjects and texts of a person's mails, the newest first.</summary>
    public async Task<IReadOnlyList<(string Subject, string Text)>> MailsTo(string name)
    {
        await Browser.Open("/mail");
        var mails = new List<(string, string)>();
        foreach (var row in Browser.Page.QuerySelectorAll("tbody tr").Where(row => row.Children[1].TextContent.StartsWith(name, StringComparison.Ordinal)).ToList())
        {
            mails.Add((row.QuerySelector("a")!.TextContent, await Browser.Download(row.QuerySelector("small a")!.GetAttribute("href")!)));
        }

        return mails;
    }

    public void Dispose() => Browser.Dispose();

    [GeneratedRegex(@"http://\S+", RegexOptions.ExplicitCapture)]
    private static partial Regex LinkPattern();
}
