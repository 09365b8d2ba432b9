using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>A person has something to send from a time on.</summary>
/// <param name="Person">Who.</param>
/// <param name="Due">From when on.</param>
/// <param name="ETag">Guards its record.</param>
/// <param name="Haste">That of the most pressing mail; null where nobody has looked yet.</param>
public sealed record DueRow(PersonId Person, Instant Due, string? ETag = null, Haste? Haste = null)
{
    private const string Rank = "haste";

    public RecordKey Key => new(Rows.PostPartition, $"{PostRows.Due}{Rows.Time(Due)}.{Person}");

    public Record Write() => Haste is { } haste ? Record.Of(Key, (Rank, haste.ToString())) : Record.Of(Key);

    public static DueRow Of(Record row)
    {
        var text = row.Key.Row[PostRows.Due.Length..];
        return new DueRow(
            PersonId.From(text[(text.IndexOf('.', StringComparison.Ordinal) + 1)..]),
            Rows.TimeOf(text),
            row.ETag,
            row.Properties.TryGetValue(Rank, out var haste) ? Enum.Parse<Haste>(haste) : null);
    }
}

/// <summary>A person with something due.</summary>
/// <param name="Person">Who.</param>
/// <param name="Rows">What says so, oldest first.</param>
public sealed record DuePerson(PersonId Person, IReadOnlyList<DueRow> Rows)
{
    public Instant Since => Rows[0].Due;

    /// <summary>That of the most pressing mail. Where nobody has looked yet, it may be the most pressing there is.</summary>
    public Haste Haste => Rows.Min(row => row.Haste ?? Haste.AtOnce);
}

/// <summary>Who has something due, and when their turn is.</summary>
public sealed class DuePeople(IRecordStore records)
{
    /// <summary>So many are moved or removed in one transaction, with the row that stands for them: a person with more has further turns.</summary>
    private const int RowsPerPerson = RecordLimits.WritesPerTransaction - 1;

    /// <summary>Those with something due, whose mail is the most pressing first, and no more than one page can tell.</summary>
    public async Task<IReadOnlyList<DuePerson>> Find(Instant now, CancellationToken cancel = default)
    {
        var until = PostRows.Due + Rows.Time(now + Duration.FromMilliseconds(1));
        var page = await records.Query(new RowRange(Rows.PostPartition, PostRows.Due, until), cancel: cancel);
        var people = page.Records.Select(DueRow.Of).GroupBy(row => row.Person).Select(rows => new DuePerson(rows.Key, [.. rows.Take(RowsPerPerson)]));
        return [.. people.OrderBy(one => one.Haste).ThenBy(one => one.Since)];
    }

    /// <summary>When the first mail of each haste is due, as far as a more pressing one that is due sooner does not make it no matter.</summary>
    public async Task<IReadOnlyDictionary<Haste, Instant>> Firsts(CancellationToken cancel = default)
    {
        var firsts = new Dictionary<Haste, Instant>();
        await foreach (var row in All(cancel))
        {
            var haste = row.Haste ?? Haste.AtOnce;
            firsts.TryAdd(haste, row.Due);
            if (haste == Haste.AtOnce)
            {
                break; // What comes after it is neither sooner nor more pressing.
            }
        }

        return firsts;
    }

    /// <summary>The person keeps their place among those whose mail is as pressing.</summary>
    public Task Queue(DuePerson due, Haste haste, CancellationToken cancel = default) => records.Commit(
        [new RecordWrite.Replace((due.Rows[0] with { Haste = haste }).Write(), due.Rows[0].ETag!), .. due.Rows.Skip(1).Select(Delete)], cancel);

    /// <summary>Where a mail is ready to go out: a sender has seen it, or is to look now.</summary>
    public async Task<IReadOnlyList<DueRow>> Ready(Instant now, CancellationToken cancel = default) =>
        await All(cancel).Where(row => row.Haste is not null || row.Due <= now).ToListAsync(cancel);

    /// <summary>Nobody need look before.</summary>
    /// <param name="due">Whose turn it was.</param>
    /// <param name="until">When it is again.</param>
    /// <param name="ready">The haste of a mail that was tried in vain; null where none is to go out before.</param>
    /// <param name="cancel">Stops the wait.</param>
    public Task Postpone(DuePerson due, Instant until, Haste? ready = null, CancellationToken cancel = default)
    {
        var later = new DueRow(due.Person, until, Haste: ready);
        return records.Commit([.. due.Rows.Where(row => row.Key != later.Key).Select(Delete), new RecordWrite.Put(later.Write())], cancel);
    }

    public Task Remove(DuePerson due, CancellationToken cancel = default) => records.Commit([.. due.Rows.Select(Delete)], cancel);

    /// <summary>The oldest first.</summary>
    private IAsyncEnumerable<DueRow> All(CancellationToken cancel) =>
        records.All(RowRange.StartingWith(Rows.PostPartition, PostRows.Due), cancel).Select(DueRow.Of);

    private static RecordWrite Delete(DueRow row) => new RecordWrite.Delete(row.Key, row.ETag);
}
