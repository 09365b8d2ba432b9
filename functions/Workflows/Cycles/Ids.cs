using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cohesion.Workflows.Cycles;

/// <summary>An opaque id: [a-z0-9-] only, so that it can be part of a message key, a row key, an instance id and a URL.</summary>
public interface IId<out TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);
}

/// <summary>A cycle: also its orchestration's instance id.</summary>
[JsonConverter(typeof(IdConverter<CycleId>))]
public readonly record struct CycleId : IId<CycleId>
{
    private CycleId(string value) => Value = value;

    public string Value { get; }

    public static CycleId From(string value) => new(IdText.Checked(value));

    public override string ToString() => Value;
}

/// <summary>A person: a name and an address, under a random id.</summary>
[JsonConverter(typeof(IdConverter<PersonId>))]
public readonly record struct PersonId : IId<PersonId>
{
    private PersonId(string value) => Value = value;

    public string Value { get; }

    public static PersonId From(string value) => new(IdText.Checked(value));

    public override string ToString() => Value;
}

/// <summary>A stage by its contract name, not its class: "case-study-selection".</summary>
[JsonConverter(typeof(IdConverter<StageId>))]
public readonly record struct StageId : IId<StageId>
{
    private StageId(string value) => Value = value;

    public string Value { get; }

    public static StageId From(string value) => new(IdText.Checked(value));

    public override string ToString() => Value;
}

/// <summary>Where new ids come from: random in a host, a seeded sequence in a test.</summary>
public interface IIdSource
{
    /// <summary>26 characters of [a-z2-7], 128 bits that no one can guess.</summary>
    string New();
}

/// <summary>What an id may hold.</summary>
public static class IdText
{
    public static bool IsId([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= 64 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <exception cref="FormatException">The text is no id.</exception>
    public static string Checked(string text) => IsId(text) ? text : throw new FormatException("An id has 1 to 64 characters of [a-z0-9-].");

    /// <summary>Bytes as base32 in small letters without padding (RFC 4648, 6): 16 bytes become 26 characters.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        const string alphabet = "abcdefghijklmnopqrstuvwxyz234567";
        var text = new char[(bytes.Length * 8 + 4) / 5];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = alphabet[FiveBits(bytes, i * 5)];
        }

        return new string(text);
    }

    private static int FiveBits(ReadOnlySpan<byte> bytes, int bit)
    {
        var next = bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0;
        return ((bytes[bit / 8] << 8 | next) >> (11 - bit % 8)) & 31;
    }
}

/// <summary>Writes an id as its text.</summary>
public sealed class IdConverter<T> : JsonConverter<T>
    where T : struct, IId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        return IdText.IsId(text) ? T.From(text) : throw new JsonException("No id.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
