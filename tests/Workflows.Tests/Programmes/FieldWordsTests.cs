using System.Collections;
using System.Globalization;
using System.Resources;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Texts;

namespace Cohesion.Workflows.Tests.Programmes;

/// <summary>What people read beside a field is in the resources: a field that is added needs a label there.</summary>
public sealed class FieldWordsTests
{
    [Fact]
    public void Every_field_has_a_label() =>
        Labelled(ProgrammeShape.Fields).Where(field => string.IsNullOrWhiteSpace(FieldWords.Of(field))).Select(field => field.Key).ShouldBeEmpty();

    [Fact]
    public void No_text_is_of_no_field()
    {
        var labels = Labelled(ProgrammeShape.Fields).Where(field => FieldWords.StageOf(field) is null).Select(field => field.Key).ToList();
        labels.Count.ShouldBeGreaterThan(60);
        Keys(FieldTexts.ResourceManager).Except(labels.SelectMany(key => new[] { $"{key}_Label", $"{key}_Hint" })).ShouldBeEmpty();
    }

    /// <summary>What changed between two versions is told by labels alone.</summary>
    [Fact]
    public void Fields_of_one_group_have_different_labels() =>
        Groups(ProgrammeShape.Fields).SelectMany(group => group.GroupBy(FieldWords.Of).Where(alike => alike.Count() > 1).Select(alike => alike.Key)).ShouldBeEmpty();

    [Fact]
    public void Every_text_of_letters_has_a_name() => ProgrammeWords.Names.Except(Keys(LetterNameTexts.ResourceManager)).ShouldBeEmpty();

    [Fact]
    public void No_name_is_of_no_text() => Keys(LetterNameTexts.ResourceManager).Except(ProgrammeWords.Names).ShouldBeEmpty();

    [Fact]
    public void Texts_of_one_stage_have_different_names() =>
        ProgrammeWords.Names.GroupBy(FieldWords.OfText).Where(alike => alike.Count() > 1).Select(alike => alike.Key).ShouldBeEmpty();

    /// <summary>Without the policy, whose fields stand on the page under its title.</summary>
    private static IEnumerable<ProgrammeField> Labelled(IEnumerable<ProgrammeField> fields) => Groups(fields).SelectMany(group => group);

    private static IEnumerable<IReadOnlyList<ProgrammeField>> Groups(IEnumerable<ProgrammeField> fields)
    {
        var labelled = fields.Where(field => field.Path != ProgrammeShape.Policy && field.Name != "id").ToList();
        return fields.Where(field => !field.IsLadder).SelectMany(field => Groups(field.Parts)).Prepend(labelled);
    }

    private static IEnumerable<string> Keys(ResourceManager texts) =>
        texts.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!.Cast<DictionaryEntry>().Select(text => (string)text.Key);
}
