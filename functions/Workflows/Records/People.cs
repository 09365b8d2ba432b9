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
public sealed record Person(PersonId Id, string Name, string Address, string Zone, int Generation = 0);

/// <summary>The people of all cycles, each in a partition of their own, found again by name and address.</summary>
public sealed class People(IRecordStore records, IIdSource ids)
{
    public async Task<Person?> Find(PersonId id, CancellationToken cancel = default) =>
        await records.Find(KeyOf(id), cancel) is { } row ? Read(row) : null;

    /// <exception cref="KeyNotFoundException">There is no such person.</exception>
    public async Task<Person> Get(PersonId id, CancellationToken cancel = default) =>
        await Find(id, cancel) ?? throw new KeyNotFoundException($"There is no person {id}.");

    /// <summary>
    /// The person of that name and address, made where there is none. The index comes first: whoever finds a name there without
    /// its person, after a crash, finishes the work.
    /// </summary>
    public async Task<PersonId> FindOrAdd(string name, string address, string zone, CancellationToken cancel = default)
    {
        var key = new RecordKey($"address-{Hash(Fold(address))}", Hash(Fold(name)));
        await records.InsertIfAbsent(Record.Of(key, ("person", ids.New())), cancel);
        var id = PersonId.From((await records.Find(key, cancel))!["person"]);
        await records.InsertIfAbsent(Write(new Person(id, name.Trim(), address.Trim(), zone)), cancel);
        return id;
    }

    /// <summary>Everybody at an address. A name whose person was not written before a crash is nobody yet.</summary>
    public async Task<IReadOnlyList<Person>> At(string address, CancellationToken cancel = default)
    {
        var people = new List<Person>();
        await foreach (var row in records.All(RowRange.Whole($"address-{Hash(Fold(address))}"), cancel))
        {
            if (await Find(PersonId.From(row["person"]), cancel) is { } person)
            {
                people.Add(person);
            }
        }

        return people;
    }

    /// <summary>What makes two spellings one: Unicode form, letter case and runs of white space do not count.</summary>
    public static string Fold(string text) =>
        string.Join(' ', text.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    private static RecordKey KeyOf(PersonId id) => new(Rows.PersonPartition(id), Rows.Person);

    private static string Hash(string text) => IdText.Of(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 20));

    private static Record Write(Person person) => Record.Of(
        KeyOf(person.Id),
        ("name", person.Name),
        ("address", person.Address),
        ("zone", person.Zone),
        ("generation", person.Generation.ToString(CultureInfo.InvariantCulture)));

    private static Person Read(Record row) => new(
        PersonId.From(row.Key.Partition["person-".Length..]),
        row["name"],
        row["address"],
        row["zone"],
        int.Parse(row["generation"], CultureInfo.InvariantCulture));
}
