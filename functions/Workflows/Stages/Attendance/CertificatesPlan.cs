using System.Diagnostics.CodeAnalysis;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>
/// Who is on the confirmed list, or led, is sent a certificate, and once more when the session's id comes afterwards. It goes out
/// with the survey's ask, in one mail, but not before the accreditation that it states is done or waived: until then the coordinator is
/// asked about that. No ceiling holds it back: it was promised.
/// </summary>
internal static class CertificatesPlan
{
    public static StagePlan Plan(StageRound round) =>
        !round.Snapshot.CertificateHolders().Any() ? new StagePlan()
        : round.Snapshot.OpenAccreditation() is not null ? AskForAccreditation(round)
        : new StagePlan { Messages = [.. round.Snapshot.CertificateHolders().SelectMany(person => ToSend(round, person))] };

    private static StagePlan AskForAccreditation(StageRound round) => new()
    {
        Messages = [.. round.AskCoordinator(AttendancePlan.AccreditationMissing, round.Outcome<AttendanceConfirmed>()!.At)],
        WaitingFor = [round.Snapshot.Coordinator],
    };

    /// <summary>Who was taken off the list, and put on again, is told again.</summary>
    private static IEnumerable<WantedMessage> ToSend(StageRound round, PersonId person)
    {
        var listed = round.Snapshot.FirstListOf(person) ?? round.Answers<AttendanceListed>().MinBy(first => first.Number)!;
        var first = new WantedMessage(round.Key(AttendancePlan.Certificate, person, FormattableString.Invariant($"list-{listed.Number}")), SentFrom(round, listed));
        return IsReissued(round, first, out var told)
            ? [first, new WantedMessage(round.Key(AttendancePlan.CertificateReissued, person, FormattableString.Invariant($"id-{told.Number}")), told.At)]
            : [first];
    }

    /// <summary>When the survey asks them, too: not before the hour at which asks go out.</summary>
    private static Instant SentFrom(StageRound round, AttendanceListed listed)
    {
        var start = Instant.Max(round.Outcome<AttendanceConfirmed>()!.At, listed.At);
        return Instant.Max(start, round.OnDay(start, 0, round.Policy.AsksAt));
    }

    private static bool IsReissued(StageRound round, WantedMessage first, [NotNullWhen(true)] out SessionIdTold? told)
    {
        told = round.Snapshot.SessionId();
        return told is not null && round.Snapshot.IssuedOf(first.Key) is { Withdrawn: null } issued && issued.At < told.At;
    }
}
