using System.Runtime.CompilerServices;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>Texts that a person has read and approved. To approve new ones, run the test with COHESION_APPROVE=1 and read the difference.</summary>
public static class Approved
{
    public static string FileOf(string name, [CallerFilePath] string test = "") => Path.Combine(Path.GetDirectoryName(test)!, $"{name}.approved.txt");

    public static void Matches(string name, string text, [CallerFilePath] string test = "")
    {
        var file = FileOf(name, test);
        if (Environment.GetEnvironmentVariable("COHESION_APPROVE") == "1")
        {
            File.WriteAllText(file, text);
        }

        text.ShouldBe(File.Exists(file) ? File.ReadAllText(file) : "");
    }
}
