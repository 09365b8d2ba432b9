using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cohesion.Workflows.Cycles;

/// <summary>A policy's values one by one, each under its path: "attendance.capacity"; of a ladder a rung's day, "decisions.reminder-1".</summary>
public static class PolicyValues
{
    private const string Id = "id";
    private const string Day = "day";

    /// <summary>Every value there is, as text; "" for none.</summary>
    public static ImmutableSortedDictionary<string, string> Values(this Policy policy) =>
        Leaves("", Node(policy)).ToImmutableSortedDictionary(leaf => leaf.Path, leaf => leaf.Value, StringComparer.Ordinal);

    /// <returns>The policy with another value; null where there is no such value, or this is none for it.</returns>
    public static Policy? With(this Policy policy, string path, string value) =>
        policy.Values().ContainsKey(path) ? Candidates(value).Select(node => TryWith(policy, path, node)).FirstOrDefault(changed => changed is not null) : null;

    private static JsonObject Node(Policy policy) => JsonNode.Parse(Json.Write(policy))!.AsObject();

    private static IEnumerable<(string Path, string Value)> Leaves(string path, JsonNode? node) => node switch
    {
        JsonObject all => all.SelectMany(one => Leaves(path.Length == 0 ? one.Key : $"{path}.{one.Key}", one.Value)),
        JsonArray rungs => rungs.Select(rung => ($"{path}.{rung![Id]}", rung[Day]!.ToString())),
        _ => [(path, node?.ToString() ?? "")],
    };

    /// <summary>What a text can mean: only one of them fits a place.</summary>
    private static IEnumerable<JsonNode?> Candidates(string value)
    {
        if (value.Length == 0)
        {
            yield return null;
            yield break;
        }

        if (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            yield return number;
        }

        if (bool.TryParse(value, out var yes))
        {
            yield return yes;
        }

        yield return value;
    }

    private static Policy? TryWith(Policy policy, string path, JsonNode? value)
    {
        var (root, parts) = (Node(policy), path.Split('.'));
        var place = parts[..^1].Aggregate((JsonNode)root, (node, part) => node[part]!);
        if (place is JsonArray rungs)
        {
            rungs.Single(rung => rung![Id]!.ToString() == parts[^1])![Day] = value;
        }
        else
        {
            place[parts[^1]] = value;
        }

        try
        {
            return Json.Read<Policy>(root.ToJsonString());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
