using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Records;

/// <summary>The sessions that people are bound by, each in the person's own partition.</summary>
public static class Bookings
{
    private const string Body = "body";

    /// <summary>Books a person for a cycle's session, in place of what that cycle booked before.</summary>
    public static Task Book(IRecordStore records, PersonId person, Booking booking, CancellationToken cancel) =>
        records.Commit([new RecordWrite.Put(Record.Of(KeyOf(person, booking.Cycle), (Body, Json.Write(booking))))], cancel);

    /// <summary>Ends a booking; one of the same cycle for another time stays.</summary>
    public static async Task Free(IRecordStore records, PersonId person, Booking booking, CancellationToken cancel)
    {
        if (await records.Find(KeyOf(person, booking.Cycle), cancel) is { } row && Json.Read<Booking>(row[Body]) == booking)
        {
            await records.Commit([new RecordWrite.Delete(row.Key, row.ETag)], cancel);
        }
    }

    /// <summary>What binds people outside of a cycle.</summary>
    public static async Task<Elsewhere> Elsewhere(
        IRecordStore records, CycleId cycle, IEnumerable<PersonId> people, CancellationToken cancel)
    {
        var bookings = ImmutableDictionary.CreateBuilder<PersonId, ImmutableList<Booking>>();
        foreach (var person in people.Distinct())
        {
            var all = await records.All(RowRange.StartingWith(Rows.PersonPartition(person), Rows.Bookings), cancel)
                .Select(row => Json.Read<Booking>(row[Body]))
                .Where(booking => booking.Cycle != cycle)
                .ToListAsync(cancel);
            bookings[person] = [.. all];
        }

        return new Elsewhere(bookings.ToImmutable());
    }

    private static RecordKey KeyOf(PersonId person, CycleId cycle) => new(Rows.PersonPartition(person), Rows.Bookings + cycle);
}
