using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Records;

/// <summary>A person is away, and somebody gets their mail.</summary>
/// <param name="Deputy">Who.</param>
/// <param name="From">The first day, in the person's zone.</param>
/// <param name="To">The last day.</param>
public sealed record Absence(PersonId Deputy, LocalDate From, LocalDate To);

/// <summary>Who is away when, each in the person's own partition.</summary>
public sealed class Absences(IRecordStore records, People people)
{
    /// <summary>A deputy may be away too, and have a deputy; so far this is followed.</summary>
    private const int DeputiesAtMost = 5;

    public async Task<Absence?> Of(PersonId person, CancellationToken cancel = default) =>
        await records.Find(KeyOf(person), cancel) is { } row && row["deputy"].Length > 0
            ? new Absence(PersonId.From(row["deputy"]), LocalDatePattern.Iso.Parse(row["from"]).Value, LocalDatePattern.Iso.Parse(row["to"]).Value)
            : null;

    /// <summary>Sets a person's absence in place of the one before; null takes it back.</summary>
    public Task Set(PersonId person, Absence? absence, CancellationToken cancel = default) => records.Commit(
        [
            new RecordWrite.Put(Record.Of(
                KeyOf(person),
                ("deputy", absence?.Deputy.Value ?? ""),
                ("from", absence is null ? "" : LocalDatePattern.Iso.Format(absence.From)),
                ("to", absence is null ? "" : LocalDatePattern.Iso.Format(absence.To)))),
        ],
        cancel);

    /// <summary>Who gets a person's mail now: themselves, or their deputy while they are away; of deputies that are all away, the person.</summary>
    public async Task<Person> StandIn(Person person, Instant now, CancellationToken cancel = default)
    {
        var at = person;
        for (var deputies = 0; deputies < DeputiesAtMost; deputies++)
        {
            if (await Of(at.Id, cancel) is not { } absence || !IsAway(absence, at, now))
            {
                return at;
            }

            at = await people.Get(absence.Deputy, cancel);
        }

        return person;
    }

    private static bool IsAway(Absence absence, Person person, Instant now)
    {
        var today = new CommunityDays(person.Zone).DateOf(now);
        return absence.From <= today && today <= absence.To;
    }

    private static RecordKey KeyOf(PersonId person) => new(Rows.PersonPartition(person), "absence");
}
