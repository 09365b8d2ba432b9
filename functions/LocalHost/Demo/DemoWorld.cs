using System.Collections.Immutable;
using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>The communities of the demo and their people: the same for the same seed.</summary>
internal sealed class DemoWorld
{
    public const int MostCommunities = 20;

    /// <summary>A Monday morning.</summary>
    public static readonly Instant Start = Instant.FromUtc(2027, 2, 1, 15, 30);

    private static readonly Crowd Urban = new("urban Division, open link", "America/Vancouver", 180, 24, 17, 11, 4)
    {
        Facilitators = 4,
        OpenLink = true,
        Brief = "From the records of the community's own clinics.",
    };

    private static readonly Crowd Town = new("mid-size town", "America/Vancouver", 60, 18, 13, 9, 3)
    {
        Brief = "From the data of the health area around it.",
        Blackouts = [new DaySpan(new LocalDate(2027, 3, 15), new LocalDate(2027, 3, 26))],
    };

    private static readonly Crowd Rural = new("rural town", "America/Edmonton", 22, 9, 7, 5, 2) { Brief = Town.Brief };
    private static readonly Crowd Remote = new("remote, hybrid", "America/Vancouver", 9, 5, 4, 3, 1) { Facilitators = 1 };
    private static readonly Crowd TownAgain = new("second session", "America/Vancouver", 60, 20, 16, 12, 4);

    private static readonly ImmutableList<(string Name, string Town, Crowd Crowd, int? StartDay)> Five =
    [
        ("Marten Crossing", "Marten Crossing", Town, 0),
        ("Larkspur Flats", "Larkspur Flats", Rural, 9),
        ("Ḵwélx̱sta Bay", "Ḵwélx̱sta Bay", Remote, 22),
        ("Kestrel Heights", "Kestrel Heights", Urban, 35),
        ("Marten Crossing II", "Marten Crossing", TownAgain, null),
    ];

    /// <summary>The first so many communities.</summary>
    public DemoWorld(int seed, int communities)
        : this(seed, Enumerable.Range(0, communities))
    {
    }

    /// <summary>Those of the communities that have one of the numbers.</summary>
    public DemoWorld(int seed, IEnumerable<int> numbers)
    {
        Habits = new Habits(seed);
        var more = DemoNames.MorePlaces.Select((name, n) => (name, name, Five[n % 4].Crowd, (int?)(n * 11 % 60)));
        var all = Five.Concat(more).ToList();
        Communities = [.. numbers.Select(n => NewCommunity(seed, n, all[n]))];
        WrongAddresses = Communities.SelectMany(one => one.WrongAddresses).ToHashSet(StringComparer.Ordinal);
    }

    public Habits Habits { get; }

    public ImmutableList<Community> Communities { get; }

    public TypedPerson Coordinator { get; } = new("Robin Ashdown", "robin.ashdown@programme.example");

    /// <summary>Gets the coordinator's mail while they are on holiday.</summary>
    public TypedPerson Deputy { get; } = new("Salome Tremblay-Ito", "salome.tremblay-ito@programme.example");

    /// <summary>Of the coordinator, in spring.</summary>
    public static DateInterval Holiday { get; } = new(new LocalDate(2027, 4, 10), new LocalDate(2027, 4, 19));

    /// <summary>Who prepares which of the programme's tasks, for every community.</summary>
    public static ImmutableSortedDictionary<string, TypedPerson> Partners { get; } = new Dictionary<string, TypedPerson>
    {
        ["data-brief"] = new("Marguerite Oyelaran", "marguerite.oyelaran@health-data.example"),
        ["local-resources"] = new("Teodor Lindgren", "teodor.lindgren@pathways.example"),
        ["coach"] = new("Anaïs Whitford", "anais.whitford@practice-support.example"),
        ["accreditation"] = new("Hye-rin Castellanos", "hye-rin.castellanos@cpd.example"),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private HashSet<string> WrongAddresses { get; }

    public Community? Find(string cycle) => Communities.Find(one => one.Cycle.Value == cycle);

    /// <summary>Who of the coordinators reads mail at an address.</summary>
    public TypedPerson? CoordinatorAt(string address) => new[] { Coordinator, Deputy }.FirstOrDefault(one => one.Address == address);

    public bool Bounces(string address) => WrongAddresses.Contains(address);

    private Community NewCommunity(int seed, int number, (string Name, string Town, Crowd Crowd, int? StartDay) one)
    {
        var inhabitants = Enumerable.Range(0, Community.InhabitantsOf(one.Crowd)).Select(n => DemoNames.Inhabitant(Habits, one.Town, n));
        var nonce = string.Create(CultureInfo.InvariantCulture, $"demo-{seed}-{number}");
        return new Community(number, one.Name, one.Town, one.Crowd, one.StartDay, [.. inhabitants], nonce, Habits);
    }
}
