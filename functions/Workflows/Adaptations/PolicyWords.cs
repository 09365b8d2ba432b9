using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Adaptations;

/// <summary>A policy's values in words: those that have some can be changed.</summary>
public static class PolicyWords
{
    /// <summary>"attendance: seats"; null where the value has no words, and is changed nowhere.</summary>
    public static string? Of(string path)
    {
        var name = "Policy_" + path.Replace('.', '_');
        var (ladder, rung) = (name[..name.LastIndexOf('_')], path[(path.LastIndexOf('.') + 1)..]);
        return Words(name) ?? (Words(ladder) is { } words ? Say.Text(words, rung) : null);
    }

    /// <summary>Every value that can be changed, in the order of the texts' stages, with what it is now.</summary>
    public static IEnumerable<(string Path, string Label)> Choices(Policy policy) => policy.Values()
        .Select(value => (value.Key, Words: Of(value.Key), value.Value))
        .Where(value => value.Words is not null)
        .Select(value => (value.Key, Say.Text(value.Value.Length == 0 ? AdaptTexts.PolicyNone : AdaptTexts.PolicyNow, value.Words, value.Value)));

    /// <summary>Why a value cannot be that: it does not fit, or a rule of programmes is broken, its own or one that was not before. Null where it can.</summary>
    public static string? ProblemOf(Snapshot cycle, SetPolicy set) =>
        cycle.Policy.With(set.Path, set.Value) is { } policy ? ProblemOf(cycle, policy, $"$.policy.{set.Path}") : AdaptTexts.PolicyUnfit;

    /// <summary>The same of a whole policy.</summary>
    public static string? ProblemOf(Snapshot cycle, Policy policy, string set = "")
    {
        var before = Broken(cycle, cycle.Policy).ToList();
        var broken = Broken(cycle, policy)
            .Where(rule => !before.Contains(rule) || set.StartsWith(rule.Path, StringComparison.Ordinal))
            .Select(rule => rule.Reason).Distinct().ToList();
        return broken.Count == 0 ? null : string.Join(' ', broken);
    }

    private static IEnumerable<(string Path, string Reason)> Broken(Snapshot cycle, Policy policy) =>
        ProgrammeRules.Broken(new Programme(cycle.KickOff.Programme, cycle.KickOff.Programme, cycle.KickOff.CaseStudies, policy));

    private static string? Words(string name) => PolicyTexts.ResourceManager.GetString(name, PolicyTexts.Culture);
}
