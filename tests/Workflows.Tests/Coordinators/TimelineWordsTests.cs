using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Tests.Coordinators;

public sealed class TimelineWordsTests
{
    private static readonly Instant At = Instant.FromUtc(2027, 3, 10, 20, 0);

    /// <summary>Enough or not: the session can begin with fewer, and who leads can change after.</summary>
    [Fact]
    public void It_says_who_has_trained_whether_they_are_enough_or_not()
    {
        Trained("ada", "bo").ShouldEndWith(": Trained to lead: Ada and Bo");
        Trained("ada").ShouldEndWith(": Trained to lead: Ada");
        Trained().ShouldEndWith(": The session begins with nobody trained to lead");
    }

    private static string Trained(params string[] facilitators)
    {
        var fact = new FacilitatorsTrained(StageIds.FacilitatorTraining, 1, At, [.. facilitators.Select(PersonId.From)]);
        return TimelineWords.Of(new TimelineEntry(At, fact), "America/Vancouver", person => char.ToUpperInvariant(person.Value[0]) + person.Value[1..]);
    }
}
