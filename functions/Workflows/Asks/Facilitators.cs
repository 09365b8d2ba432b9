using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;

namespace Cohesion.Workflows.Asks;

/// <summary>Who leads a community's session, and how far each of them is.</summary>
internal static class Facilitators
{
    /// <summary>Those who are asked in the order they joined, then the reserves, each with a state in words.</summary>
    public static IEnumerable<(PersonId Person, string State)> Of(Snapshot cycle)
    {
        var asked = cycle.Members(Role.Facilitator).Select(person => (person, StateOf(cycle, person)));
        return asked.Concat(cycle.Reserves().Select(person => (person, CycleTexts.LeadReserve)));
    }

    public static string StateOf(Snapshot cycle, PersonId person) => cycle.NewestOf<LeadingAnswered>(person) switch
    {
        null when cycle.RoundOf(StageIds.FacilitatorTraining) is null => CycleTexts.LeadNotAsked,
        null => CycleTexts.LeadSilent,
        { Leads: false } => CycleTexts.LeadNot,
        _ when !cycle.HasDoneModule(person) => cycle.NeedsRefreshOnly(person) ? CycleTexts.LeadRefresh : CycleTexts.LeadModule,
        _ when cycle.OwesDisclosure(person) => CycleTexts.LeadDisclosure,
        _ => CycleTexts.LeadTrained,
    };
}
