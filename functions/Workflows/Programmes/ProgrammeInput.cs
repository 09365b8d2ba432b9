using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Programmes;

/// <summary>A programme as the fields of a form: by path, "policy.attendance.minimum", "caseStudies[0].title".</summary>
public sealed record ProgrammeInput(ImmutableDictionary<string, string> Values)
{
    /// <summary>Behind an entry's path: it is to be taken out.</summary>
    public const string Remove = "remove";

    private const string Id = "id";
    private const string Yes = "true";
    private const int LongestId = 64;

    public static ProgrammeInput Of(Programme programme)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Flatten(JsonNode.Parse(Json.Write(programme)), "", values);
        return new(values.ToImmutable());
    }

    public static ProgrammeInput Of(IFormCollection form) =>
        new(form.ToImmutableDictionary(field => field.Key, field => field.Value.ToString().ReplaceLineEndings(" ").Trim(), StringComparer.Ordinal));

    public string this[string path] => Values.GetValueOrDefault(path, "");

    public bool Says(string path) => this[path] == Yes;

    /// <summary>The places of a list's entries.</summary>
    public IEnumerable<int> EntriesOf(ProgrammeField list) =>
        Enumerable.Range(0, Values.Count).TakeWhile(i => list.Parts.Exists(part => Values.ContainsKey($"{list.Path}[{i}].{part.Path}")));

    /// <summary>The programme that was typed, or what is wrong, by field.</summary>
    /// <param name="programme">Whose id it has, and what is not typed beside the others.</param>
    public (Programme? Typed, ImmutableList<(string Path, string Text)> Problems) Read(Programme programme)
    {
        var problems = new List<(string, string)>();
        var json = Group(ProgrammeShape.Fields, problems);
        json[Id] = programme.Id;
        if (problems.Count > 0)
        {
            return (null, [.. problems]);
        }

        try
        {
            // Without the texts: they are edited elsewhere, and could not be mended here.
            var typed = Json.Read<Programme>(json.ToJsonString());
            problems.AddRange(ProgrammeRules.Broken(typed).Select(broken => (broken.Path[2..], broken.Reason)));
            return (problems.Count == 0 ? typed with { Texts = programme.Texts } : null, [.. problems]);
        }
        catch (System.Text.Json.JsonException wrong)
        {
            return (null, [(wrong.Path is { Length: > 2 } path ? path[2..] : "", ProgrammeTexts.Misfit)]);
        }
    }

    private static void Flatten(JsonNode? node, string path, ImmutableDictionary<string, string>.Builder values)
    {
        if (node is JsonObject group)
        {
            foreach (var (name, part) in group)
            {
                Flatten(part, path.Length == 0 ? name : $"{path}.{name}", values);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var (entry, i) in list.Select((entry, i) => (entry, i)))
            {
                Flatten(entry, FormattableString.Invariant($"{path}[{i}]"), values);
            }
        }
        else if (node is not null)
        {
            values.Add(path, node.ToString());
        }
    }

    private JsonObject Group(IEnumerable<ProgrammeField> fields, List<(string, string)> problems)
    {
        var group = new JsonObject();
        foreach (var field in fields.Where(field => !field.IsOptional || !IsEmpty(field)))
        {
            group[field.Name] = Value(field, field.Path, problems);
        }

        return group;
    }

    private JsonNode? Value(ProgrammeField field, string path, List<(string, string)> problems) => field.Kind switch
    {
        FieldKind.Group => Group(field.Parts, problems),
        FieldKind.List => List(field, problems),
        FieldKind.YesNo => Says(path),
        FieldKind.Number when int.TryParse(this[path], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        FieldKind.Number => Wrong(path, ProgrammeTexts.NoNumber, problems),
        FieldKind.Time when NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH':'mm").Parse(this[path]).Success => this[path],
        FieldKind.Time => Wrong(path, ProgrammeTexts.NoTime, problems),
        FieldKind.Address when !Uri.TryCreate(this[path], UriKind.Absolute, out _) => Wrong(path, ProgrammeTexts.NoAddress, problems),
        _ when !Roster.IsReadable(this[path]) => Wrong(path, ProgrammeTexts.Unreadable, problems),
        _ => this[path],
    };

    private static JsonNode? Wrong(string path, string text, List<(string, string)> problems)
    {
        problems.Add((path, text));
        return null;
    }

    /// <summary>Rungs in the order of their days.</summary>
    private JsonArray List(ProgrammeField list, List<(string, string)> problems)
    {
        var entries = new List<JsonObject>();
        foreach (var i in EntriesOf(list))
        {
            var path = FormattableString.Invariant($"{list.Path}[{i}]");
            if (Says($"{path}.{Remove}") || list.Parts.TrueForAll(part => part.Path == Id || this[$"{path}.{part.Path}"].Length == 0))
            {
                continue;
            }

            var entry = new JsonObject();
            foreach (var part in list.Parts.Where(part => part.Path != Id))
            {
                entry[part.Path] = Value(part, $"{path}.{part.Path}", problems);
            }

            entry[Id] = this[$"{path}.{Id}"] is { Length: > 0 } id ? id : NewId(entry, entries);
            entries.Add(entry);
        }

        return [.. list.IsLadder ? entries.OrderBy(entry => (int?)entry["day"]) : entries.AsEnumerable()];
    }

    /// <summary>"t-21" or "day-4" of a rung, else the title as an id; none that another has.</summary>
    private static string NewId(JsonObject entry, List<JsonObject> others)
    {
        var id = entry["day"] is { } day ? FormattableString.Invariant($"{((int)day < 0 ? "t" : "day-")}{(int)day}") : Slug(entry["title"]?.ToString() ?? "");
        return Enumerable.Range(1, others.Count + 1)
            .Select(i => i == 1 ? id : FormattableString.Invariant($"{id}-{i}"))
            .First(one => !others.Exists(other => other[Id]!.ToString() == one));
    }

    /// <summary>"Low mood, and alcohol" as "low-mood-and-alcohol".</summary>
    public static string Slug(string title)
    {
        var letters = string.Concat(title.Normalize(System.Text.NormalizationForm.FormD).ToLowerInvariant()
            .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            .Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        var id = string.Join('-', letters.Split('-', StringSplitOptions.RemoveEmptyEntries));
        id = id[..Math.Min(id.Length, LongestId - 4)].Trim('-');
        return id.Length > 0 ? id : "new";
    }

    private bool IsEmpty(ProgrammeField field) => field.Kind switch
    {
        FieldKind.Group => field.Parts.TrueForAll(IsEmpty),
        FieldKind.List => EntriesOf(field).All(i => Says($"{field.Path}[{i}].{Remove}")
            || field.Parts.TrueForAll(part => part.Path == Id || this[$"{field.Path}[{i}].{part.Path}"].Length == 0)),
        FieldKind.YesNo => !Says(field.Path),
        _ => this[field.Path].Length == 0,
    };
}
