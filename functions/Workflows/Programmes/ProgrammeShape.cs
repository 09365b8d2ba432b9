using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Programmes;

/// <summary>How a field of a programme is typed.</summary>
public enum FieldKind
{
    Text,
    Number,
    Time,
    Address,
    YesNo,
    Group,
    List,
}

/// <summary>A field of a programme.</summary>
/// <param name="Path">Where it stands: "policy.attendance.minimum"; within an entry of a list, its name alone.</param>
/// <param name="Key">Under which FieldTexts has its words: its path, within an entry of a list behind that of the list.</param>
/// <param name="Kind">How it is typed.</param>
/// <param name="IsOptional">Whether it may be left empty.</param>
/// <param name="Parts">Of a group its fields, of a list those of an entry.</param>
public sealed record ProgrammeField(string Path, string Key, FieldKind Kind, bool IsOptional, ImmutableList<ProgrammeField> Parts)
{
    public string Name => Path.Split('.')[^1];

    /// <summary>Whether it is a list of rungs.</summary>
    public bool IsLadder => Kind == FieldKind.List && Parts.Exists(part => part.Path == "day");
}

/// <summary>The fields of a programme as programme.schema.json tells them: who adds a number to the policy adds its field to the page.</summary>
public static class ProgrammeShape
{
    public const string Policy = "policy";

    /// <summary>What is not typed beside the others.</summary>
    private static readonly string[] Apart = ["id", "$schema", "texts"];

    private static readonly JsonNode Schema = Load();

    public static ImmutableList<ProgrammeField> Fields { get; } =
        [.. Parts(Schema, "", "").Where(field => !Apart.Contains(field.Path)).OrderBy(field => field.Path == Policy)];

    /// <summary>Every field that is no group, of lists the lists.</summary>
    public static IEnumerable<ProgrammeField> Leaves(IEnumerable<ProgrammeField> fields) =>
        fields.SelectMany(field => field.Kind == FieldKind.Group ? Leaves(field.Parts) : [field]);

    /// <summary>Whether a group around it may be left out.</summary>
    public static bool IsInOptionalGroup(ProgrammeField field) =>
        Groups(Fields).Any(group => group.IsOptional && field.Path.StartsWith(group.Path + ".", StringComparison.Ordinal));

    private static IEnumerable<ProgrammeField> Groups(IEnumerable<ProgrammeField> fields) =>
        fields.Where(field => field.Kind == FieldKind.Group).SelectMany(group => Groups(group.Parts).Prepend(group));

    private static JsonNode Load()
    {
        using var schema = typeof(ProgrammeShape).Assembly.GetManifestResourceStream("programme.schema.json")!;
        return JsonNode.Parse(schema)!;
    }

    private static ImmutableList<ProgrammeField> Parts(JsonNode schema, string path, string key) =>
        [.. schema["properties"]!.AsObject().Select(part => Field(path + part.Key, key + part.Key, part.Value!)).OrderBy(field => field.Kind >= FieldKind.Group)];

    private static ProgrammeField Field(string path, string key, JsonNode schema)
    {
        var types = schema["type"] is JsonArray several ? [.. several.Select(type => (string)type!)] : new[] { (string)schema["type"]! };
        var kind = types[0] switch
        {
            "object" => FieldKind.Group,
            "array" => FieldKind.List,
            "integer" => FieldKind.Number,
            "boolean" => FieldKind.YesNo,
            _ when schema["pattern"] is not null => FieldKind.Time,
            _ when (string?)schema["format"] == "uri" => FieldKind.Address,
            _ => FieldKind.Text,
        };
        var parts = kind switch
        {
            FieldKind.Group when schema["properties"] is not null => Parts(schema, path + ".", key + "."),
            FieldKind.List => Parts(Resolved(schema["items"]!), "", key + "."),
            _ => [],
        };
        return new ProgrammeField(path, key, kind, types.Contains("null"), parts);
    }

    /// <summary>"#/properties/policy/…" leads to where the same was told before.</summary>
    private static JsonNode Resolved(JsonNode schema) => (string?)schema["$ref"] is { } there
        ? there.Split('/').Skip(1).Aggregate(Schema, (node, step) => node[step]!)
        : schema;
}
