using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Cohesion.Workflows.Records;

/// <summary>
/// What Table Storage refuses, checked by every store before it writes. Sources: "Understanding the Table service data model"
/// and "Performing entity group transactions" (learn.microsoft.com/rest/api/storageservices).
/// </summary>
public static class RecordLimits
{
    /// <summary>Records in one page of a query.</summary>
    public const int PageSize = 1_000;

    /// <summary>Writes in one transaction.</summary>
    public const int WritesPerTransaction = 100;

    /// <summary>
    /// Bytes in one transaction, as they go over the wire: JSON in which all but ASCII is escaped, so that a letter with an accent,
    /// two bytes in the store, takes six.
    /// </summary>
    public const int TransactionBytes = 4 * 1024 * 1024;

    /// <summary>Bytes in one property: texts count two bytes a UTF-16 code unit.</summary>
    public const int PropertyBytes = 64 * 1024;

    /// <summary>Bytes in one record, its key and property names included.</summary>
    public const int RecordBytes = 1024 * 1024;

    /// <summary>Properties in one record, without the key and the timestamp.</summary>
    public const int Properties = 252;

    /// <summary>UTF-16 code units in a partition or a row.</summary>
    public const int KeyLength = 512;

    /// <summary>What a write takes beside its key and record: its part's boundary, headers and address.</summary>
    private const int EnvelopeBytes = 1024;

    /// <summary>What a UTF-16 code unit takes on the wire at the most: \uXXXX.</summary>
    private const int WireBytesPerCharacter = 6;

    private static readonly SearchValues<char> ForbiddenInKeys =
        SearchValues.Create(['/', '\\', '#', '?', .. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl)]);

    /// <exception cref="RecordRefusedException">The key is outside the limits.</exception>
    public static void CheckKey(RecordKey key)
    {
        CheckKeyPart(key.Partition);
        CheckKeyPart(key.Row);
    }

    /// <exception cref="RecordRefusedException">The transaction is outside the limits.</exception>
    public static void CheckTransaction(IReadOnlyList<RecordWrite> writes)
    {
        Require(writes.Count > 0, "A transaction has at least one write.");
        Require(writes.Count <= WritesPerTransaction, $"A transaction has at most {WritesPerTransaction} writes, not {writes.Count}.");
        Require(writes.All(write => write.Key.Partition == writes[0].Key.Partition), "A transaction writes one partition.");
        Require(writes.DistinctBy(write => write.Key).Count() == writes.Count, "A transaction writes a record once.");
        foreach (var write in writes)
        {
            CheckWrite(write);
        }

        // To measure a text it must be encoded: only where it could be too much.
        var fits = writes.Sum(write => BytesOf(write, text => WireBytesPerCharacter * text.Length)) <= TransactionBytes
            || writes.Sum(write => BytesOf(write, WireBytes)) <= TransactionBytes;
        Require(fits, $"A transaction has at most {TransactionBytes} bytes.");
    }

    /// <summary>Any text as part of a key: what a key must not hold, and '%', become %XX of their UTF-8 bytes (RFC 3986, 2.1).</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text.EnumerateRunes())
        {
            Escape(character, escaped);
        }

        return escaped.ToString();
    }

    private static void Escape(Rune character, StringBuilder escaped)
    {
        if (character.Value != '%' && !character.ToString().AsSpan().ContainsAny(ForbiddenInKeys))
        {
            escaped.Append(character);
            return;
        }

        foreach (var octet in Encoding.UTF8.GetBytes(character.ToString()))
        {
            escaped.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static void CheckKeyPart(string part)
    {
        Require(part.Length <= KeyLength, $"A key has at most {KeyLength} characters, not {part.Length}.");
        Require(!part.AsSpan().ContainsAny(ForbiddenInKeys), "A key has no / \\ # ? and no control character.");
        Require(IsWellFormed(part), "A key has no half of a surrogate pair.");
    }

    /// <summary>Half of a surrogate pair has no UTF-8: on the wire and on disk another character would stand in its place, unnoticed.</summary>
    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); rest.IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var surrogate; rest = rest[(surrogate + 2)..])
        {
            if (Rune.DecodeFromUtf16(rest[surrogate..], out _, out _) != OperationStatus.Done)
            {
                return false;
            }
        }

        return true;
    }

    private static void CheckWrite(RecordWrite write)
    {
        CheckKey(write.Key);
        if (RecordOf(write) is { } record)
        {
            CheckRecord(record);
        }
    }

    private static Record? RecordOf(RecordWrite write) => write switch
    {
        RecordWrite.Insert insert => insert.Record,
        RecordWrite.Put put => put.Record,
        RecordWrite.Replace replace => replace.Record,
        _ => null,
    };

    /// <summary>A write's bytes on the wire, at the most.</summary>
    private static int BytesOf(RecordWrite write, Func<string, int> measure)
    {
        var properties = RecordOf(write)?.Properties.Sum(pair => measure(pair.Key) + measure(pair.Value) + "\"\":\"\",".Length) ?? 0;
        return EnvelopeBytes + 2 * (measure(write.Key.Partition) + measure(write.Key.Row)) + properties;
    }

    private static void CheckRecord(Record record)
    {
        Require(record.Properties.Count <= Properties, $"A record has at most {Properties} properties.");
        foreach (var (name, text) in record.Properties)
        {
            Require(IsIdentifier(name), $"'{name}' is no property name.");
            Require(Bytes(text) <= PropertyBytes, $"Property {name} has at most {PropertyBytes} bytes, not {Bytes(text)}.");
            Require(IsWellFormed(text), $"Property {name} has half of a surrogate pair.");
        }

        var size = Bytes(record.Key.Partition) + Bytes(record.Key.Row) + record.Properties.Sum(pair => Bytes(pair.Key) + Bytes(pair.Value));
        Require(size <= RecordBytes, $"A record has at most {RecordBytes} bytes, not {size}.");
    }

    private static bool IsIdentifier(string name) =>
        name.Length is > 0 and <= 255
        && !char.IsAsciiDigit(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
        && name is not ("PartitionKey" or "RowKey" or "Timestamp");

    private static int WireBytes(string text) => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length;

    private static int Bytes(string text) => 2 * text.Length;

    private static void Require(bool holds, string reason)
    {
        if (!holds)
        {
            throw new RecordRefusedException(reason);
        }
    }
}
