namespace Cohesion.Workflows.Testing.Stories;

/// <summary>Texts that a person has read and approved. To approve new ones, run the test with COHESION_APPROVE=1 and read the difference.</summary>
public static class Approved
{
    public static string FileOf(string name) => Repository.PathOf($"tests/Testing/Stories/{name}.approved.txt");

    public static void Matches(string name, string text)
    {
        if (Repository.Approves)
        {
            File.WriteAllText(FileOf(name), text);
        }

        text.ShouldBe(File.Exists(FileOf(name)) ? File.ReadAllText(FileOf(name)) : "");
    }
}
