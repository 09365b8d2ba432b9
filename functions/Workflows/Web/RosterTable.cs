using CsvHelper;

namespace Cohesion.Workflows.Web;

/// <summary>A line of a table of people.</summary>
/// <param name="Number">The line that it begins on, from 1.</param>
/// <param name="Name">As it stands there, or put together of first and last name.</param>
/// <param name="Address">As it stands there.</param>
public sealed record RosterLine(int Number, string Name, string Address)
{
    /// <summary>What is wrong with the line as a whole; null where nothing is.</summary>
    public string? Problem { get; init; }
}

/// <summary>
/// A list of people as a table (RFC 4180) whose first line names its columns, in any order and by any of the usual names, with
/// commas, semicolons or tabs between; other columns are left alone.
/// </summary>
internal static class RosterTable
{
    private static readonly string[] Names = ["name", "fullname", "displayname", "participant", "provider", "physician"];
    private static readonly string[] FirstNames = ["firstname", "givenname", "first"];
    private static readonly string[] LastNames = ["lastname", "surname", "familyname", "last"];
    private static readonly string[] Addresses = ["email", "emailaddress", "mail", "address", "emailaddresses"];

    /// <summary>The lines after the header; null where the text does not begin with one.</summary>
    public static IReadOnlyList<RosterLine>? TryRead(string text)
    {
        using var table = CsvReader.FromText(text, new CsvReaderOptions { HasHeader = false, TrimWhitespace = true, TrackLineNumbers = true });
        return table.Read() && Columns.Of(Fields(table)) is { } columns ? Read(table, columns) : null;
    }

    private static List<RosterLine> Read(CsvReader table, Columns columns)
    {
        var lines = new List<RosterLine>();
        while (table.Read())
        {
            var fields = Fields(table);
            if (fields.Any(field => field.Length > 0))
            {
                lines.Add(columns.Read((int)table.LineNumber, fields));
            }
        }

        return lines;
    }

    private static string[] Fields(CsvReader table) => [.. Enumerable.Range(0, table.FieldCount).Select(table.GetString)];

    /// <summary>Where what stands; -1 where it does not.</summary>
    private sealed record Columns(int Name, int First, int Last, int Address)
    {
        public static Columns? Of(string[] header)
        {
            var found = header.Select(Fold).ToArray();
            int Find(string[] names) => Array.FindIndex(found, names.Contains);
            var columns = new Columns(Find(Names), Find(FirstNames), Find(LastNames), Find(Addresses));
            return columns.Address >= 0 && (columns.Name >= 0 || columns.Last >= 0) ? columns : null;
        }

        public RosterLine Read(int number, string[] fields)
        {
            string Field(int column) => column >= 0 && column < fields.Length ? fields[column] : "";
            return new RosterLine(number, Name >= 0 ? Field(Name) : $"{Field(First)} {Field(Last)}".Trim(), Field(Address));
        }

        private static string Fold(string name) => string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();
    }
}
