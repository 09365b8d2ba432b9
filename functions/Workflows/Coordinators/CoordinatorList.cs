using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Coordinators;

/// <summary>Who may sign in.</summary>
public sealed class CoordinatorList(IRecordStore records, People people)
{
    private const string Partition = "coordinators";

    public async Task<bool> IsEmpty(CancellationToken cancel = default) =>
        !await records.All(RowRange.Whole(Partition), cancel).AnyAsync(cancel);

    /// <summary>Makes the first coordinator; null where somebody else is already.</summary>
    public async Task<PersonId?> AddFirst(string name, string address, string zone, CancellationToken cancel = default)
    {
        var person = await people.FindOrAdd(name, address, zone, cancel);
        var key = new RecordKey("coordinators-first", "first");
        await records.InsertIfAbsent(Record.Of(key, ("person", person.Value)), cancel);
        return (await records.Find(key, cancel))!["person"] == person.Value ? await Add(name, address, zone, cancel) : null;
    }

    public async Task<bool> Has(PersonId person, CancellationToken cancel = default) =>
        await records.Find(new RecordKey(Partition, person.Value), cancel) is not null;

    public async Task<PersonId> Add(string name, string address, string zone, CancellationToken cancel = default)
    {
        var person = await people.FindOrAdd(name, address, zone, cancel);
        await records.InsertIfAbsent(Record.Of(new RecordKey(Partition, person.Value)), cancel);
        return person;
    }

    /// <summary>The coordinators at an address.</summary>
    public async Task<IReadOnlyList<Person>> At(string address, CancellationToken cancel = default)
    {
        var found = new List<Person>();
        foreach (var person in await people.At(address, cancel))
        {
            if (await Has(person.Id, cancel))
            {
                found.Add(person);
            }
        }

        return found;
    }

    /// <summary>Everybody on the list.</summary>
    public async Task<IReadOnlyList<Person>> All(CancellationToken cancel = default) => await people.GetAll(
        await records.All(RowRange.Whole(Partition), cancel).Select(row => PersonId.From(row.Key.Row)).ToListAsync(cancel), cancel);
}
