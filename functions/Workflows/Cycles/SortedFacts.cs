namespace Cohesion.Workflows.Cycles;

/// <summary>The facts of one type, in the order of their rows. What changes is put in its place, and nothing is sorted anew.</summary>
internal sealed class SortedFacts
{
    private readonly Type _type;
    private readonly string[] _rows;

    private SortedFacts(Type type, List<string> rows, List<Fact> facts)
    {
        _type = type;
        _rows = [.. rows];
        All = (Fact[])Array.CreateInstance(type, facts.Count);
        facts.CopyTo(All);
    }

    /// <summary>An array of the type itself.</summary>
    public Fact[] All { get; }

    public static SortedFacts Of(Type type, IEnumerable<KeyValuePair<string, Fact>> facts)
    {
        var sorted = facts.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        return new SortedFacts(type, sorted.ConvertAll(pair => pair.Key), sorted.ConvertAll(pair => pair.Value));
    }

    /// <param name="changes">By row; null where the row holds a fact of another type now.</param>
    public SortedFacts With(IEnumerable<(string Row, Fact? Fact)> changes)
    {
        var (rows, facts) = (new List<string>(_rows), new List<Fact>(All));
        foreach (var (row, fact) in changes)
        {
            switch (rows.BinarySearch(row, StringComparer.Ordinal), fact)
            {
                case (>= 0 and var at, null):
                    rows.RemoveAt(at);
                    facts.RemoveAt(at);
                    break;
                case (>= 0 and var at, not null):
                    facts[at] = fact;
                    break;
                case (var before, not null):
                    rows.Insert(~before, row);
                    facts.Insert(~before, fact);
                    break;
            }
        }

        return new SortedFacts(_type, rows, facts);
    }
}
