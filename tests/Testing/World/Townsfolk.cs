using System.Collections.Immutable;
using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Walking;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Testing;

/// <summary>The people of a community by name: "Facilitator 2". Who comes in later is a "Substitute".</summary>
public static class Townsfolk
{
    public const string Coordinator = "Coordinator 1";
    public const string Zone = "America/Vancouver";
    public const string Nonce = "nonce-of-the-form";

    private static readonly LocalDateTimePattern LocalPattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    private const string Lead = "Lead 1";
    private const string Coach = "Coach 1";
    private const string Partner = "Partner 1";

    public static string AddressOf(string name) => name.ToLowerInvariant().Replace(' ', '-') + "@example.test";

    public static string Substitute(int number) => Numbered("Substitute", number);

    /// <summary>Who is named next as a facilitator.</summary>
    public static string NextSubstitute(Snapshot cycle) => Substitute(EverHad(Role.Facilitator, cycle));

    /// <summary>Who takes a place next: "Coach 2", "Lead 2".</summary>
    public static string Next(Role role, Snapshot cycle) => Numbered(role == Role.Coach ? "Coach" : "Lead", EverHad(role, cycle) + 1);

    public static string Latecomer(int number) => Numbered("Latecomer", number);

    /// <summary>As somebody's name is corrected: "Participant 2" is "Participánt 2".</summary>
    public static string Corrected(string name) => name.Replace("an", "án", StringComparison.Ordinal);

    /// <summary>
    /// The time of day at which somebody sees to things: each person ten minutes after another, none near the hours at which
    /// stages ask (9:00) and close (17:02). A fault that delays things by a few minutes so never changes who acted first.
    /// </summary>
    public static LocalTime HourOf(string name)
    {
        var number = int.Parse(name.AsSpan(name.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture);
        var seat = name[..name.LastIndexOf(' ')] switch
        {
            "Coordinator" => 0,
            "Lead" => 1,
            "Coach" => 2,
            "Facilitator" => 2 + number,
            "Substitute" => 6 + number % 12,
            "Latecomer" => 38,
            "Partner" => 39,
            _ => 18 + number % 20,
        };
        return new LocalTime(10, 0).PlusMinutes(10 * seat);
    }

    /// <summary>A local time of theirs: "2027-02-02T11:00".</summary>
    public static Instant Local(string local) => new CommunityDays(Zone).At(LocalPattern.Parse(local).Value);

    public static Task<PersonId> AddCoordinator(People people) => people.FindOrAdd(Coordinator, AddressOf(Coordinator), Zone);

    public static KickOffRequest KickOff(PersonId coordinator, int facilitators, int participants, int? capacity = null, bool hasAccreditor = false) => new(
        Nonce,
        "Bowen Island",
        Zone,
        "604 555 0100",
        With(capacity),
        coordinator,
        Typed(Lead),
        Typed(Coach),
        [.. Enumerable.Range(1, facilitators).Select(number => Typed(Numbered("Facilitator", number)))],
        [.. Enumerable.Range(1, participants).Select(number => Typed(Numbered("Participant", number)))])
    {
        Partners = hasAccreditor
            ? ImmutableSortedDictionary<string, TypedPerson>.Empty.Add(PartnerTask.Accreditation, Typed(Partner))
            : ImmutableSortedDictionary<string, TypedPerson>.Empty,
    };

    /// <summary>The programmes that ship with the product.</summary>
    public static ProgrammeFiles Programmes { get; } = ProgrammeFiles.Load(Path.Combine(AppContext.BaseDirectory, "Programmes"));

    public static Programme Programme => Programmes.Find("adult-mental-health")!;

    private static Programme With(int? capacity) =>
        Programme with { Policy = Programme.Policy with { Attendance = Programme.Policy.Attendance with { Capacity = capacity } } };

    private static TypedPerson Typed(string name) => new(name, AddressOf(name));

    private static int EverHad(Role role, Snapshot cycle) => cycle.All<Member>().Count(member => member.Role == role);

    private static string Numbered(string role, int number) => string.Create(CultureInfo.InvariantCulture, $"{role} {number}");
}
