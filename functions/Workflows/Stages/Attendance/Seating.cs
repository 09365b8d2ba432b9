using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Reads from a cycle who wishes to come and how each of them stands.</summary>
public static class Seating
{
    /// <summary>The wishes of a round in the order they came in, at one instant by person id.</summary>
    public static IEnumerable<Replied> Wishes(Snapshot cycle, StageOpened round) =>
        cycle.Answers<Replied>(round)
            .Where(reply => reply.Comes && cycle.HasRole(Role.Participant, reply.Person))
            .OrderBy(reply => reply.Wished())
            .ThenBy(reply => reply.Person.Value, StringComparer.Ordinal);

    /// <summary>What a turn decided on a wish; null before, and where it decided on an earlier wish that was taken back.</summary>
    public static Seat? SeatOf(Snapshot cycle, Replied wish) =>
        cycle.Find<Seat>(Seat.RowOf(wish.Round, wish.Person)) is { } seat && seat.Wish == wish.Wished() ? seat : null;

    /// <summary>The wishes that have a seat.</summary>
    public static IEnumerable<Replied> Accepted(Snapshot cycle, StageOpened round) =>
        Wishes(cycle, round).Where(wish => SeatOf(cycle, wish)?.IsHeld() ?? false);

    /// <summary>How a person stands in the newest round.</summary>
    public static Standing Of(Snapshot cycle, PersonId person)
    {
        var round = cycle.RoundOf(StageIds.Attendance);
        var reply = round is null ? null : cycle.Answers<Replied>(round).SingleOrDefault(reply => reply.Person == person);
        return reply switch
        {
            null => new Standing(Stands.Silent),
            { Comes: false } => new Standing(Stands.NotThisTime, reply),
            _ => new Standing(StandsOf(SeatOf(cycle, reply), reply), reply, SeatOf(cycle, reply), Place(cycle, round!, reply)),
        };
    }

    /// <summary>
    /// A reply as a form records it. Said again, a yes keeps its place in the order and what the person needs; an offer that was
    /// let pass does not stand in its way.
    /// </summary>
    public static Replied Reply(Snapshot cycle, PersonId person, bool comes, PersonId by, Instant now)
    {
        var standing = Of(cycle, person);
        var keepsPlace = comes && standing.Wishes && standing.Stands != Stands.Lapsed;
        return new Replied(
            cycle.RoundOf(StageIds.Attendance)!.Round,
            person,
            comes,
            by,
            now,
            keepsPlace ? standing.Reply!.Wished() : null,
            keepsPlace ? standing.Reply!.Takes : null,
            comes ? standing.Reply?.Needs : null,
            comes ? standing.Reply?.Note : null);
    }

    private static Stands StandsOf(Seat? seat, Replied reply) => seat switch
    {
        null => Stands.Recorded,
        { State: SeatState.Waiting } => Stands.Waiting,
        { State: SeatState.Lapsed } => Stands.Lapsed,
        { State: SeatState.Offered } when reply.Takes == seat.Number => Stands.Recorded,
        { State: SeatState.Offered } => Stands.Offered,
        _ => Stands.HasSeat,
    };

    private static int Place(Snapshot cycle, StageOpened round, Replied reply) =>
        1 + Wishes(cycle, round)
            .Where(wish => SeatOf(cycle, wish) is { State: SeatState.Waiting })
            .TakeWhile(wish => wish.Person != reply.Person)
            .Count();
}

/// <summary>How a person stands.</summary>
/// <param name="Stands">In a word.</param>
/// <param name="Reply">What they replied, or null.</param>
/// <param name="Seat">What a turn decided on it, or null.</param>
/// <param name="Place">Their place on the wait-list, from 1, where they are on it.</param>
public sealed record Standing(Stands Stands, Replied? Reply = null, Seat? Seat = null, int Place = 0)
{
    public bool Wishes => Reply is { Comes: true };
}

public enum Stands
{
    /// <summary>They have not replied.</summary>
    Silent,

    NotThisTime,

    /// <summary>They wish to come; no turn has seen it yet.</summary>
    Recorded,

    HasSeat,

    Waiting,

    Offered,

    /// <summary>They let an offered seat pass.</summary>
    Lapsed,
}
