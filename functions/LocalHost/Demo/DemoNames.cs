using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Walking;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>Names of people and places. All are invented; some need more of Unicode than English does.</summary>
internal static class DemoNames
{
    /// <summary>Places beyond the five of the demo's world.</summary>
    public static readonly ImmutableList<string> MorePlaces =
    [
        "Sƛ̓áyqʷəm Landing", "Heron Bluff", "Aldercrest", "Tŝ'eqox Lake", "Port Wexley", "Thistle Valley", "Gwax̱'dzi Narrows", "Copperleaf",
        "Saint-Aubry", "Otterby Sound", "Juniper Bench", "Qʷiltsən Point", "Fallow Creek Mills", "Wrenfield", "Stonecrop Arm",
    ];

    private static readonly ImmutableList<string> First =
    [
        "Ada", "Amélie", "Anders", "Bo", "Chitra", "Dae-jung", "Dov", "Élise", "Farah", "Gus", "Hana", "Ingrid", "Jia", "Kofi", "Lena", "Łukasz",
        "Mairéad", "Mei", "Nadia", "Noor", "Oren", "Priya", "Q̓ʷila", "Rosalie", "Søren", "Tamsin", "Uma", "Víctor", "Wren", "Xóchitl", "Yara", "Zsófia",
    ];

    private static readonly ImmutableList<string> Last =
    [
        "Abara", "Bélanger", "Castellan", "D'Arcy-Poole", "Eklund", "Farrow", "Grünwald", "Hollis", "Iwasa", "Jankovič", "Kaur-Lindqvist", "Larch",
        "Mbeki-Stone", "Ng", "O'Sheary", "Pelletier", "Quill", "Rao", "Sx̱wáltxen", "Takeda", "Ts'émqʷa", "Underhay", "Vance", "Whitlock", "Xu",
        "Ybarra", "Zamora", "Çelik", "Ødegaard",
    ];

    /// <summary>How many names there are, and a step through them that meets each once: 32 times 29, and a prime.</summary>
    private static int Count => First.Count * Last.Count;

    private const int Step = 211;

    /// <summary>A town's n-th inhabitant. 1 in 10 shares the address of the one before, as in a clinic with one mailbox.</summary>
    public static TypedPerson Inhabitant(Habits habits, string town, int number)
    {
        var sharing = number > 0 && habits.Does(0.1, $"{town} {number}", "shares a mailbox") ? number - 1 : number;
        return new TypedPerson(NameOf(habits, town, number), AddressOf(NameOf(habits, town, sharing), town));
    }

    public static string AddressOf(string name, string town) => $"{Ascii(name)}@{Ascii(town)}.example";

    private static string NameOf(Habits habits, string town, int number)
    {
        var place = (habits.Pick(Count, town, "names") + (number * Step)) % Count;
        return $"{First[place % First.Count]} {Last[place / First.Count]}";
    }

    /// <summary>Letters without their marks, words joined by dots: "élise.d.arcy.poole" without its accent.</summary>
    private static string Ascii(string text)
    {
        var letters = text.Normalize(NormalizationForm.FormD).ToLowerInvariant()
            .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            .Select(letter => char.IsAsciiLetter(letter) ? letter : '.');
        return string.Join('.', new string([.. letters]).Split('.', StringSplitOptions.RemoveEmptyEntries));
    }
}
