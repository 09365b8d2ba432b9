using Cohesion.Workflows.BrowserTests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Cohesion.Workflows.BrowserTests;

/// <summary>The tours begin first: one that began last would go on alone, with half of the machine idle.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(one => Rank(one))];

    private static int Rank(ITestCollection collection) =>
        collection.TestCollectionDisplayName.Contains(nameof(EveryPageTests), StringComparison.Ordinal) ? 0
        : collection.TestCollectionDisplayName.Contains(nameof(NoScriptTests), StringComparison.Ordinal) ? 1 : 2;
}
