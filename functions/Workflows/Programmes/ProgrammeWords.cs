using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Programmes;

/// <summary>What a letter is worded with.</summary>
/// <param name="Own">A programme's own words, by the name of the text they stand for: "attendance.AskSubject".</param>
public sealed record Wording(ImmutableSortedDictionary<string, string> Own)
{
    public static Wording Delivered => new(ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>Which texts the letter asked for.</summary>
    public ISet<string> Asked { get; } = new HashSet<string>(StringComparer.Ordinal);
}

/// <summary>
/// The texts of letters for which a programme can have words of its own: those of letter-texts.txt. The classes that the resources make ask a
/// ResourceManager for each text; those of the letters get one that looks at the wording in force first, so no letter has to know of it.
/// See docs/decisions/0029-a-programme-has-words-of-its-own.md.
/// </summary>
public static partial class ProgrammeWords
{
    public const int Longest = 600;

    /// <summary>Of what the letters of several stages say.</summary>
    public const string EveryStage = "every-stage";

    /// <summary>Room for a community's name in a subject.</summary>
    private const int LongestSubject = Say.LongestSubject - 10;

    /// <summary>What a date takes in a subject: "Tue 12 May".</summary>
    private const string Blank = "Tue 12 May";

    private static readonly AsyncLocal<Wording?> InForce = new();

    private static readonly ImmutableSortedDictionary<string, OwnFirst> Resources = Install();

    /// <summary>The texts by name, in the order of their stages and files.</summary>
    public static ImmutableList<string> Names { get; } = [.. ReadNames()];

    /// <summary>Writes something in a wording.</summary>
    public static async Task<T> In<T>(Wording wording, Func<Task<T>> write)
    {
        // Resources are made at the first use of this class, before any letter asks for a text.
        InForce.Value = Resources.IsEmpty ? null : wording;
        return await write();
    }

    public static string StageOf(string name) => name.Split('.')[0];

    /// <summary>As delivered; null where there is no such text.</summary>
    public static string? Delivered(string name) =>
        Names.Contains(name) ? Resources[StageOf(name)].GetString(name.Split('.')[1], CultureInfo.InvariantCulture) : null;

    public static bool IsSubject(string name) => name.EndsWith("Subject", StringComparison.Ordinal);

    /// <summary>What is wrong with a programme's own words for a text; null where they can be used.</summary>
    public static string? Problem(string name, string own) =>
        Delivered(name) is not { } delivered ? ProgrammeTexts.NoSuchText
        : own.Length > Longest || !Roster.IsReadable(own) ? Say.Text(ProgrammeTexts.UseCharacters, Longest)
        : WithoutBlanks(own).AsSpan().ContainsAny('{', '}') ? ProgrammeTexts.StrayBrace
        : string.Join(", ", BlanksOf(delivered).Except(BlanksOf(own))) is { Length: > 0 } missing ? Say.Text(ProgrammeTexts.BlankMissing, missing)
        : string.Join(", ", BlanksOf(own).Except(BlanksOf(delivered))) is { Length: > 0 } unknown ? Say.Text(ProgrammeTexts.BlankUnknown, unknown)
        : IsSubject(name) && Length(own) - Math.Max(LongestSubject, Length(delivered)) is > 0 and var over ? Say.Text(ProgrammeTexts.SubjectTooLong, over)
        : null;

    /// <summary>"{0}", however often and with whatever words that go with a count.</summary>
    private static IReadOnlyList<string> BlanksOf(string text) =>
        [.. BlankPattern().Matches(text).Select(blank => $"{{{blank.Groups["number"].Value}}}").Distinct().Order(StringComparer.Ordinal)];

    private static string WithoutBlanks(string text) => BlankPattern().Replace(text, "");

    private static int Length(string text) => BlankPattern().Replace(text, Blank).Length;

    private static string[] ReadNames()
    {
        using var list = new StreamReader(typeof(ProgrammeWords).Assembly.GetManifestResourceStream("letter-texts.txt")!);
        return list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static ImmutableSortedDictionary<string, OwnFirst> Install() =>
        new (StageId? Stage, Type Texts)[]
        {
            (StageIds.Preparation, typeof(PreparationTexts)),
            (StageIds.CaseStudySelection, typeof(CaseStudySelectionTexts)),
            (StageIds.FacilitatorTraining, typeof(FacilitatorTrainingTexts)),
            (StageIds.Scheduling, typeof(SchedulingTexts)),
            (StageIds.Attendance, typeof(AttendanceTexts)),
            (StageIds.SurveyCollection, typeof(SurveyCollectionTexts)),
            (StageIds.CoachingFollowUp, typeof(CoachingFollowUpTexts)),
            (StageIds.WrapUp, typeof(WrapUpTexts)),
            (null, typeof(StageTexts)),
        }.Select(one => (Stage: one.Stage?.Value ?? EveryStage, one.Texts))
            .ToImmutableSortedDictionary(one => one.Stage, one => Install(one.Stage, one.Texts), StringComparer.Ordinal);

    /// <summary>The class that the resources make keeps its manager in this field.</summary>
    private static OwnFirst Install(string stage, Type texts)
    {
        var manager = new OwnFirst(stage, $"Cohesion.Workflows.Texts.{texts.Name}", texts.Assembly);
        texts.GetField("resourceMan", BindingFlags.NonPublic | BindingFlags.Static)!.SetValue(null, manager);
        return manager;
    }

    /// <summary>Behind a colon only the two words of a count: in any other format a letter could not be written.</summary>
    [GeneratedRegex(@"\{(?<number>\d+)(:[^{}|]*\|[^{}|]*)?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex BlankPattern();

    private sealed class OwnFirst(string stage, string resource, Assembly assembly) : ResourceManager(resource, assembly)
    {
        public override string? GetString(string name, CultureInfo? culture)
        {
            if (InForce.Value is not { } wording)
            {
                return base.GetString(name, culture);
            }

            var whole = $"{stage}.{name}";
            wording.Asked.Add(whole);
            return wording.Own.GetValueOrDefault(whole) ?? base.GetString(name, culture);
        }
    }
}
