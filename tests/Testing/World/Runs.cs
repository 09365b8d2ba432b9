using Shouldly;

namespace Cohesion.Workflows.Testing;

/// <summary>Runs worlds to their end, where every law holds, and says which one broke one.</summary>
public static class Runs
{
    /// <summary>The seed of a small cycle that sees much all the same: reminders, a substitute, a survey, a wish for the coach.</summary>
    public const int Small = 284;

    /// <returns>The story, which hardly any fault may change.</returns>
    public static async Task<string> ToTheEnd(WorldSettings settings, string what = "undisturbed", Action<World>? look = null)
    {
        using var world = new World(settings);
        try
        {
            await world.RunToTheEnd();
            await Laws.MustHold(world);
            look?.Invoke(world);
            return await Story.Of(world);
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException($"Seed {settings.Seed}, {what}, at {world.Clock.Now}: {broken.Message}", broken);
        }
    }

    /// <summary>Whether to try all cases that are alike, or a part of them, as fits in half an hour.</summary>
    public static bool AreAll { get; } = Environment.GetEnvironmentVariable("COHESION_ALL") == "1";

    /// <summary>Of cases that are alike every third, unless all are to be tried.</summary>
    public static IEnumerable<T> EveryThird<T>(IEnumerable<T> cases) => AreAll ? cases : cases.Where((_, index) => index % 3 == 0);

    /// <summary>Two worlds at once; what breaks in the first ten that break is told together.</summary>
    public static async Task ForEach<T>(IEnumerable<T> cases, Func<T, Task> run)
    {
        var broken = new List<string>();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (one, _) =>
        {
            try
            {
                await run(one);
            }
            catch (Exception failure)
            {
                lock (broken)
                {
                    broken.Add(failure.Message);
                }
            }
        });
        broken.Count.ShouldBe(0, string.Join("\n\n", broken.Take(10)));
    }
}
