using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages;

/// <summary>A facilitator's disclosure, for the coordinator and the accreditor.</summary>
public static class DisclosureWords
{
    public static string Of(Disclosed disclosed) =>
        disclosed.What.Length == 0 ? StageTexts.DisclosedNothing : Say.Text(StageTexts.DisclosedWhat, Say.Quoted(disclosed.What));
}
