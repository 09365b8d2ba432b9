using Cohesion.Workflows.Checking;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;

namespace Cohesion.Workflows.Tests.Records;

public sealed class PeopleTests
{
    /// <summary>Signing in looks up everybody at an address.</summary>
    [Fact]
    public async Task A_person_of_whom_a_crash_left_only_the_name_keeps_nobody_else_at_the_address_from_being_found()
    {
        var records = new MemoryRecordStore();
        var people = new People(records, new SeededIds(1));
        var whole = await people.FindOrAdd("Ada Wong", "clinic@example.test", "America/Vancouver");
        var dying = new FaultyRecordStore(records, new Lifetime(Fate.DiesAt(1, Death.After)), () => Task.CompletedTask);
        await Should.ThrowAsync<CrashException>(() => new People(dying, new SeededIds(2)).FindOrAdd("Bo Li", "clinic@example.test", "America/Vancouver"));

        (await people.At("clinic@example.test")).Select(person => person.Id).ShouldBe([whole]);
    }

    /// <summary>A list that still has the old spelling names nobody known; with the new one, it is the same person.</summary>
    [Fact]
    public async Task Whose_name_is_corrected_is_found_by_the_new_spelling_and_is_the_same_person()
    {
        var people = new People(new MemoryRecordStore(), new SeededIds(1));
        var zoe = await people.FindOrAdd("Zoe Brien", "zoe@example.test", "America/Vancouver");
        (await people.Rename(await people.Get(zoe), "Zoë O’Brien ")).ShouldBeTrue();
        var renamed = await people.Get(zoe);
        (renamed.Name, renamed.Generation, renamed.Spelling).ShouldBe(("Zoë O’Brien", 0, 1));
        (await people.FindOrAdd("Zoë O’Brien", "zoe@example.test", "America/Vancouver")).ShouldBe(zoe);
        (await people.At("zoe@example.test")).ShouldBe([renamed]);
    }

    [Fact]
    public async Task A_renaming_that_died_is_done_again()
    {
        for (var dies = 1; dies <= 3; dies++)
        {
            var records = new MemoryRecordStore();
            var people = new People(records, new SeededIds(1));
            var person = await people.Get(await people.FindOrAdd("Zoe Brien", "zoe@example.test", "America/Vancouver"));
            var dying = new FaultyRecordStore(records, new Lifetime(Fate.DiesAt(dies, Death.Before)), () => Task.CompletedTask);
            await Should.ThrowAsync<CrashException>(() => new People(dying, new SeededIds(2)).Rename(person, "Zoë O’Brien"));
            (await people.Rename(await people.Get(person.Id), "Zoë O’Brien")).ShouldBeTrue();
            (await people.At("zoe@example.test")).ShouldHaveSingleItem().Name.ShouldBe("Zoë O’Brien");
        }
    }

    /// <summary>The links that were void stay so, whoever is last.</summary>
    [Fact]
    public async Task Of_an_address_and_a_name_that_are_corrected_at_once_both_stand()
    {
        for (var operation = 1; operation <= 4; operation++)
        {
            var records = new MemoryRecordStore();
            var people = new People(records, new SeededIds(1));
            var person = await people.Get(await people.FindOrAdd("Zoe Brien", "zoe@example.test", "America/Vancouver"));
            var until = operation;
            var store = new FaultyRecordStore(records, new Lifetime(Fate.Kind()), () => --until == 0 ? people.Rename(person, "Zoë O’Brien") : Task.CompletedTask);
            (await new People(store, new SeededIds(2)).Move(person, "zoe@new.example.test")).ShouldBeTrue();
            (await people.At("zoe@new.example.test")).ShouldBe([person with { Name = "Zoë O’Brien", Spelling = 1, Address = "zoe@new.example.test", Generation = 1 }]);
        }
    }

    /// <summary>Before the index has the new entry, before the person is changed, before the old entry goes: what is left over names nobody, and a check takes it out.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_correction_that_died_and_is_never_done_again_leaves_what_a_check_takes_out(int dies)
    {
        using var process = await OneProcess.KickedOff();
        var (records, people) = (process.Records, process.Product.Get<People>());
        var person = await process.Lead();
        foreach (var change in (Func<People, Task<bool>>[])[who => who.Rename(person, "Léa Lead"), who => who.Move(person, "lea@new.example.test")])
        {
            var dying = new FaultyRecordStore(records, new Lifetime(Fate.DiesAt(dies, Death.Before)), () => Task.CompletedTask);
            await Should.ThrowAsync<CrashException>(() => change(new People(dying, new SeededIds(2))));
        }

        var before = await people.Get(person.Id);
        await process.Product.Get<RecordCheck>().Run(records.Partitions, repairs: true);
        (await process.Product.Get<RecordCheck>().Run(records.Partitions, repairs: false)).Findings.ShouldBeEmpty();
        var index = records.Partitions.Where(name => name.StartsWith("address-", StringComparison.Ordinal)).ToAsyncEnumerable();
        (await index.SelectMany(name => records.All(RowRange.Whole(name))).CountAsync(row => row["person"] == person.Id.Value)).ShouldBe(1);
        (await people.Get(person.Id)).ShouldBe(before);
        (await people.At(before.Address)).ShouldContain(before);
    }
}
