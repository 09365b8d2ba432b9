using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Records;

/// <summary>A person: a name and an address. Two names at one address are two people.</summary>
/// <param name="Id">Random.</param>
/// <param name="Name">As typed.</param>
/// <param name="Address">The e-mail address, as typed.</param>
/// <param name="Zone">The IANA zone the person lives by: their community's.</param>
/// <param name="Generation">Links of an earlier generation are void.</param>
/// <param name="Spelling">How often the name was corrected.</param>
public sealed record Person(PersonId Id, string Name, string Address, string Zone, int Generation = 0, int Spelling = 0);

/// <summary>The people of all cycles, each in a partition of their own, found again by name and address.</summary>
public sealed class People(IRecordStore records, IIdSource ids)
{
    private const string PersonOf = "person";

    public async Task<Person?> Find(PersonId id, CancellationToken cancel = default) =>
        await records.Find(KeyOf(id), cancel) is { } row ? Read(row) : null;

    /// <exception cref="KeyNotFoundException">There is no such person.</exception>
    public async Task<Person> Get(PersonId id, CancellationToken cancel = default) =>
        await Find(id, cancel) ?? throw new KeyNotFoundException($"There is no person {id}.");

    /// <summary>The same of several, in their order.</summary>
    public async Task<IReadOnlyList<Person>> GetAll(IEnumerable<PersonId> ids, CancellationToken cancel = default)
    {
        var all = new List<Person>();
        foreach (var id in ids)
        {
            all.Add(await Get(id, cancel));
        }

        return all;
    }

    /// <summary>
    /// The person of that name and address, made where there is none. The index comes first: whoever finds a name there without
    /// its person, after a crash, finishes the work.
    /// </summary>
    public async Task<PersonId> FindOrAdd(string name, string address, string zone, CancellationToken cancel = default)
    {
        var key = IndexKey(name, address);
        await records.InsertIfAbsent(Record.Of(key, (PersonOf, ids.New())), cancel);
        var id = PersonId.From((await records.Find(key, cancel))![PersonOf]);
        await records.InsertIfAbsent(Write(new Person(id, name.Trim(), address.Trim(), zone)), cancel);
        return id;
    }

    /// <summary>
    /// Everybody at an address. A name whose person was not written before a crash is nobody yet; what a crash left of a name or an address
    /// that the person had before is nobody any more.
    /// </summary>
    public async Task<IReadOnlyList<Person>> At(string address, CancellationToken cancel = default)
    {
        var people = new List<Person>();
        await foreach (var row in records.All(RowRange.Whole($"address-{HashOf(address)}"), cancel))
        {
            if (await Find(PersonId.From(row[PersonOf]), cancel) is { } person && IsEntryOf(person, row))
            {
                people.Add(person);
            }
        }

        return people;
    }

    /// <summary>Whether an entry of the index is under the name and the address that the person has.</summary>
    internal static bool IsEntryOf(Person person, Record entry) => IndexKey(person.Name, person.Address) == entry.Key;

    /// <summary>
    /// Gives a person another address, and voids the links that went to the old one. False where somebody else of that name is at that
    /// address.
    /// </summary>
    public Task<bool> Move(Person person, string address, CancellationToken cancel = default) =>
        Become(person.Id, now => now with { Address = address.Trim(), Generation = now.Generation + 1 }, cancel);

    /// <summary>
    /// Gives a person another name, in all communities; their links stay good. False where somebody else of that name is at their address.
    /// </summary>
    public Task<bool> Rename(Person person, string name, CancellationToken cancel = default) =>
        Become(person.Id, now => now with { Name = name.Trim(), Spelling = now.Spelling + 1 }, cancel);

    /// <summary>The new entry of the index comes first: after a crash it is done again. Of two who change a person at once both do.</summary>
    private async Task<bool> Become(PersonId id, Func<Person, Person> change, CancellationToken cancel)
    {
        var row = (await records.Find(KeyOf(id), cancel))!;
        var (person, other) = (Read(row), change(Read(row)));
        var (before, after) = (IndexKey(person.Name, person.Address), IndexKey(other.Name, other.Address));
        await records.InsertIfAbsent(Record.Of(after, (PersonOf, id.Value)), cancel);
        if ((await records.Find(after, cancel))![PersonOf] != id.Value)
        {
            return false;
        }

        if (!await TryReplace(other, row.ETag!, cancel) && await Get(id, cancel) != other)
        {
            return await Become(id, change, cancel);
        }

        if (before != after)
        {
            await records.DeleteIfThere(before, cancel);
        }

        return true;
    }

    private async Task<bool> TryReplace(Person person, string etag, CancellationToken cancel)
    {
        try
        {
            await records.Commit([new RecordWrite.Replace(Write(person), etag)], cancel);
            return true;
        }
        catch (RecordConflictException)
        {
            return false;
        }
    }

    /// <summary>
    /// Takes a person out of the index of addresses, and what is known of their address where nobody else is at it. Their own partition
    /// is the caller's to remove, afterwards: who is forgotten half is forgotten again.
    /// </summary>
    internal static async Task Forget(IRecordStore records, PersonId id, CancellationToken cancel)
    {
        if (await records.Find(KeyOf(id), cancel) is not { } row)
        {
            return;
        }

        var person = Read(row);
        var index = IndexKey(person.Name, person.Address);
        if (await records.Find(index, cancel) is { } entry && entry[PersonOf] == id.Value)
        {
            await records.DeleteIfThere(index, cancel);
        }

        if (!await records.All(RowRange.Whole(index.Partition), cancel).AnyAsync(cancel))
        {
            await new Post.BouncedAddresses(records).Forget(person.Address, cancel);
        }
    }

    /// <summary>What makes two spellings one: Unicode form, letter case and runs of white space do not count.</summary>
    public static string Fold(string text) =>
        string.Join(' ', text.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    private static RecordKey IndexKey(string name, string address) => new($"address-{HashOf(address)}", Hash(Fold(name)));

    private static RecordKey KeyOf(PersonId id) => new(Rows.PersonPartition(id), Rows.Person);

    /// <summary>What stands for an address in the name of a partition.</summary>
    public static string HashOf(string address) => Hash(Fold(address));

    private static string Hash(string text) => IdText.Of(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 20));

    private static Record Write(Person person) => Record.Of(
        KeyOf(person.Id),
        ("name", person.Name),
        ("address", person.Address),
        ("zone", person.Zone),
        ("generation", person.Generation.ToString(CultureInfo.InvariantCulture)),
        ("spelling", person.Spelling.ToString(CultureInfo.InvariantCulture)));

    private static Person Read(Record row) => new(
        PersonId.From(row.Key.Partition["person-".Length..]),
        row["name"],
        row["address"],
        row["zone"],
        int.Parse(row["generation"], CultureInfo.InvariantCulture),
        int.Parse(row.Properties.GetValueOrDefault("spelling") ?? "0", CultureInfo.InvariantCulture));
}
