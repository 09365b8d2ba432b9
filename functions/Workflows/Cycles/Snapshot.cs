using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>A cycle as a plan sees it: its facts, and of its people what binds them elsewhere.</summary>
public sealed class Snapshot
{
    private readonly ImmutableDictionary<string, Fact> _facts;
    private readonly ImmutableDictionary<Type, SortedFacts> _byType;
    private readonly ConcurrentDictionary<object, object?> _read = new(concurrencyLevel: 1, capacity: 31, ReferenceEqualityComparer.Instance);

    public Snapshot(CycleId cycle, IEnumerable<Fact> facts, Elsewhere elsewhere)
        : this(cycle, ByRow(facts), elsewhere)
    {
    }

    private Snapshot(CycleId cycle, ImmutableDictionary<string, Fact> facts, Elsewhere elsewhere)
        : this(cycle, facts, elsewhere, facts.GroupBy(pair => pair.Value.GetType()).ToImmutableDictionary(of => of.Key, of => SortedFacts.Of(of.Key, of)))
    {
    }

    private Snapshot(
        CycleId cycle, ImmutableDictionary<string, Fact> facts, Elsewhere elsewhere, ImmutableDictionary<Type, SortedFacts> byType)
    {
        Cycle = cycle;
        Elsewhere = elsewhere;
        _facts = facts;
        _byType = byType;
        KickOff = (KickOff)facts["kick-off"];
    }

    public CycleId Cycle { get; }

    public KickOff KickOff { get; }

    public Elsewhere Elsewhere { get; }

    /// <summary>The kick-off's, with what was adapted since.</summary>
    public Policy Policy => Find<PolicyAdapted>(PolicyAdapted.TheRow)?.Policy ?? KickOff.Policy;

    /// <summary>Which version of its programme the cycle runs on; 0 as delivered.</summary>
    public int ProgrammeVersion => Find<PolicyAdapted>(PolicyAdapted.TheRow)?.ProgrammeVersion ?? KickOff.ProgrammeVersion;

    public PersonId Coordinator => Members(Role.Coordinator)[0];

    public bool HasEnded => All<CycleEnded>().Any();

    public Snapshot With(IEnumerable<Fact> changes)
    {
        var changed = ByRow(changes);
        var byType = changed.SelectMany(Moves).GroupBy(move => move.Type, move => (move.Row, move.Fact))
            .Select(moves => KeyValuePair.Create(moves.Key, Of(moves.Key).With(moves)));
        return new(Cycle, _facts.SetItems(changed), Elsewhere, _byType.SetItems(byType));
    }

    public Snapshot With(Elsewhere elsewhere) => new(Cycle, _facts, elsewhere, _byType);

    public IEnumerable<Fact> Facts => _facts.Values;

    /// <summary>Every fact of a type, in the order of its rows.</summary>
    public IEnumerable<T> All<T>()
        where T : Fact => (T[])Of(typeof(T)).All;

    public T? Find<T>(string row)
        where T : Fact => _facts.GetValueOrDefault(row) as T;

    /// <summary>What a reading comes to; read once, as a snapshot does not change.</summary>
    /// <param name="reading">The same object each time, as a static lambda is.</param>
    public T Once<T>(Func<Snapshot, T> reading) =>
        (T)_read.GetOrAdd(reading, static (_, read) => read.Reading(read.Cycle), (Cycle: this, Reading: reading))!;

    public ImmutableList<PersonId> Members(Role role) => Once(static cycle => cycle.ByRole
        .ToDictionary(members => members.Key, members => members.Select(member => member.Person).ToImmutableList())).GetValueOrDefault(role, []);

    /// <summary>Who has the role, in the order they joined.</summary>
    public IEnumerable<Member> MembersOf(Role role) => ByRole[role];

    private ILookup<Role, Member> ByRole => Once(static cycle => cycle.All<Member>()
        .Where(member => !cycle.HasLeft(member))
        .OrderBy(member => member.At)
        .ThenBy(member => member.Person.Value, StringComparer.Ordinal)
        .ToLookup(member => member.Role));

    public bool HasRole(Role role, PersonId person) => Find<Member>(Member.RowOf(role, person)) is { } member && !HasLeft(member);

    /// <summary>Whether somebody has a role no more.</summary>
    private bool HasLeft(Member member) => Find<MemberLeft>(MemberLeft.RowOf(member.Role, member.Person))?.At >= member.At;

    /// <summary>The newest round of a stage, or null where it has not opened yet.</summary>
    public StageOpened? RoundOf(StageId stage) => Once(static cycle => cycle.All<StageOpened>()
        .GroupBy(opened => opened.Stage)
        .ToDictionary(rounds => rounds.Key, rounds => rounds.MaxBy(opened => opened.Round))).GetValueOrDefault(stage);

    /// <summary>What the newest round of a stage came to, or null.</summary>
    public T? OutcomeOf<T>(StageId stage)
        where T : Outcome => RoundOf(stage) is { } round ? Find<T>(Outcome.RowOf(stage, round.Round)) : null;

    /// <summary>The answers given in a round.</summary>
    public IEnumerable<T> Answers<T>(StageOpened round)
        where T : Answer => All<T>().Where(answer => answer.Round == round.Round);

    /// <summary>What a person told last, in whatever round: in a stage that is gone back to, it stands.</summary>
    public T? NewestOf<T>(PersonId person)
        where T : Answer => All<T>().LastOrDefault(answer => answer.Person == person);

    public IEnumerable<Issued> IssuedTo(PersonId person) => Once(static cycle => cycle.All<Issued>().ToLookup(message => message.Key.Person))[person];

    public IEnumerable<Issued> IssuedTo(StageId stage, PersonId person) =>
        IssuedTo(person).Where(issued => issued.Key.Stage == stage.Value);

    public Issued? IssuedOf(MessageKey key) => Find<Issued>(Issued.RowOf(key));

    private SortedFacts Of(Type type) => _byType.GetValueOrDefault(type) ?? SortedFacts.Of(type, []);

    /// <summary>Of two facts of one row the later one.</summary>
    private static ImmutableDictionary<string, Fact> ByRow(IEnumerable<Fact> facts) =>
        ImmutableDictionary.Create<string, Fact>(StringComparer.Ordinal).SetItems(facts.Select(fact => KeyValuePair.Create(fact.Row(), fact)));

    /// <summary>A fact comes to the others of its type; where its row held one of another type, that one leaves.</summary>
    private IEnumerable<(Type Type, string Row, Fact? Fact)> Moves(KeyValuePair<string, Fact> change)
    {
        yield return (change.Value.GetType(), change.Key, change.Value);
        if (_facts.GetValueOrDefault(change.Key) is { } before && before.GetType() != change.Value.GetType())
        {
            yield return (before.GetType(), change.Key, null);
        }
    }
}

/// <summary>What the cycle's people bring from outside of it.</summary>
/// <param name="Bookings">Their sessions in other communities, while a date is sought.</param>
/// <param name="Trained">When the facilitators last trained for the programme elsewhere, while they train.</param>
public sealed record Elsewhere(ImmutableDictionary<PersonId, ImmutableList<Booking>> Bookings, ImmutableDictionary<PersonId, Instant>? Trained = null)
{
    public static Elsewhere Nothing { get; } = new(ImmutableDictionary<PersonId, ImmutableList<Booking>>.Empty);

    public bool IsBooked(PersonId person, Interval time) =>
        Bookings.GetValueOrDefault(person)?.Any(booking => booking.Starts < time.End && time.Start < booking.Ends) ?? false;
}

/// <summary>A person's session: which cycle's, from when to when.</summary>
public sealed record Booking(CycleId Cycle, Instant Starts, Instant Ends);
