using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Records;

/// <summary>What facilitators have trained for, each in the person's own partition.</summary>
public static class Trainings
{
    private const string Body = "body";

    /// <summary>Records that a person trained in a cycle; again, it changes nothing but the time.</summary>
    public static Task Write(IRecordStore records, PersonId person, Training training, CancellationToken cancel) =>
        records.Commit([new RecordWrite.Put(Record.Of(new(Rows.PersonPartition(person), Rows.Trainings + training.Cycle), (Body, Json.Write(training))))], cancel);

    /// <summary>What a person has trained for.</summary>
    public static IAsyncEnumerable<Training> Of(IRecordStore records, PersonId person, CancellationToken cancel) =>
        records.All(RowRange.StartingWith(Rows.PersonPartition(person), Rows.Trainings), cancel).Select(row => Json.Read<Training>(row[Body]));

    /// <summary>When people last trained for a programme, but for in the cycle itself.</summary>
    public static async Task<ImmutableDictionary<PersonId, Instant>> Newest(
        IRecordStore records, CycleId cycle, string programme, IEnumerable<PersonId> people, CancellationToken cancel)
    {
        var newest = ImmutableDictionary.CreateBuilder<PersonId, Instant>();
        foreach (var person in people)
        {
            await foreach (var training in Of(records, person, cancel))
            {
                if (training.Cycle != cycle && training.Programme == programme)
                {
                    newest[person] = Instant.Max(training.At, newest.GetValueOrDefault(person, Instant.MinValue));
                }
            }
        }

        return newest.ToImmutable();
    }
}

/// <summary>A person trained as a facilitator.</summary>
/// <param name="Cycle">In which cycle.</param>
/// <param name="Programme">The id of its programme.</param>
/// <param name="At">When enough had.</param>
public sealed record Training(CycleId Cycle, string Programme, Instant At);
