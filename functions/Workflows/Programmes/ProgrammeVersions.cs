using System.Collections.Immutable;
using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Programmes;

/// <summary>A programme as somebody saved it.</summary>
/// <param name="Number">From 1; 0 is the programme as its file has it.</param>
/// <param name="Content">The programme.</param>
/// <param name="By">Who saved it.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why, as typed.</param>
public sealed record ProgrammeVersion(int Number, Programme Content, PersonId By, Instant At, string Reason);

/// <summary>
/// The programmes as they stand now: the files beside the program, and over them what coordinators saved since, a record each, which
/// nothing changes or removes. See docs/decisions/0028-programmes-are-edited.md.
/// </summary>
public sealed class ProgrammeVersions(ProgrammeFiles delivered, IRecordStore records)
{
    public const string Partition = "programmes";

    /// <summary>A property holds 64 KiB at the most, a record 1 MiB.</summary>
    private const int CharactersPerProperty = 30_000;

    private const string ContentName = "content";

    /// <summary>What was read already: records are only added, so the rest is few or none.</summary>
    private ImmutableList<ProgrammeVersion> _known = [];

    public async Task<ProgrammeCatalogue> Now(CancellationToken cancel = default) => new(delivered, await ReadAll(cancel));

    /// <summary>Saves a programme as its next version.</summary>
    /// <returns>False where that number is not the next one: somebody saved before.</returns>
    public async Task<bool> Add(ProgrammeVersion version, CancellationToken cancel = default)
    {
        while (true)
        {
            var all = await ReadAll(cancel);
            if (new ProgrammeCatalogue(delivered, all).NumberOf(version.Content.Id) != version.Number - 1)
            {
                return false;
            }

            // Every version of every programme takes the next row, so nobody can have come in between.
            if (await records.InsertIfAbsent(Write(all.Count, version), cancel))
            {
                return true;
            }
        }
    }

    public static ProgrammeVersion Read(Record row) => new(
        int.Parse(row["number"], CultureInfo.InvariantCulture),
        Json.Read<Programme>(string.Concat(row.Properties.Keys.Where(IsContent).Select(name => row[name]))),
        PersonId.From(row["by"]),
        Rows.TimeOf(row["at"]),
        row["reason"]);

    private static Record Write(int place, ProgrammeVersion version) => Record.Of(
        new RecordKey(Partition, RowOf(place)),
        [
            ("programme", version.Content.Id),
            ("number", version.Number.ToString(CultureInfo.InvariantCulture)),
            ("by", version.By.Value),
            ("at", Rows.Time(version.At)),
            ("reason", version.Reason),
            .. Json.Write(version.Content).Chunk(CharactersPerProperty)
                .Select((part, i) => (FormattableString.Invariant($"{ContentName}{i:00}"), new string(part))),
        ]);

    public static string RowOf(int place) => place.ToString("D8", CultureInfo.InvariantCulture);

    private static bool IsContent(string property) => property.StartsWith(ContentName, StringComparison.Ordinal);

    private async Task<ImmutableList<ProgrammeVersion>> ReadAll(CancellationToken cancel)
    {
        var known = _known;
        var rest = await records.All(new RowRange(Partition, RowOf(known.Count), null), cancel).Select(Read).ToListAsync(cancel);
        return rest.Count == 0 ? known : _known = known.AddRange(rest);
    }
}

/// <summary>The programmes at one time.</summary>
public sealed class ProgrammeCatalogue(ProgrammeFiles delivered, ImmutableList<ProgrammeVersion> saved)
{
    /// <summary>In the order of their names.</summary>
    public IEnumerable<Programme> All => delivered.All.Select(programme => programme.Id)
        .Union(saved.Select(version => version.Content.Id))
        .Select(id => Find(id)!)
        .OrderBy(programme => programme.Name, StringComparer.Ordinal);

    public Programme? Find(string id) => saved.FindLast(version => version.Content.Id == id)?.Content ?? delivered.Find(id);

    /// <summary>What letters of a programme are worded with: its own words, but for those that a later release has other blanks for.</summary>
    public Wording WordingOf(string id) => Find(id)?.Texts is not { Count: > 0 } own ? Wording.Delivered
        : new(own.RemoveRange(own.Where(text => ProgrammeWords.Problem(text.Key, text.Value) is not null).Select(text => text.Key)));

    /// <summary>Which version is the newest; 0 for the programme as delivered.</summary>
    public int NumberOf(string id) => saved.FindLast(version => version.Content.Id == id)?.Number ?? 0;

    /// <summary>A version's content; null where there is none of that number.</summary>
    public Programme? At(string id, int number) => number == 0 ? delivered.Find(id) : SavedOf(id).Find(version => version.Number == number)?.Content;

    /// <summary>What was saved of a programme, in order.</summary>
    public ImmutableList<ProgrammeVersion> SavedOf(string id) => saved.FindAll(version => version.Content.Id == id);
}
