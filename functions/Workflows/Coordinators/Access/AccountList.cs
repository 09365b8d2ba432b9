using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Coordinators.Access;

/// <summary>Who may sign in, and as what.</summary>
public sealed class AccountList(IRecordStore records, People people)
{
    private const string Partition = "coordinators";
    private const string Held = "account";

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

    public async Task<Account?> Find(PersonId person, CancellationToken cancel = default) =>
        await records.Find(KeyOf(person), cancel) is { } row ? Read(row) : null;

    /// <summary>A coordinator of all communities.</summary>
    public async Task<PersonId> Add(string name, string address, string zone, CancellationToken cancel = default)
    {
        var person = await people.FindOrAdd(name, address, zone, cancel);
        await TryAdd(new Account(person, AccountRole.Coordinator, Scope.Everywhere), cancel);
        return person;
    }

    /// <returns>False where the person is on the list already.</returns>
    public Task<bool> TryAdd(Account account, CancellationToken cancel = default) => records.InsertIfAbsent(Write(account), cancel);

    /// <summary>
    /// Changes another's account, or removes it (null), as long as who does it still may: of two who take each other's rights away at once,
    /// one comes too late, so somebody is left who can let people in.
    /// </summary>
    /// <returns>False where nothing was changed: one of the two accounts is another meanwhile, or it is the manager's own.</returns>
    public async Task<bool> TryChange(PersonId manager, PersonId other, Func<Account, Account?> change, CancellationToken cancel = default)
    {
        if (manager == other
            || await records.Find(KeyOf(manager), cancel) is not { } own || !Read(own).May(Right.Manage)
            || await records.Find(KeyOf(other), cancel) is not { } row)
        {
            return false;
        }

        RecordWrite write = change(Read(row)) is { } changed ? new RecordWrite.Replace(Write(changed), row.ETag!) : new RecordWrite.Delete(row.Key, row.ETag);
        return await TryCommit([new RecordWrite.Replace(own, own.ETag!), write], cancel);
    }

    /// <summary>No browser that is signed in as the person stays so.</summary>
    public Task SignOutEverywhere(PersonId person, CancellationToken cancel = default) =>
        ChangeOwn(person, account => account with { SignIns = account.SignIns + 1 }, cancel);

    /// <summary>Whether the person gets the page of today as a mail.</summary>
    public Task SetMornings(PersonId person, bool wanted, CancellationToken cancel = default) =>
        ChangeOwn(person, account => account with { Mornings = wanted }, cancel);

    /// <summary>Those at an address who may sign in.</summary>
    public async Task<IReadOnlyList<Person>> At(string address, CancellationToken cancel = default)
    {
        var found = new List<Person>();
        foreach (var person in await people.At(address, cancel))
        {
            if (await Find(person.Id, cancel) is not null)
            {
                found.Add(person);
            }
        }

        return found;
    }

    public async Task<IReadOnlyList<Account>> Accounts(CancellationToken cancel = default) =>
        await records.All(RowRange.Whole(Partition), cancel).Select(Read).ToListAsync(cancel);

    /// <summary>Everybody on the list.</summary>
    public async Task<IReadOnlyList<Person>> All(CancellationToken cancel = default) =>
        await people.GetAll((await Accounts(cancel)).Select(account => account.Person), cancel);

    private async Task ChangeOwn(PersonId person, Func<Account, Account> change, CancellationToken cancel)
    {
        var done = false;
        while (!done && await records.Find(KeyOf(person), cancel) is { } row)
        {
            done = await TryCommit([new RecordWrite.Replace(Write(change(Read(row))), row.ETag!)], cancel);
        }
    }

    private static RecordKey KeyOf(PersonId person) => new(Partition, person.Value);

    private static Record Write(Account account) => Record.Of(KeyOf(account.Person), (Held, Json.Write(account)));

    /// <summary>A row of before there were roles is a coordinator's.</summary>
    private static Account Read(Record row) => row.Properties.TryGetValue(Held, out var account)
        ? Json.Read<Account>(account)
        : new Account(PersonId.From(row.Key.Row), AccountRole.Coordinator, Scope.Everywhere);

    private async Task<bool> TryCommit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel)
    {
        try
        {
            await records.Commit(writes, cancel);
            return true;
        }
        catch (RecordConflictException)
        {
            return false;
        }
    }
}
