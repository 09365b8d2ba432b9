using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.FacilitatorTraining;

/// <summary>What a facilitator is asked to do before the session: the module, or its refresh.</summary>
internal static class TrainingWords
{
    public static string What(Snapshot cycle, PersonId facilitator) =>
        cycle.NeedsRefreshOnly(facilitator) ? FacilitatorTrainingTexts.TheRefresh : FacilitatorTrainingTexts.TheModule;

    /// <summary>How long it takes.</summary>
    public static string Minutes(Snapshot cycle, PersonId facilitator)
    {
        var policy = cycle.Policy.FacilitatorTraining;
        return Say.Minutes(cycle.NeedsRefreshOnly(facilitator) ? policy.RefreshMinutes : policy.ModuleMinutes);
    }
}
