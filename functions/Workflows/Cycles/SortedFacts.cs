namespace Cohesion.Workflows.Cycles;

/// <summary>The facts of one type, in the order of their rows. A change is put in its place: a plan asks after each turn, and most of them stay.</summary>
/// <param name="Rows">Their rows.</param>
/// <param name="Facts">Those of the rows, in an array of the type itself.</param>
internal sealed record SortedFacts(string[] Rows, Fact[] Facts)
{
    public static SortedFacts Of(Type type, IEnumerable<KeyValuePair<string, Fact>> facts)
    {
        var sorted = facts.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        return new SortedFacts([.. sorted.Select(pair => pair.Key)], ArrayOf(type, sorted.ConvertAll(pair => pair.Value)));
    }

    /// <param name="type">That of the facts.</param>
    /// <param name="changes">By row; null where the row holds a fact of another type now.</param>
    public SortedFacts With(Type type, IEnumerable<(string Row, Fact? Fact)> changes)
    {
        var (rows, facts) = (new List<string>(Rows), new List<Fact>(Facts));
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

        return new SortedFacts([.. rows], ArrayOf(type, facts));
    }

    private static Fact[] ArrayOf(Type type, List<Fact> facts)
    {
        var array = (Fact[])Array.CreateInstance(type, facts.Count);
        facts.CopyTo(array);
        return array;
    }
}
