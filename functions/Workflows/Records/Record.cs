using System.Collections.Immutable;

namespace Cohesion.Workflows.Records;

/// <summary>Where a record stands: everything of one partition can be written in one transaction, nothing across two.</summary>
public readonly record struct RecordKey(string Partition, string Row);

/// <summary>
/// One record (an entity of Table Storage). Properties are texts by name; a name is a C# identifier.
/// <see cref="ETag"/> is opaque, new at every write, and null on a record that was not read from a store.
/// </summary>
public sealed record Record(RecordKey Key, ImmutableSortedDictionary<string, string> Properties, string? ETag = null)
{
    public string this[string property] => Properties[property];

    public static Record Of(RecordKey key, params ReadOnlySpan<(string Name, string Text)> properties)
    {
        var builder = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in properties)
        {
            builder.Add(name, text);
        }

        return new Record(key, builder.ToImmutable());
    }
}

/// <summary>
/// Rows of one partition from <paramref name="From"/> (included) up to <paramref name="Before"/> (not included; null for all the
/// rest), in ordinal order.
/// </summary>
public sealed record RowRange(string Partition, string From, string? Before)
{
    /// <summary>Every row that starts with <paramref name="prefix"/>, an ASCII text.</summary>
    public static RowRange StartingWith(string partition, string prefix) => new(partition, prefix, prefix[..^1] + (char)(prefix[^1] + 1));

    /// <summary>Every row of the partition.</summary>
    public static RowRange Whole(string partition) => new(partition, "", null);
}

/// <summary>At most <see cref="RecordLimits.PageSize"/> records; a continuation asks for the rest and is null on the last page.</summary>
public sealed record RecordPage(IReadOnlyList<Record> Records, string? Continuation);

/// <summary>One write in a transaction, with the condition that guards it.</summary>
public abstract record RecordWrite(RecordKey Key)
{
    /// <summary>Writes a new record; refused with <see cref="RecordConflict.Exists"/> where one stands.</summary>
    public sealed record Insert(Record Record) : RecordWrite(Record.Key);

    /// <summary>Writes the record whatever stands there.</summary>
    public sealed record Put(Record Record) : RecordWrite(Record.Key);

    /// <summary>
    /// Replaces the record that was read under <paramref name="ETag"/>; refused with <see cref="RecordConflict.Changed"/>
    /// where another write came first, with <see cref="RecordConflict.Missing"/> where none stands.
    /// </summary>
    public sealed record Replace(Record Record, string ETag) : RecordWrite(Record.Key);

    /// <summary>
    /// Removes the record that was read under <paramref name="ETag"/>, or whatever stands there where it is null; refused as
    /// <see cref="Replace"/> is.
    /// </summary>
    public sealed record Delete(RecordKey Of, string? ETag) : RecordWrite(Of);
}
