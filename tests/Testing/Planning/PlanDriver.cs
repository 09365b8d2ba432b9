using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Programmes;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Testing;

/// <summary>
/// One cycle and a clock that is set by hand: hears what people tell, takes turns, lets the mail go out, and shows messages as
/// "kind person local-time". Only the plans run: no store, no post, no host.
/// </summary>
public sealed class PlanDriver
{
    /// <summary>UTC-7 all year.</summary>
    public const string Vancouver = "America/Vancouver";

    /// <summary>UTC-6 all year; some communities in the east of British Columbia keep it.</summary>
    public const string Edmonton = "America/Edmonton";

    /// <summary>Still changes its clocks: in 2027 on 14 March and 7 November.</summary>
    public const string Denver = "America/Denver";

    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly Lazy<Programme> Shipped = new(() =>
        ProgrammeFiles.Load(Path.Combine(AppContext.BaseDirectory, "Programmes")).Find("adult-mental-health")!);

    private readonly HashSet<PersonId> _bounces = [];
    private readonly CommunityDays _days;

    private PlanDriver(CommunityDays days, Instant now, Snapshot cycle)
    {
        _days = days;
        Now = now;
        Cycle = cycle;
    }

    public Snapshot Cycle { get; private set; }

    public Instant Now { get; private set; }

    /// <summary>What the last turn decided.</summary>
    public TurnPlan Turn { get; private set; } = null!;

    /// <summary>Whether the mail provider takes mail.</summary>
    public bool ProviderIsUp { get; set; } = true;

    public bool HasEnded => Cycle.HasEnded;

    /// <summary>Every message ever issued, oldest first: "ask f1 2027-03-01T10:00".</summary>
    public IReadOnlyList<string> Messages => Show(Cycle.All<Issued>());

    /// <summary>When the next turn is due, in the community's time.</summary>
    public string NextWake => Text(Turn.NextWake);

    /// <summary>A cycle of people named coordinator, lead, coach, f1, f2 … and p1, p2 … under the shipped policy; no turn taken yet.</summary>
    public static PlanDriver KickedOff(
        string local, string zone = Vancouver, int facilitators = 2, int participants = 3, Func<Policy, Policy>? change = null)
    {
        var days = new CommunityDays(zone);
        var now = days.At(Minute.Parse(local).GetValueOrThrow());
        var policy = (change ?? (same => same))(Shipped.Value.Policy);
        List<Fact> facts =
        [
            new KickOff("Riverbend", zone, "604 555 0100", Shipped.Value.Id, Shipped.Value.CaseStudies, policy, now),
            new Member(Role.Coordinator, Cast.Coordinator, now),
            new Member(Role.DivisionLead, Cast.Lead, now),
            new Member(Role.Coach, Cast.Coach, now),
            .. Enumerable.Range(1, facilitators).Select(number => new Member(Role.Facilitator, Cast.Facilitator(number), now)),
            .. Enumerable.Range(1, participants).Select(number => new Member(Role.Participant, Cast.Participant(number), now)),
        ];
        return new PlanDriver(days, now, new Snapshot(CycleId.From("riverbend"), facts, Elsewhere.Nothing));
    }

    /// <summary>Sets the clock, in the community's time. Nothing happens by itself.</summary>
    public PlanDriver At(string local) => At(Instant(local));

    public PlanDriver At(Instant now)
    {
        if (now < Now)
        {
            throw new ArgumentException("The clock is never set back.", nameof(now));
        }

        Now = now;
        return this;
    }

    public PlanDriver Tells(params IEnumerable<Fact> facts)
    {
        Cycle = Cycle.With(facts);
        return this;
    }

    /// <summary>A session in another community binds a person.</summary>
    public PlanDriver Books(PersonId person, string local, int minutes = 120)
    {
        var booking = new Booking(CycleId.From("elsewhere"), Instant(local), Instant(local) + Duration.FromMinutes(minutes));
        var bookings = ImmutableDictionary<PersonId, ImmutableList<Booking>>.Empty.Add(person, [booking]);
        Cycle = new Snapshot(Cycle.Cycle, Cycle.Facts, new Elsewhere(bookings));
        return this;
    }

    /// <summary>One turn, with what a host does beside recording: a closed survey round is unsealed, then planned again.</summary>
    public PlanDriver TakesATurn()
    {
        Turn = Planner.Plan(Cycle, Now);
        Cycle = Turn.After;
        return Turn.Unseal is { } round
            ? Tells(new SurveyResults(round, new SurveyFigures.FewerThanFive()), new SurveyUnsealed(round, Now)).TakesATurn()
            : this;
    }

    /// <summary>What a turn would decide now.</summary>
    public TurnPlan Planned() => Planner.Plan(Cycle, Now);

    /// <summary>From now on mail to a person comes back.</summary>
    public PlanDriver Bounces(params IEnumerable<PersonId> people)
    {
        _bounces.UnionWith(people);
        return this;
    }

    /// <summary>What the sender does: withdraws what nobody wants any more, and the provider accepts the rest, or it comes back.</summary>
    public PlanDriver MailsGoOut()
    {
        var wanted = Planner.WantedNow(Cycle, Now);
        return Tells(Cycle.All<Issued>()
            .Where(issued => issued is { Accepted: null, Bounced: null, Withdrawn: null })
            .Select(issued => !wanted.Contains(issued.Key) ? issued with { Withdrawn = Now }
                : _bounces.Contains(issued.Key.Person) ? issued with { Bounced = Now }
                : issued with { Accepted = Now })
            .ToList());
    }

    /// <summary>Time passes and nobody says anything: a turn at every wake, and the mail goes out while the provider is up.</summary>
    public PlanDriver RunsUntil(string local) => RunsUntil(Instant(local));

    public PlanDriver RunsUntil(Instant end)
    {
        TurnAndMail();
        while (Turn.NextWake <= end && !HasEnded)
        {
            At(Turn.NextWake).TurnAndMail();
        }

        return At(end);
    }

    /// <summary>A stage's messages, to all or to one person.</summary>
    public IReadOnlyList<string> MessagesOf(StageId stage, PersonId? person = null) =>
        Show(Cycle.All<Issued>().Where(issued => issued.Key.Stage == stage.Value && (person is null || issued.Key.Person == person)));

    /// <summary>What caused a person's messages of a kind, oldest first: "r1-reminder-2".</summary>
    public IReadOnlyList<string> Occasions(StageId stage, string kind, PersonId person) =>
    [
        .. Cycle.IssuedTo(stage, person).Where(issued => issued.Key.Kind == kind).OrderBy(issued => issued.At).Select(issued => issued.Key.Occasion),
    ];

    /// <summary>The deadline as people of a stage were told it: "2027-03-11T17:00", and how often it moved.</summary>
    public (string At, int Moved)? Deadline(StageId stage) =>
        Cycle.All<DeadlineSet>().Where(told => told.Stage == stage).MaxBy(told => told.Round) is { } told ? (Text(told.At), told.Moved) : null;

    private void TurnAndMail()
    {
        TakesATurn();
        if (ProviderIsUp)
        {
            MailsGoOut();
        }
    }

    private Instant Instant(string local) => _days.At(Minute.Parse(local).GetValueOrThrow());

    private string Text(Instant instant) => Minute.Format(_days.LocalTimeOf(instant));

    private List<string> Show(IEnumerable<Issued> messages) =>
    [
        .. messages
            .OrderBy(issued => issued.At)
            .ThenBy(issued => issued.Key.ToString(), StringComparer.Ordinal)
            .Select(issued => $"{issued.Key.Kind} {issued.Key.Person} {Text(issued.At)}"),
    ];
}

/// <summary>The people of a driven cycle.</summary>
public static class Cast
{
    public static PersonId Coordinator { get; } = PersonId.From("coordinator");

    public static PersonId Lead { get; } = PersonId.From("lead");

    public static PersonId Coach { get; } = PersonId.From("coach");

    public static PersonId F1 { get; } = Facilitator(1);

    public static PersonId F2 { get; } = Facilitator(2);

    public static PersonId F3 { get; } = Facilitator(3);

    public static PersonId P1 { get; } = Participant(1);

    public static PersonId P2 { get; } = Participant(2);

    public static PersonId P3 { get; } = Participant(3);

    public static PersonId Facilitator(int number) => PersonId.From($"f{number}");

    public static PersonId Participant(int number) => PersonId.From($"p{number}");
}
