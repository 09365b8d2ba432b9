using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cohesion.Workflows.Cycles;

/// <summary>
/// What makes a message this message: nobody gets two of one key. The occasion is the fact that caused it and the policy's
/// rung, never a date and never a position. Parts are [a-z0-9-]; "-" stands for none.
/// </summary>
/// <param name="Cycle">The cycle's id, or "-" for a message of no cycle (a sign-in link).</param>
/// <param name="Stage">The stage's id, or "-".</param>
/// <param name="Kind">The kind of message within its stage: "ask", "chosen".</param>
/// <param name="Person">Who gets it.</param>
/// <param name="Occasion">The causing fact and the rung: "r1-reminder-2".</param>
[JsonConverter(typeof(MessageKeyConverter))]
public sealed record MessageKey(string Cycle, string Stage, string Kind, PersonId Person, string Occasion)
{
    public const string None = "-";

    /// <summary>The five parts joined by dots: fits a row key.</summary>
    public override string ToString() => $"{Cycle}.{Stage}.{Kind}.{Person}.{Occasion}";

    /// <exception cref="FormatException">The text is no message key.</exception>
    public static MessageKey Parse(string text) => text.Split('.') switch
    {
        [var cycle, var stage, var kind, var person, var occasion] when IdText.IsId(person) =>
            new(cycle, stage, kind, PersonId.From(person), occasion),
        _ => throw new FormatException("A message key has five parts."),
    };
}

/// <summary>Writes a message key as its text.</summary>
public sealed class MessageKeyConverter : JsonConverter<MessageKey>
{
    public override MessageKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        MessageKey.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, MessageKey value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
