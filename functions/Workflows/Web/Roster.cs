using System.Collections.Immutable;
using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;

namespace Cohesion.Workflows.Web;

/// <summary>
/// A list of people as pasted: one a line, the name, a comma, semicolon or tab, the e-mail address; or as a mail program copies them,
/// Name &lt;address&gt;; or a table with a header.
/// </summary>
/// <param name="People">Those that could be read, each once.</param>
/// <param name="Problems">Every line that could not, with its number and the reason.</param>
public sealed partial record Roster(ImmutableList<TypedPerson> People, ImmutableList<string> Problems)
{
    public const int LongestName = 300;
    public const int LongestAddress = 254;
    public const int MostPeople = 2_000;

    private static readonly char[] Between = [',', ';', ' ', '\t'];

    /// <summary>What stands behind a name after a comma, and is no first name.</summary>
    private static readonly string[] Titles =
    [
        "MD", "MBBS", "MBChB", "CCFP", "FCFP", "FRCPC", "FRCSC", "NP", "RN", "RPN", "LPN", "RPh", "PharmD", "RSW", "MSW", "RM", "PhD", "MPH", "MSc", "MN", "Jr", "Sr",
    ];

    /// <summary>Every line whose person stands on an earlier one, with both numbers.</summary>
    public ImmutableList<string> Repeats { get; private init; } = [];

    public static Roster Read(string pasted)
    {
        var lines = Lines(pasted.ReplaceLineEndings("\n")).Select(line => (Line: line, Problem: line.Problem ?? CheckLine(line.Name, line.Address))).ToList();
        var problems = lines.Where(one => one.Problem is not null).Select(one => Say.Text(RosterTexts.Line, one.Line.Number, one.Problem!));
        var good = lines.Where(one => one.Problem is null).Select(one => one.Line).ToList();
        string[] tooMany = good.Count > MostPeople ? [Say.Text(RosterTexts.TooMany, MostPeople)] : [];
        var people = good.GroupBy(line => (Records.People.Fold(line.Name), Records.People.Fold(line.Address))).ToList();
        return new Roster([.. people.Select(same => new TypedPerson(same.First().Name, same.First().Address))], [.. problems, .. tooMany])
        {
            Repeats = [.. people.SelectMany(RepeatsOf).OrderBy(one => one.Number).Select(one => one.Text)],
        };
    }

    private static IEnumerable<(int Number, string Text)> RepeatsOf(IEnumerable<RosterLine> same) =>
        same.Skip(1).Select(line => (line.Number, Say.Text(RosterTexts.Repeats, line.Number, same.First().Number)));

    /// <summary>What is wrong with a person as typed, or null.</summary>
    public static string? Check(string name, string address) =>
        name.Trim().Length is 0 ? RosterTexts.NoName
        : name.Length > LongestName ? Say.Text(RosterTexts.LongName, LongestName)
        : !IsReadable(name) ? RosterTexts.NotReadable
        : address.Trim().Length is 0 ? RosterTexts.AddressMissing
        : !IsAddress(address.Trim()) ? Say.Text(RosterTexts.NoAddress, Short(address.Trim()))
        : null;

    /// <summary>On a line a part that is missing or wrong can be one that stands in the wrong place; a name that is no name is not.</summary>
    private static string? CheckLine(string name, string address) =>
        Check(name, address) is not { } problem ? null
        : IsName(name) || name.Trim().Length is 0 ? Say.Text(RosterTexts.Write, problem)
        : problem;

    /// <summary>Whether the name, as typed, is none of what is wrong.</summary>
    public static bool IsName(string name) => name.Length <= LongestName && IsReadable(name);

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    /// <summary>Whether a text has something to read in it, and no character that hides or turns the others.</summary>
    public static bool IsReadable(string text) =>
        text.EnumerateRunes().Any(Rune.IsLetterOrDigit)
        && !text.Any(character => char.IsControl(character) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    private static bool IsAddress(string address) =>
        address.Length is > 2 and <= LongestAddress
        && !address.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
        && MailAddress.TryCreate(address, out var parsed)
        && parsed.Address == address
        && parsed.Host.Split('.') is { Length: > 1 } labels
        && !labels.Contains("");

    private static IEnumerable<RosterLine> Lines(string text) => RosterTable.TryRead(text) ?? text.Split('\n')
        .Select((line, i) => (Text: line.Trim(), Number: i + 1))
        .Where(line => line.Text.Length > 0)
        .SelectMany(line => Mailboxes().Match(line.Text) is { Success: true } copied ? Copied(line.Number, copied) : [Split(line.Number, line.Text)]);

    /// <summary>As a mail program copies them, several on a line too: Ada Wong &lt;ada@clinic.example&gt;; "Li, Bo" &lt;bo@clinic.example&gt;.</summary>
    private static IEnumerable<RosterLine> Copied(int number, Match copied) => copied.Groups["name"].Captures.Zip(
        copied.Groups["address"].Captures, (name, address) => new RosterLine(number, NameOf(name.Value.Trim(Between)), address.Value.Trim()));

    /// <summary>"Peña, José" in quotes is José Peña, who would read as two people in a list; "Ada Wong, MD" stays.</summary>
    private static string NameOf(string copied)
    {
        var name = copied.Trim('"').Trim();
        return copied.StartsWith('"') && name.Split(',', StringSplitOptions.TrimEntries) is [{ Length: > 0 } last, { Length: > 0 } first] && !IsTitle(first)
            ? $"{first} {last}"
            : name;
    }

    private static bool IsTitle(string text) => Titles.Contains(text.Replace(".", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);

    /// <summary>The address stands behind the last separator: "Wong, Ada, ada@example.org" is one person. Fields without anything behind it are none.</summary>
    private static RosterLine Split(int number, string typed)
    {
        var line = typed.TrimEnd([.. Between, '"']);
        var at = line.LastIndexOfAny([',', ';', '\t']);
        var split = at >= 0 ? new RosterLine(number, line[..at].Trim().Trim('"').Trim(), line[(at + 1)..].Trim().Trim('"').Trim())
            : IsMeant(line) ? new RosterLine(number, "", line)
            : new RosterLine(number, line, "");
        return split with { Problem = MissingComma(split) };
    }

    /// <summary>A name stands beside the address: says what the line should look like.</summary>
    private static string? MissingComma(RosterLine line)
    {
        var words = line.Address.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToLookup(IsAddress);
        var (addresses, others) = (words[true].ToList(), words[false].ToList());
        var name = string.Join(", ", new[] { line.Name, string.Join(' ', others) }.Where(part => part.Length > 0));
        var meant = line.Name.Length == 0 && addresses.Count == 0 && others.Count > 1 ? others.Find(IsMeant) : null;
        return addresses is [var address] && others.Count > 0 ? Say.Text(RosterTexts.NoComma, Short(name), address)
            : meant is not null ? Say.Text(RosterTexts.Write, Say.Text(RosterTexts.NoAddress, Short(meant)))
            : null;
    }

    private static bool IsMeant(string address) => address.Contains('@', StringComparison.Ordinal);

    /// <summary>What stands between two of them begins the second one's name; so there is one way to read a line, however long.</summary>
    [GeneratedRegex("^((?<name>[^<>]*)<(?<address>[^<>]*)>)+[,;\\s]*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Mailboxes();
}
