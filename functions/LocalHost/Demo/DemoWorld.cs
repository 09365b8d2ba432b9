using System.Collections.Immutable;
using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>How a community is: of so many who are invited, about so many do what the column says.</summary>
internal sealed record Crowd(string Kind, string Zone, int Invited, int Accept, int Attend, int Answer, int WantCoach, int Facilitators = 3);

/// <summary>A session of a community of the demo.</summary>
/// <param name="Number">Its place in the list.</param>
/// <param name="Name">As its form says.</param>
/// <param name="Town">Whose people they are: two sessions of one town have the same.</param>
/// <param name="Crowd">How many do what.</param>
/// <param name="StartDay">Days from the demo's start to its form; null where it is submitted when the town's session before has ended.</param>
/// <param name="Inhabitants">Lead, coach, facilitators, three who can stand in for a facilitator, and those who are invited.</param>
/// <param name="Nonce">Of its form.</param>
internal sealed record Community(
    int Number, string Name, string Town, Crowd Crowd, int? StartDay, ImmutableList<TypedPerson> Inhabitants, string Nonce)
{
    private const int Reserves = 3;

    public CycleId Cycle { get; } = KickOffs.CycleOf(Nonce);

    public TypedPerson Lead => Inhabitants[0];

    public TypedPerson Coach => Inhabitants[1];

    public ImmutableList<TypedPerson> Facilitators => Inhabitants.GetRange(2, Crowd.Facilitators);

    public ImmutableList<TypedPerson> StandIns => Inhabitants.GetRange(2 + Crowd.Facilitators, Reserves);

    public ImmutableList<TypedPerson> Participants => Inhabitants.GetRange(OrganizersOf(Crowd), Crowd.Invited);

    public static int OrganizersOf(Crowd crowd) => 2 + crowd.Facilitators + Reserves;

    /// <summary>
    /// When in the day somebody sees to things: nobody at another's minute, and nobody near the hours at which stages ask (9:00) and
    /// close (17:02), so that a restart, which can delay a mail by two minutes, changes nothing of who was first.
    /// </summary>
    public LocalTime HourOf(string name)
    {
        var place = Inhabitants.FindIndex(one => one.Name == name);
        var organizers = OrganizersOf(Crowd);
        return new LocalTime(10, 0).PlusMinutes(place < organizers ? place * 6 : organizers * 6 + (place - organizers) * 300 / Crowd.Invited);
    }
}

/// <summary>The communities of the demo and their people: the same for the same seed.</summary>
internal sealed class DemoWorld
{
    public const int MostCommunities = 20;

    /// <summary>A Monday morning.</summary>
    public static readonly Instant Start = Instant.FromUtc(2027, 2, 1, 15, 30);

    private static readonly Crowd Urban = new("urban Division", "America/Vancouver", 180, 24, 17, 11, 4, Facilitators: 4);
    private static readonly Crowd Town = new("mid-size town", "America/Vancouver", 60, 18, 13, 9, 3);
    private static readonly Crowd Rural = new("rural town", "America/Edmonton", 22, 9, 7, 5, 2);
    private static readonly Crowd Remote = new("remote, hybrid", "America/Vancouver", 9, 5, 4, 3, 1, Facilitators: 1);
    private static readonly Crowd TownAgain = Town with { Kind = "second session", Accept = 20, Attend = 16, Answer = 12, WantCoach = 4 };

    private static readonly ImmutableList<(string Name, string Town, Crowd Crowd, int? StartDay)> Five =
    [
        ("Marten Crossing", "Marten Crossing", Town, 0),
        ("Larkspur Flats", "Larkspur Flats", Rural, 9),
        ("Ḵwélx̱sta Bay", "Ḵwélx̱sta Bay", Remote, 22),
        ("Kestrel Heights", "Kestrel Heights", Urban, 35),
        ("Marten Crossing II", "Marten Crossing", TownAgain, null),
    ];

    public DemoWorld(int seed, int communities)
    {
        Habits = new Habits(seed);
        var more = DemoNames.MorePlaces.Select((name, n) => (name, name, Five[n % 4].Crowd, (int?)(n * 11 % 60)));
        Communities = [.. Five.Concat(more).Take(communities).Select((one, n) => NewCommunity(seed, n, one))];
        Invited = Communities.SelectMany(one => one.Participants).Select(one => one.Address)
            .Except(Communities.SelectMany(one => one.Inhabitants.Take(Community.OrganizersOf(one.Crowd))).Select(one => one.Address))
            .ToHashSet(StringComparer.Ordinal);
    }

    public Habits Habits { get; }

    public ImmutableList<Community> Communities { get; }

    public TypedPerson Coordinator { get; } = new("Robin Ashdown", "robin.ashdown@programme.example");


    /// <summary>The addresses of those who only are invited: only theirs can be wrong.</summary>
    private HashSet<string> Invited { get; }

    public Community? Find(string cycle) => Communities.Find(one => one.Cycle.Value == cycle);

    public bool Bounces(string address) => Invited.Contains(address) && Habits.Does(0.05, address, "bounces");

    private Community NewCommunity(int seed, int number, (string Name, string Town, Crowd Crowd, int? StartDay) one)
    {
        var inhabitants = Enumerable.Range(0, Community.OrganizersOf(one.Crowd) + one.Crowd.Invited)
            .Select(n => DemoNames.Inhabitant(Habits, one.Town, n));
        var nonce = string.Create(CultureInfo.InvariantCulture, $"demo-{seed}-{number}");
        return new Community(number, one.Name, one.Town, one.Crowd, one.StartDay, [.. inhabitants], nonce);
    }
}
