using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Programmes;

/// <summary>A field that differs between two versions.</summary>
/// <param name="Label">As people read it: "Attendance: Fewest for a session".</param>
/// <param name="Before">"" where there was nothing.</param>
/// <param name="After">"" where there is nothing any more.</param>
public sealed record ProgrammeChange(string Label, string Before, string After)
{
    /// <summary>"Attendance: Fewest for a session: 6 → 8".</summary>
    public string Sentence => Say.Text(ProgrammeTexts.Change, Label, Shown(Before), Shown(After));

    private static string Shown(string text) => text.Length == 0 ? ProgrammeTexts.Nothing : text;
}

/// <summary>What differs between two programmes, field by field, in the order of the page.</summary>
public static class ProgrammeChanges
{
    public static IReadOnlyList<ProgrammeChange> Between(Programme before, Programme after)
    {
        var (was, now) = (Texts(before), Texts(after));
        return
        [
            .. now.Keys.Union(was.Keys)
                .Select(field => new ProgrammeChange(
                    now.GetValueOrDefault(field).Label ?? was[field].Label, was.GetValueOrDefault(field).Text ?? "", now.GetValueOrDefault(field).Text ?? ""))
                .Where(change => change.Before != change.After),
        ];
    }

    /// <summary>The same of policies alone.</summary>
    public static IReadOnlyList<ProgrammeChange> Between(Policy before, Policy after) =>
        Between(new Programme("", "", [], before), new Programme("", "", [], after));

    /// <summary>By what names a field: two of one label are two.</summary>
    private static Dictionary<string, (string Label, string Text)> Texts(Programme programme)
    {
        var input = ProgrammeInput.Of(programme);
        var own = programme.Texts ?? ImmutableSortedDictionary<string, string>.Empty;
        return ProgrammeShape.Leaves(ProgrammeShape.Fields)
            .SelectMany(field => Of(field, input))
            .Concat(own.Select(text => (Path: $"texts.{text.Key}", Label: FieldWords.OfText(text.Key), Text: text.Value)))
            .Where(one => one.Text.Length > 0)
            .ToDictionary(one => one.Path, one => (one.Label, one.Text), StringComparer.Ordinal);
    }

    private static IEnumerable<(string Path, string Label, string Text)> Of(ProgrammeField field, ProgrammeInput input)
    {
        var label = FieldWords.Whole(field);
        return field.Kind switch
        {
            FieldKind.YesNo => [(field.Path, label, input.Says(field.Path) ? ProgrammeTexts.Yes : ProgrammeTexts.No)],
            FieldKind.List when field.IsLadder => [(field.Path, label, string.Join(", ", Entries(field, input).Select(rung => Say.Text(ProgrammeTexts.OnDay, input[$"{rung}.day"], input[$"{rung}.id"]))))],
            FieldKind.List => Entries(field, input).SelectMany(entry => field.Parts
                .Where(part => part.Path != "id")
                .Select(part => ($"{field.Path}.{input[$"{entry}.id"]}.{part.Path}", Say.Text(ProgrammeTexts.EntryLabel, label, input[$"{entry}.id"], FieldWords.Of(part)), input[$"{entry}.{part.Path}"]))),
            _ => [(field.Path, label, input[field.Path])],
        };
    }

    private static IEnumerable<string> Entries(ProgrammeField list, ProgrammeInput input) =>
        input.EntriesOf(list).Select(i => FormattableString.Invariant($"{list.Path}[{i}]"));
}
