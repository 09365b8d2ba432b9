using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Coordinators.Board;

/// <summary>What is said of a community in a line.</summary>
internal static class BoardWords
{
    /// <summary>"few expected: 5 of 6".</summary>
    public static string Of(Risk risk) => Say.Text(Of("Risk_" + risk.Kind), risk.Count, risk.Of);

    /// <summary>The kind of risk, to filter by.</summary>
    public static string Of(RiskKind kind) => Of("Risks_" + kind);

    public static string Of(BoardOrder order) => Of("Order_" + order);

    public static string Of(string name) => BoardTexts.ResourceManager.GetString(name, BoardTexts.Culture)!;
}
