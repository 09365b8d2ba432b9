using System.Collections.Immutable;
using System.Net.Mail;
using System.Text;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;

namespace Cohesion.Workflows.Web;

/// <summary>
/// A list of people as pasted: one a line, the name, a comma, semicolon or tab, the e-mail address; or a table with a header.
/// </summary>
/// <param name="People">Those that could be read, each once.</param>
/// <param name="Problems">Every line that could not, with its number and the reason.</param>
public sealed record Roster(ImmutableList<TypedPerson> People, ImmutableList<string> Problems)
{
    public const int LongestName = 300;
    public const int LongestAddress = 254;
    public const int MostPeople = 2_000;

    public static Roster Read(string pasted)
    {
        var people = ImmutableList.CreateBuilder<TypedPerson>();
        var problems = ImmutableList.CreateBuilder<string>();
        foreach (var (number, name, address) in Lines(pasted.ReplaceLineEndings("\n")))
        {
            if (Check(name, address) is { } problem)
            {
                problems.Add(Say.Text(RosterTexts.Line, number, problem));
            }
            else
            {
                people.Add(new TypedPerson(name, address));
            }
        }

        if (people.Count > MostPeople)
        {
            problems.Add(Say.Text(RosterTexts.TooMany, MostPeople));
        }

        return new Roster([.. people.DistinctBy(person => (Records.People.Fold(person.Name), Records.People.Fold(person.Address)))], problems.ToImmutable());
    }

    /// <summary>What is wrong with a person as typed, or null.</summary>
    public static string? Check(string name, string address) =>
        name.Trim().Length is 0 ? RosterTexts.NoName
        : name.Length > LongestName ? Say.Text(RosterTexts.LongName, LongestName)
        : !IsReadable(name) ? RosterTexts.NotReadable
        : address.Trim().Length is 0 ? RosterTexts.AddressMissing
        : !IsAddress(address.Trim()) ? Say.Text(RosterTexts.NoAddress, address.Trim().Length > 60 ? address.Trim()[..60] + "…" : address.Trim())
        : null;

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
        .Select(line => Split(line.Number, line.Text));

    /// <summary>The address stands behind the last separator: "Wong, Ada, ada@example.org" is one person.</summary>
    private static RosterLine Split(int number, string line)
    {
        var at = line.LastIndexOfAny([',', ';', '\t']);
        var isAddress = line.Contains('@', StringComparison.Ordinal);
        return at >= 0 ? new RosterLine(number, line[..at].Trim().Trim('"').Trim(), line[(at + 1)..].Trim().Trim('"').Trim())
            : isAddress ? new RosterLine(number, "", line)
            : new RosterLine(number, line, "");
    }
}
