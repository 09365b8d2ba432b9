using Cohesion.Workflows.Adaptations;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Planning;

/// <summary>A policy's values one by one.</summary>
public sealed class PolicyValuesTests
{
    private static readonly Policy Shipped = PlanDriver.KickedOff("2027-03-01T10:00").Cycle.Policy;

    [Fact]
    public void Every_value_has_words() => Shipped.Values().Keys.Where(path => PolicyWords.Of(path) is null).ShouldBeEmpty();

    [Fact]
    public void Every_value_put_in_its_own_place_changes_nothing()
    {
        foreach (var (path, value) in Shipped.Values())
        {
            Json.Write(Shipped.With(path, value)).ShouldBe(Json.Write(Shipped), path);
        }
    }

    [Theory]
    [InlineData("attendance.capacity", "12")]
    [InlineData("attendance.capacity", "")]
    [InlineData("asksAt", "08:30")]
    [InlineData("decisions.reminder-1", "4")]
    [InlineData("facilitatorTraining.needsDisclosure", "true")]
    [InlineData("attendance.offers", "12")]
    [InlineData("attendance.module.address", "https://learning.example/other")]
    public void A_value_is_what_it_was_set_to(string path, string value) => Shipped.With(path, value)!.Values()[path].ShouldBe(value, StringCompareShould.IgnoreCase);

    [Theory]
    [InlineData("attendance.capacity", "many")]
    [InlineData("attendance.minimum", "")]
    [InlineData("attendance.minimum", "1.5")]
    [InlineData("asksAt", "8")]
    [InlineData("decisions.reminder-1", "soon")]
    [InlineData("decisions.reminder-9", "1")]
    [InlineData("attendance.module", "none")]
    [InlineData("nothing", "1")]
    [InlineData("", "1")]
    public void What_fits_nowhere_is_none(string path, string value) => Shipped.With(path, value).ShouldBeNull();
}
