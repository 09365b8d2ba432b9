using System.Globalization;
using Cohesion.Workflows.Cycles;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Cohesion.Workflows.Coordinators.Board;

/// <summary>By what the list is sorted.</summary>
public enum BoardOrder
{
    /// <summary>What waits for the reader first, then what is at risk.</summary>
    Urgency,
    Community,
    Stage,
    Since,
    Next,
    Risk,
}

/// <summary>Which communities are listed, and in which order: what stands in the address of the page. What nobody knows there is left out.</summary>
/// <param name="Stage">A stage's id, <see cref="Complete"/>, <see cref="All"/>; "" for all that are open.</param>
/// <param name="Programme">Its id, or "".</param>
/// <param name="Needs">Whether only those that wait for the reader.</param>
/// <param name="Risk">A kind of risk, <see cref="Any"/>, or "".</param>
/// <param name="Text">A part of the community's name, or "".</param>
/// <param name="Order">By what they are sorted.</param>
/// <param name="IsReversed">Whether the other way round.</param>
public sealed record BoardFilter(
    string Stage = "", string Programme = "", bool Needs = false, string Risk = "", string Text = "", BoardOrder Order = BoardOrder.Urgency, bool IsReversed = false)
{
    public const string Complete = "complete";
    public const string All = "all";
    public const string Any = "any";

    private const int LongestText = 100;

    public static BoardFilter From(IQueryCollection query)
    {
        var text = query["text"].ToString().Trim();
        return new BoardFilter(
            query["stage"].ToString() is { Length: > 0 } stage && (stage is Complete or All || IsStage(stage)) ? stage : "",
            query["programme"].ToString(),
            query["needs"] == "me",
            query["risk"].ToString() is Any ? Any : Enum.TryParse<RiskKind>(query["risk"], out var kind) && Enum.IsDefined(kind) ? kind.ToString() : "",
            text.Length > LongestText ? text[..LongestText] : text,
            Enum.TryParse<BoardOrder>(query["sort"], out var order) && Enum.IsDefined(order) ? order : BoardOrder.Urgency,
            query["reversed"] == "yes");
    }

    /// <summary>Whether some are left out that are shown by default.</summary>
    public bool LeavesOut => Stage.Length + Programme.Length + Risk.Length + Text.Length > 0 || Needs;

    /// <summary>"?stage=scheduling&amp;sort=Since", or "".</summary>
    public string Query
    {
        get
        {
            (string Name, string Value)[] all =
            [
                ("stage", Stage), ("programme", Programme), ("needs", Needs ? "me" : ""), ("risk", Risk), ("text", Text),
                ("sort", Order == BoardOrder.Urgency ? "" : Order.ToString()), ("reversed", IsReversed ? "yes" : ""),
            ];
            return new QueryBuilder(all.Where(one => one.Value.Length > 0).Select(one => KeyValuePair.Create(one.Name, one.Value))).ToString();
        }
    }

    /// <summary>The same communities in another order; in the same, the other way round.</summary>
    public BoardFilter By(BoardOrder order) => this with { Order = order, IsReversed = order == Order && !IsReversed };

    public IReadOnlyList<BoardLine> Of(IEnumerable<BoardLine> lines)
    {
        var sorted = Sorted(lines.Where(Keeps)).ToList();
        if (IsReversed)
        {
            sorted.Reverse();
        }

        return sorted;
    }

    /// <summary>How many they are.</summary>
    public int Count(IEnumerable<BoardLine> lines) => lines.Count(Keeps);

    private bool Keeps(BoardLine line) =>
        (Stage is All || (Stage is Complete ? !line.IsOpen : line.IsOpen && (Stage.Length == 0 || line.Stages.Any(stage => stage.Value == Stage))))
        && (Programme.Length == 0 || line.Row.Board?.Programme == Programme)
        && (!Needs || line.NeedsMe)
        && (Risk.Length == 0 || line.Risks.Any(risk => Risk is Any || risk.Kind.ToString() == Risk))
        && CultureInfo.InvariantCulture.CompareInfo.IndexOf(line.Row.Community, Text, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;

    private IEnumerable<BoardLine> Sorted(IEnumerable<BoardLine> lines)
    {
        var named = lines.OrderBy(line => line.Row.Community, StringComparer.InvariantCultureIgnoreCase).ThenBy(line => line.Row.Cycle.Value, StringComparer.Ordinal);
        return Order switch
        {
            BoardOrder.Community => named,
            BoardOrder.Stage => named.OrderBy(line => line.Row.Stage is { } stage ? CommunityCycle.Stages.FindIndex(one => one.Id == stage) : int.MaxValue),
            BoardOrder.Since => named.OrderBy(line => line.Row.Board?.Since is null).ThenBy(line => line.Row.Board?.Since),
            BoardOrder.Next => named.OrderBy(line => line.Next is null).ThenBy(line => line.Next?.At),
            BoardOrder.Risk => named.OrderByDescending(line => line.Risks.Count),
            _ => named.OrderByDescending(line => line.NeedsMe).ThenByDescending(line => line.NeedsCoordinator)
                .ThenBy(line => !line.IsOpen).ThenByDescending(line => line.Risks.Count > 0),
        };
    }

    private static bool IsStage(string text) => CommunityCycle.Stages.Exists(stage => stage.Id.Value == text);
}
