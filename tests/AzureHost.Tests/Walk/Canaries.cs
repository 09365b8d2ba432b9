using System.Text.RegularExpressions;
using Cohesion.Workflows.Testing.Stories;

namespace Cohesion.Workflows.AzureHost.Tests.Walk;

/// <summary>The people of the story, who stand in no log and in no history.</summary>
internal static class Canaries
{
    public static void AreNowhereIn(IEnumerable<string> texts)
    {
        var all = texts.ToList();
        all.ShouldNotBeEmpty();
        all.Where(text => Pattern().IsMatch(text)).ShouldBeEmpty();
    }

    /// <summary>An @ only as in an address: the framework's own texts have some.</summary>
    private static Regex Pattern() =>
        new($@"\w@\w|{string.Join('|', CedarInlet.Canaries.Where(canary => canary != "@").Select(Regex.Escape))}");
}
