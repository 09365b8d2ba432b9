using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>A stage's round at an instant: what its plan reads, and the words it plans in.</summary>
public sealed class StageRound(Snapshot snapshot, StageOpened opened, Instant now)
{
    /// <summary>The kind of message that tells the coordinator of a deadline that moved.</summary>
    public const string DeadlineMoved = "deadline-moved";

    public Snapshot Snapshot { get; } = snapshot;

    public StageOpened Opened { get; } = opened;

    public Instant Now { get; } = now;

    public StageId Stage => Opened.Stage;

    public int Number => Opened.Round;

    public Policy Policy => Snapshot.Policy;

    public CommunityDays Days { get; } = new(snapshot.KickOff.Zone);

    public T? Outcome<T>()
        where T : Outcome => Snapshot.OutcomeOf<T>(Stage);

    public IEnumerable<T> Answers<T>()
        where T : Answer => Snapshot.Answers<T>(Opened);

    /// <summary>The local time on the n-th day after a moment; days of a pause do not count.</summary>
    public Instant OnDay(Instant start, int day, LocalTime time) => Days.At(Snapshot.Shifted(start, Days.DateOf(start).PlusDays(day), time), time);

    /// <summary>A stage closes a little after the deadline that people were told.</summary>
    public Instant Closes(Instant deadline) => deadline + Duration.FromMinutes(Policy.GraceMinutes);

    public MessageKey Key(string kind, PersonId person, string occasion = MessageKey.None) =>
        new(Snapshot.Cycle.Value, Stage.Value, kind, person, occasion == MessageKey.None ? $"r{Number}" : $"r{Number}-{occasion}");

    /// <summary>One message, from now on.</summary>
    public WantedMessage Tell(string kind, PersonId person) => new(Key(kind, person), Opened.At);

    /// <summary>A ladder whose days count from <paramref name="start"/>; a rung that would fall before it goes out at once.</summary>
    public IEnumerable<WantedMessage> Ladder(string kind, PersonId person, IEnumerable<Rung> rungs, Instant start, string cause = "") =>
        Ladder(rungs.Select(rung => new WantedMessage(
            Key(kind, person, cause + Again(person) + rung.Id), Instant.Max(start, OnDay(start, rung.Day, Policy.AsksAt)))));

    /// <summary>Part of the occasion of what somebody is asked who had been replaced, and took their place again.</summary>
    private string Again(PersonId person) => Snapshot.All<MemberLeft>()
        .Where(left => left.Person == person && Replacing.Roles.Contains(left.Role) && Snapshot.HasRole(left.Role, person))
        .Sum(left => left.Number) is > 0 and var times ? FormattableString.Invariant($"b{times}-") : "";

    /// <summary>Of a ladder: the newest rung that is due, and those to come. A rung missed before it is never sent.</summary>
    public IEnumerable<WantedMessage> Ladder(IEnumerable<WantedMessage> rungs)
    {
        var inOrder = rungs.OrderBy(rung => rung.Due).ToList();
        var newest = inOrder.FindLastIndex(rung => rung.Due <= Now);
        return inOrder.Skip(Math.Max(newest, 0));
    }

    /// <summary>The coordinator is asked to decide, since a moment.</summary>
    public IEnumerable<WantedMessage> AskCoordinator(string kind, Instant since, string cause = "") =>
        Ladder(kind, Snapshot.Coordinator, Policy.Decisions, since, cause);

    /// <summary>
    /// Whether silence may close the round. It may, a little after the deadline, when the provider had accepted the newest ask
    /// early enough for all the silent who have not bounced; else the deadline moves by a day, a few times at most, and the
    /// coordinator is told. A turn so late that the newest ask goes out only now gives people a day too.
    /// </summary>
    /// <param name="first">
    /// The deadline, where people have not been told one yet, or only an earlier one: something new was asked since. One that a coordinator
    /// brought forward stands until then.
    /// </param>
    /// <param name="asks">The ladders of those who have not acted.</param>
    public Silence Silence(Instant first, IEnumerable<WantedMessage> asks)
    {
        var told = Snapshot.Find<DeadlineSet>(DeadlineSet.RowOf(Stage, Number)) ?? new DeadlineSet(Stage, Number, first, 0);
        told = first > (told.InPlaceOf ?? told.At) ? told with { At = Instant.Max(told.At, first), InPlaceOf = told.InPlaceOf is null ? null : first } : told;
        var mayClose = told.Moved >= Policy.DeadlineMovesAtMost || asks.Where(ask => ask.Due <= Now).All(ask => CameInTime(ask, told));
        if (Now >= Closes(told.At) && !mayClose)
        {
            told = told with { At = MovedByADay(told.At), Moved = told.Moved + 1 };
        }

        var messages = told.Moved == 0
            ? ImmutableList<WantedMessage>.Empty
            : [new WantedMessage(Key(DeadlineMoved, Snapshot.Coordinator, $"m{told.Moved}"), Opened.At)];
        return new Silence(told, Closes(told.At), messages, Now >= Closes(told.At));
    }

    /// <summary>The next day's deadline; where a late turn would leave people much less than a day until then, the one after it.</summary>
    private Instant MovedByADay(Instant deadline)
    {
        var from = Instant.Max(deadline, Now);
        var local = Days.LocalTimeOf(from);
        var isLate = Period.Between(local.Date + Policy.DeadlinesAt, local, PeriodUnits.Minutes).Minutes > 60;
        return OnDay(from, isLate ? 2 : 1, Policy.DeadlinesAt);
    }

    private bool CameInTime(WantedMessage ask, DeadlineSet told) =>
        Snapshot.IssuedOf(ask.Key) is { } issued
        && (issued.Bounced is not null || issued.Accepted <= Closes(told.At) - Duration.FromHours(Policy.HoursToAnswer));
}

/// <summary>A round's deadline, and whether silence has closed the round.</summary>
public sealed record Silence(DeadlineSet Told, Instant Closes, ImmutableList<WantedMessage> Messages, bool HasClosed);
