using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Programmes;

/// <summary>What fields are called.</summary>
public static class FieldWords
{
    /// <summary>A stage as it is called everywhere.</summary>
    public static string Of(ProgrammeField field) => StageOf(field) is { } stage ? Say.Stage(stage) : Text($"{field.Key}_Label")!;

    /// <summary>What it means and in what it is counted; null where its label says it.</summary>
    public static string? HintOf(ProgrammeField field) => Text($"{field.Key}_Hint");

    /// <summary>With the groups it stands in: "Scheduling: Place: Mail to the Division".</summary>
    public static string Whole(ProgrammeField field) => string.Join(": ", Groups(ProgrammeShape.Fields, field.Path).Append(Of(field)));

    /// <summary>Of a text of letters: "Letters, Attendance: Subject of the invitation".</summary>
    public static string OfText(string name) => Say.Text(ProgrammeTexts.TextLabel, OfStage(ProgrammeWords.StageOf(name)), TextName(name));

    /// <summary>"Subject of the invitation"; the key where a release took the text away and an earlier version has words for it.</summary>
    public static string TextName(string name) => LetterNameTexts.ResourceManager.GetString(name, LetterNameTexts.Culture) ?? name;

    public static string OfStage(string stage) => stage == ProgrammeWords.EveryStage ? ProgrammeTexts.EveryStage : Say.Stage(StageId.From(stage));

    public static StageId? StageOf(ProgrammeField field) =>
        field.Kind == FieldKind.Group ? CommunityCycle.Stages.Select(stage => (StageId?)stage.Id).FirstOrDefault(stage => IsOf(stage!.Value, field.Name)) : null;

    /// <summary>"caseStudySelection" is of "case-study-selection".</summary>
    private static bool IsOf(StageId stage, string name) =>
        string.Equals(stage.Value.Replace("-", "", StringComparison.Ordinal), name, StringComparison.OrdinalIgnoreCase);

    private static string? Text(string key) => FieldTexts.ResourceManager.GetString(key, FieldTexts.Culture);

    private static IEnumerable<string> Groups(IEnumerable<ProgrammeField> fields, string path) =>
        fields.FirstOrDefault(field => path.StartsWith(field.Path + ".", StringComparison.Ordinal)) is not { } group ? []
        : group.Path == ProgrammeShape.Policy ? Groups(group.Parts, path)
        : Groups(group.Parts, path).Prepend(Of(group));
}
