using System.Globalization;

namespace Cohesion.Workflows.Previews;

/// <summary>
/// What people are like: decided by seed, person and occasion alone, never drawn from a stream, so that a fault that changes
/// the order of things changes nobody's mind. People of the preview, of the demo and of the tests' simulated world decide by it.
/// </summary>
public sealed class Habits(int seed)
{
    /// <summary>Whether somebody does it, where such a share of people would.</summary>
    public bool Does(double share, string person, string occasion) => Hash(person, occasion) % 10_000 < share * 10_000;

    /// <summary>One of so many choices, from 0.</summary>
    public int Pick(int choices, string person, string occasion) => (int)(Hash(person, occasion) % (ulong)choices);

    /// <summary>FNV-1a, then the finalizer of SplitMix64, since the low bits of FNV alone are not even.</summary>
    private ulong Hash(string person, string occasion)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{seed}|{person}|{occasion}");
        var hash = text.Aggregate(14695981039346656037UL, (sum, character) => unchecked((sum ^ character) * 1099511628211UL));
        hash = unchecked((hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL);
        hash = unchecked((hash ^ (hash >> 27)) * 0x94D049BB133111EBUL);
        return hash ^ (hash >> 31);
    }
}
