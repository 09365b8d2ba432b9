using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>Texts that a person has read and approved. To approve new ones, run the test with COHESION_APPROVE=1 and read the difference.</summary>
public static class Approved
{
    public static string FileOf(string name) => Repository.PathOf($"tests/LocalHost.Tests/Http/{name}.approved.txt");

    public static void Matches(string name, string text)
    {
        if (Repository.Approves)
        {
            File.WriteAllText(FileOf(name), text);
        }

        text.ShouldBe(File.Exists(FileOf(name)) ? File.ReadAllText(FileOf(name)) : "");
    }
}
