using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;

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
}
