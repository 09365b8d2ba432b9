using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.FacilitatorTraining;

/// <summary>What a facilitator is asked to do before the session: the module, or its refresh.</summary>
internal static class TrainingWords
{
    public static string What(Snapshot cycle, PersonId facilitator) =>
        cycle.NeedsRefreshOnly(facilitator) ? FacilitatorTrainingTexts.TheRefresh : FacilitatorTrainingTexts.TheModule;

    /// <summary>What a facilitator who leads has still to do; null where that is nothing, or they have not said that they lead.</summary>
    public static string? Left(Snapshot cycle, PersonId facilitator) =>
        !cycle.Leading().Contains(facilitator) ? null
        : (cycle.HasDoneModule(facilitator), cycle.OwesDisclosure(facilitator)) switch
        {
            (false, true) => Say.Text(FacilitatorTrainingTexts.LeftBoth, What(cycle, facilitator)),
            (false, false) => Say.Text(FacilitatorTrainingTexts.LeftModule, What(cycle, facilitator)),
            (true, true) => FacilitatorTrainingTexts.LeftDisclosure,
            _ => null,
        };

    /// <summary>Where it is; null where it has no address.</summary>
    public static Uri? Address(Snapshot cycle, PersonId facilitator)
    {
        var policy = cycle.Policy.FacilitatorTraining;
        return cycle.NeedsRefreshOnly(facilitator) ? policy.RefreshAddress : policy.ModuleAddress;
    }

    /// <summary>What the link to it says.</summary>
    public static string Open(Snapshot cycle, PersonId facilitator) =>
        cycle.NeedsRefreshOnly(facilitator) ? FacilitatorTrainingTexts.OpenRefresh : FacilitatorTrainingTexts.OpenModule;

    /// <summary>Who sends it, where it has no address.</summary>
    public static string HowToGetIt(Snapshot cycle) =>
        cycle.Policy.FacilitatorTraining.HowToGetIt ?? Say.Text(FacilitatorTrainingTexts.CallForIt, cycle.KickOff.Phone);

    /// <summary>How long it takes.</summary>
    public static string Minutes(Snapshot cycle, PersonId facilitator)
    {
        var policy = cycle.Policy.FacilitatorTraining;
        return Say.Minutes(cycle.NeedsRefreshOnly(facilitator) ? policy.RefreshMinutes : policy.ModuleMinutes);
    }
}
