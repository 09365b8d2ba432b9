using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Coordinators;

/// <summary>Days without a session as typed: a day a line, or the first and the last, written 2027-03-15 to 2027-03-26.</summary>
/// <param name="Spans">Those that could be read.</param>
/// <param name="Problems">Every line that could not, with its number.</param>
public sealed record Blackouts(ImmutableList<DaySpan> Spans, ImmutableList<string> Problems)
{
    public static Blackouts Read(string typed)
    {
        var lines = typed.ReplaceLineEndings("\n").Split('\n')
            .Select((line, i) => (Text: line.Trim(), Number: i + 1))
            .Where(line => line.Text.Length > 0)
            .Select(line => (line.Number, Span: SpanOf(line.Text)))
            .ToList();
        return new Blackouts(
            [.. lines.Select(line => line.Span).OfType<DaySpan>()],
            [.. lines.Where(line => line.Span is null).Select(line => Say.Text(KickOffTexts.BlackoutNotRead, line.Number))]);
    }

    private static DaySpan? SpanOf(string line)
    {
        var days = line.Split([" to ", " - ", " – ", ".."], StringSplitOptions.TrimEntries).Select(LocalDatePattern.Iso.Parse).ToList();
        return days.Count is 1 or 2 && days.TrueForAll(day => day.Success) && days[0].Value <= days[^1].Value
            ? new DaySpan(days[0].Value, days[^1].Value)
            : null;
    }
}
