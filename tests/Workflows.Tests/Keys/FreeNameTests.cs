using Cohesion.Workflows.Keys;

namespace Cohesion.Workflows.Tests.Keys;

public sealed class FreeNameTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cohesion-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_free_name_is_taken()
    {
        FreeName.TryTake(NewPath("name"), NewFile("file")).ShouldBeTrue();
        File.ReadAllText(NewPath("name")).ShouldBe("file");
    }

    [Fact]
    public void A_taken_name_stays_with_who_took_it()
    {
        FreeName.TryTake(NewFile("name"), NewFile("file")).ShouldBeFalse();
        File.ReadAllText(NewPath("name")).ShouldBe("name");
    }

    // File.Move fails this now and then, and the next test always.
    [Fact]
    public void Of_two_who_take_a_name_at_the_same_time_one_does()
    {
        using var start = new Barrier(2);
        string[][] rounds = [.. Enumerable.Range(0, 200).Select(i => new[] { NewPath($"{i}"), NewFile($"{i}-a"), NewFile($"{i}-b") })];
        var (first, second) = (new bool[rounds.Length], new bool[rounds.Length]);
        Parallel.Invoke(() => TakeAll(1, first), () => TakeAll(2, second));
        first.Zip(second).ShouldAllBe(took => took.First != took.Second);

        void TakeAll(int file, bool[] took)
        {
            for (var i = 0; i < rounds.Length; i++)
            {
                start.SignalAndWait();
                took[i] = FreeName.TryTake(rounds[i][0], rounds[i][file]);
            }
        }
    }

    [Fact]
    public void A_name_is_added_on_Unix_as_renaming_would_replace()
    {
        var file = NewFile("file");
        FreeName.TryTake(NewPath("name"), file);
        File.Exists(file).ShouldBe(!OperatingSystem.IsWindows());
    }

    [Fact]
    public void A_name_that_cannot_be_taken_is_an_error() =>
        Should.Throw<IOException>(() => FreeName.TryTake(NewPath("name"), NewPath("missing")));

    private string NewPath(string name) => Path.Combine(folder, name);

    private string NewFile(string name)
    {
        File.WriteAllText(NewPath(name), name);
        return NewPath(name);
    }
}
