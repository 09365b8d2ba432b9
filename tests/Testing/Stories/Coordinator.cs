using System.Text.RegularExpressions;
using AngleSharp.Dom;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Testing.Stories;

/// <summary>The coordinator at their browser, who also reads everybody's mail in the viewer.</summary>
public sealed partial class Coordinator(Uri address) : IDisposable
{
    public const string Name = "Robin Marsh";

    public Browser Browser { get; } = new(address);

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
        Cycle = Browser.Path;
    }

    /// <summary>Opens, as the person, the link of their newest mail whose subject holds a text; where it has several, the first to a page.</summary>
    public async Task<Browser> AsPerson(string name, string subject, string page = "")
    {
        var person = new Browser(address);
        return await person.Open(await LinkOf(name, subject, page));
    }

    /// <summary>The path of the first link to a page in a person's newest mail whose subject holds a text.</summary>
    public async Task<string> LinkOf(string name, string subject, string page = "")
    {
        await Browser.Open("/mail");
        var row = Browser.Page.QuerySelectorAll("tbody tr")
            .FirstOrDefault(mail => mail.Children[1].TextContent.StartsWith(name, StringComparison.Ordinal) && mail.Children[0].TextContent.Contains(subject, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No mail “{subject}” to {name}.");
        var text = await Browser.Download(row.QuerySelector("small a")!.GetAttribute("href")!);
        return LinkPattern().Matches(text).Select(link => new Uri(link.Value).AbsolutePath).First(path => path.StartsWith("/" + page, StringComparison.Ordinal));
    }

    public void Dispose() => Browser.Dispose();

    [GeneratedRegex(@"http://\S+", RegexOptions.ExplicitCapture)]
    private static partial Regex LinkPattern();
}
