using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Who has the session in their calendar and no seat any more: told in the mail that takes it out.</summary>
internal static class ReleasePlan
{
    /// <param name="round">The round.</param>
    /// <param name="seated">Who gets a seat in this very turn, told or not: they took their yes back and said it again.</param>
    public static IEnumerable<WantedMessage> Releases(StageRound round, HashSet<PersonId> seated) =>
        round.Snapshot.All<Member>()
            .Where(member => member.Role == Role.Participant)
            .Select(member => member.Person)
            .Except(seated)
            .Select(person => round.Snapshot.PutInCalendar(round.Stage, person))
            .OfType<Issued>()
            .Where(put => round.Snapshot.IsToBeTakenOut(put, round.Now))
            .Select(put => TakesOut(round, put))
            .Where(message => round.Snapshot.HasToTakeOut(message.Key));

    /// <summary>They gave their seat back, or else the session was postponed.</summary>
    private static WantedMessage TakesOut(StageRound round, Issued put)
    {
        var (cycle, entry) = (round.Snapshot, round.Snapshot.Shown(put) with { IsCancelled = true, IsChange = false });
        var gaveBack = cycle.TakesOut(put.Key with { Kind = AttendancePlan.Cancelled });
        return cycle.IssuedOf(gaveBack) is null && PostponePlan.Find(cycle, entry.Starts) is { } postponed
            ? new WantedMessage(cycle.TakesOut(PostponePlan.Key(round, postponed, put.Key.Person)), postponed.At, entry)
            : new WantedMessage(gaveBack, put.At, entry);
    }
}
