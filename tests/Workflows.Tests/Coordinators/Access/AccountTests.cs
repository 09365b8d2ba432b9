using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Tests.Coordinators.Access;

/// <summary>What somebody may do, and where.</summary>
public sealed class AccountTests
{
    private const string Adult = "adult-mental-health";

    private static readonly Scope Some = new([Adult], ["Cedar Inlet"]);

    [Theory]
    [InlineData(Adult, "Elk Pass", true)]
    [InlineData("child-and-youth-mental-health", " cedar inlet ", true)]
    [InlineData("child-and-youth-mental-health", "Elk Pass", false)]
    public void A_scope_covers_the_communities_of_its_programmes_and_those_of_its_names(string programme, string community, bool covers) =>
        Some.Covers(programme, community).ShouldBe(covers);

    [Fact]
    public void Who_has_only_some_communities_runs_them_and_lets_nobody_in()
    {
        var account = new Account(PersonId.From("p"), AccountRole.Coordinator, Scope.Everywhere);
        (account.May(Right.Run), account.May(Right.Manage)).ShouldBe((true, true));
        account = account with { Scope = Some };
        (account.May(Right.Run), account.May(Right.Manage)).ShouldBe((true, false));
    }
}
