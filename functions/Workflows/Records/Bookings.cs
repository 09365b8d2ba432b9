using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Records;

/// <summary>The sessions that people are bound by, each in the person's own partition.</summary>
public static class Bookings
{
    private const string Body = "body";

    /// <summary>Books people for a cycle's session, in place of what that cycle booked before.</summary>
    public static async Task Book(IRecordStore records, IEnumerable<PersonId> people, Booking booking, CancellationToken cancel)
    {
        foreach (var person in people)
        {
            var key = new RecordKey(Rows.PersonPartition(person), Rows.Bookings + booking.Cycle);
            await records.Commit([new RecordWrite.Put(Record.Of(key, (Body, Json.Write(booking))))], cancel);
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
}
