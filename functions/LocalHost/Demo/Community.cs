using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>How a community is: of so many who are invited, so many do what the column says, or a few less.</summary>
internal sealed record Crowd(string Kind, string Zone, int Invited, int Accept, int Attend, int Answer, int WantCoach)
{
    public int Facilitators { get; init; } = 3;

    /// <summary>Whether the Division forwards one link, and nobody is invited by name.</summary>
    public bool OpenLink { get; init; }

    /// <summary>What the community's data brief is made from.</summary>
    public string Brief { get; init; } = "From the data of the whole region.";

    public ImmutableList<DaySpan> Blackouts { get; init; } = [];
}

/// <summary>A session of a community of the demo, and its people.</summary>
/// <param name="number">Its place in the list.</param>
/// <param name="name">As its form says.</param>
/// <param name="town">Whose people they are: two sessions of one town have the same.</param>
/// <param name="crowd">How many do what.</param>
/// <param name="startDay">Days from the demo's start to its form; null where it is submitted when the town's session before has ended.</param>
/// <param name="inhabitants">Those who organize, those who are invited, and those who come without.</param>
/// <param name="nonce">Of its form.</param>
/// <param name="habits">Decide who of the invited is how keen.</param>
internal sealed class Community(
    int number, string name, string town, Crowd crowd, int? startDay, ImmutableList<TypedPerson> inhabitants, string nonce, Habits habits)
{
    private const int StandInsOfEach = 3;
    private const int ReservesOfEach = 2;
    private const int WalkInsAtMost = 2;

    /// <summary>After lead, coach and staff.</summary>
    private const int FirstFacilitator = 3;

    /// <summary>
    /// Whose mail arrives, by how keen they are: who is keener does all that the less keen do, so that each column is met. Nobody
    /// else is as keen as anybody.
    /// </summary>
    private ImmutableDictionary<string, int>? _places;

    public int Number => number;

    public string Name => name;

    public string Town => town;

    public Crowd Crowd => crowd;

    public int? StartDay => startDay;

    public ImmutableList<TypedPerson> Inhabitants => inhabitants;

    public string Nonce => nonce;

    public CycleId Cycle { get; } = KickOffs.CycleOf(nonce);

    public TypedPerson Lead => Inhabitants[0];

    public TypedPerson Coach => Inhabitants[1];

    public TypedPerson Staff => Inhabitants[2];

    public ImmutableList<TypedPerson> Facilitators => Inhabitants.GetRange(FirstFacilitator, Crowd.Facilitators);

    /// <summary>Those who lead where a facilitator is lost: the ranked reserves, and who is left for the coordinator to name.</summary>
    public ImmutableList<TypedPerson> StandIns => Inhabitants.GetRange(FirstFacilitator + Crowd.Facilitators, StandInsOfEach);

    public ImmutableList<TypedPerson> Reserves => StandIns.GetRange(0, ReservesOfEach);

    public ImmutableList<TypedPerson> Participants => Inhabitants.GetRange(OrganizersOf(Crowd), Crowd.Invited);

    /// <summary>One or two who come without having been invited.</summary>
    public ImmutableList<TypedPerson> WalkIns =>
        Inhabitants.GetRange(OrganizersOf(Crowd) + Crowd.Invited, Math.Min(1 + habits.Pick(WalkInsAtMost, Name, "walk-ins"), Crowd.Attend - Crowd.Answer));

    /// <summary>Of those who only are invited, 1 in 20 has an address that is wrong.</summary>
    public IEnumerable<string> WrongAddresses => Participants.Select(one => one.Address).Distinct()
        .Except(Inhabitants.Take(OrganizersOf(Crowd)).Select(one => one.Address))
        .Where(address => habits.Does(0.05, address, "bounces"));

    public static int InhabitantsOf(Crowd crowd) => OrganizersOf(crowd) + crowd.Invited + WalkInsAtMost;

    public bool SaysYes(string one) => PlaceOf(one) <= Crowd.Accept;

    /// <summary>One of those who say yes finds late that they cannot come.</summary>
    public bool CancelsLate(string one) => PlaceOf(one) == Crowd.Accept;

    public bool IsThere(string one) => PlaceOf(one) < Crowd.Attend - WalkIns.Count || WalkIns.Exists(walkIn => walkIn.Name == one);

    public bool AnswersTheSurvey(string one) => PlaceOf(one) < Crowd.Answer;

    public bool WantsACoach(string one) => PlaceOf(one) < Crowd.WantCoach;

    /// <summary>
    /// When in the day somebody sees to things: nobody at another's minute, and nobody near the hours at which stages ask (9:00) and
    /// close (17:02), so that a restart, which can delay a mail by two minutes, changes nothing of who was first.
    /// </summary>
    public LocalTime HourOf(string one)
    {
        var (place, organizers) = (Inhabitants.FindIndex(inhabitant => inhabitant.Name == one), OrganizersOf(Crowd));
        return new LocalTime(10, 0).PlusMinutes(place < organizers ? place * 6 : organizers * 6 + (place - organizers) * 300 / Crowd.Invited);
    }

    private static int OrganizersOf(Crowd crowd) => FirstFacilitator + crowd.Facilitators + StandInsOfEach;

    private int PlaceOf(string one) => (_places ??= Places()).GetValueOrDefault(one, int.MaxValue);

    private ImmutableDictionary<string, int> Places()
    {
        var wrong = WrongAddresses.ToHashSet(StringComparer.Ordinal);
        return Participants
            .Where(one => !wrong.Contains(one.Address))
            .OrderBy(one => habits.Pick(int.MaxValue, $"{Name} {one.Name}", "keen"))
            .Select((one, place) => (one.Name, place))
            .ToImmutableDictionary(one => one.Name, one => one.place, StringComparer.Ordinal);
    }
}
