using System.Text.Json;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Walking;

/// <summary>What an orchestration remembers of a turn.</summary>
public sealed class TurnResultTests
{
    [Fact]
    public async Task It_says_which_stages_are_open_and_whose_move_it_is()
    {
        using var process = await OneProcess.KickedOff();
        var result = await process.Turn();
        (result.OpenStages.ShouldHaveSingleItem(), result.WaitingFor, result.Ended).ShouldBe(("case-study-selection", 3, false));
        result.NextWake.ShouldBeGreaterThan(process.Clock.Now.ToDateTimeUtc());
    }

    [Fact]
    public async Task It_survives_the_serializer_of_an_orchestration()
    {
        using var process = await OneProcess.KickedOff();
        ShouldSurvive(await process.Turn());
        ShouldSurvive(TurnResult.End);
        ShouldSurvive(TurnResult.Again(Instant.FromUtc(2027, 3, 1, 16, 30) + Duration.FromTicks(1)));
    }

    [Fact]
    public async Task A_turn_that_could_not_tell_leaves_what_was_known()
    {
        using var process = await OneProcess.KickedOff();
        var known = await process.Turn();
        var next = TurnResult.Again(process.Clock.Now);
        next.After(known).ShouldBe(known with { NextWake = next.NextWake });
        TurnResult.End.After(known).ShouldBe(TurnResult.End);
    }

    private static void ShouldSurvive(TurnResult result)
    {
        var read = JsonSerializer.Deserialize<TurnResult>(JsonSerializer.Serialize(result))!;
        read.OpenStages.ShouldBe(result.OpenStages);
        (read with { OpenStages = result.OpenStages }).ShouldBe(result);
        read.NextWake.Kind.ShouldBe(DateTimeKind.Utc);
    }
}
