using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Walking;

public sealed class FateTests
{
    /// <summary>A worker serves pages and takes turns side by side: a step that is lost in the count is an error of nobody's making.</summary>
    [Fact]
    public void Steps_that_are_taken_side_by_side_are_all_counted()
    {
        var fate = Fate.Kind();
        Parallel.For(0, 1_000_000, _ => fate.Next());
        fate.Steps.ShouldBe(1_000_000);
        fate.ActsOf.Sum().ShouldBe(1_000_000);
    }
}
