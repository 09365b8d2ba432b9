using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cohesion.Workflows.Keys;
using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Keeping;

/// <summary>
/// All records in a file: a line of JSON each, without ETags, and a last line that counts them. To be read elsewhere, and to move from
/// one host's store to another's.
/// </summary>
public sealed class RecordLines(IRecordStore records)
{
    private const int CharactersPerTransaction = RecordLimits.RecordBytes / 2;

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Under another name until it is whole, readable for its user alone. A file that is there is left alone.</summary>
    /// <returns>How many records.</returns>
    /// <exception cref="RecordLinesException">The file cannot be written.</exception>
    public async Task<int> Write(IEnumerable<string> partitions, string to, CancellationToken cancel = default)
    {
        try
        {
            return await WriteWhole(partitions, to, cancel);
        }
        catch (DirectoryNotFoundException)
        {
            throw new RecordLinesException($"Cannot write '{to}': there is no folder '{Path.GetDirectoryName(Path.GetFullPath(to))}'. Make it, or give --to another file.");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new RecordLinesException($"Cannot write '{to}': {refused.Message} Give --to a file that is not there yet.");
        }
    }

    /// <summary>Inserts what such a file holds into a store that has none of it. A file that is not whole changes nothing.</summary>
    /// <param name="from">The file.</param>
    /// <param name="makeRoom">Is done once the file is known to be whole.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>How many records.</returns>
    /// <exception cref="RecordLinesException">The file cannot be read, or is not whole.</exception>
    public async Task<int> Read(string from, Func<CancellationToken, Task>? makeRoom = null, CancellationToken cancel = default)
    {
        var count = await RecordsIn(from, cancel).CountAsync(cancel);
        await (makeRoom?.Invoke(cancel) ?? Task.CompletedTask);
        var together = new List<RecordWrite>();
        var characters = 0;
        await foreach (var record in RecordsIn(from, cancel))
        {
            if (together.Count == RecordLimits.WritesPerTransaction || (together.Count > 0 && together[0].Key.Partition != record.Key.Partition)
                || characters + CharactersOf(record) > CharactersPerTransaction)
            {
                await Commit(together, cancel);
                characters = 0;
            }

            together.Add(new RecordWrite.Insert(record));
            characters += CharactersOf(record);
        }

        await Commit(together, cancel);
        return count;
    }

    private async Task Commit(List<RecordWrite> together, CancellationToken cancel)
    {
        if (together.Count > 0)
        {
            await records.Commit(together, cancel);
            together.Clear();
        }
    }

    private static int CharactersOf(Record record) => record.Properties.Sum(property => property.Key.Length + property.Value.Length);

    private async Task<int> WriteWhole(IEnumerable<string> partitions, string to, CancellationToken cancel)
    {
        var (count, unfinished) = (0, to + ".part");
        await using (var file = new StreamWriter(PrivateFiles.Open(unfinished, FileMode.Create)))
        {
            // What wakes cycles comes last: before, none of them takes a turn where it is read into.
            foreach (var partition in partitions.OrderBy(Rows.WakePartitions.Contains))
            {
                await foreach (var row in records.All(RowRange.Whole(partition), cancel))
                {
                    await file.WriteLineAsync(JsonSerializer.Serialize(new Line(partition, row.Key.Row, row.Properties), Written));
                    count++;
                }
            }

            await file.WriteLineAsync(JsonSerializer.Serialize(new Line(Records: count), Written));
        }

        try
        {
            File.Move(unfinished, to, overwrite: false);
            return count;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async IAsyncEnumerable<Record> RecordsIn(string from, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var file = Open(from);
        int? end = null;
        var count = 0;
        while (await file.ReadLineAsync(cancel) is { } text)
        {
            var line = Parse(text, $"Line {count + 1} of '{from}'");
            if (line.Records is not null)
            {
                end = line.Records;
                continue;
            }

            count++;
            yield return Record.Of(new RecordKey(line.Partition!, line.Row!), [.. line.Properties!.Select(property => (property.Key, property.Value))]);
        }

        if (end != count)
        {
            throw new RecordLinesException($"'{from}' is not whole: its last line does not count its {count} records. Export them again.");
        }
    }

    private static StreamReader Open(string from)
    {
        try
        {
            return new StreamReader(from);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new RecordLinesException($"Cannot read '{from}': {refused.Message} Give --from a file that export wrote.");
        }
    }

    private static Line Parse(string text, string place)
    {
        try
        {
            if (JsonSerializer.Deserialize<Line>(text, Written) is { } line && (line.Records is not null || line is { Partition: not null, Row: not null, Properties: not null }))
            {
                return line;
            }
        }
        catch (JsonException)
        {
            // It is no line of an export either.
        }

        throw new RecordLinesException($"{place} is no record. Give --from a file that export wrote.");
    }

    private sealed record Line(string? Partition = null, string? Row = null, IReadOnlyDictionary<string, string>? Properties = null, int? Records = null);
}

/// <summary>Records cannot be moved. The message says why, and what to do next.</summary>
public sealed class RecordLinesException(string message) : Exception(message);
