using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>
/// Who is on the confirmed list, or led, is sent a certificate, and once more when the session's id comes, their name is corrected or it
/// is said otherwise whether the session is accredited. It goes out with the survey's ask, in one mail, but not before the accreditation that it states is settled: until then
/// the coordinator is asked about that. No ceiling holds it back: it was promised.
/// </summary>
internal static class CertificatesPlan
{
    /// <summary>Of the occasion of a message that tells of a corrected name, the part before its number.</summary>
    public const string CorrectedName = "name-";

    /// <summary>The same of one that tells whether the session is accredited.</summary>
    public const string Credits = "credits-";

    public static StagePlan Plan(StageRound round) =>
        !round.Snapshot.CertificateHolders().Any() ? new StagePlan()
        : round.Snapshot.OpenAccreditation() is not null ? AskForAccreditation(round)
        : new StagePlan { Messages = [.. round.Snapshot.CertificateHolders().SelectMany(person => ToSend(round, person))] };

    /// <summary>Since the list was confirmed; anew each time that it was said since that the accreditation is open after all.</summary>
    private static StagePlan AskForAccreditation(StageRound round)
    {
        var (since, cause) = (round.Outcome<AttendanceConfirmed>()!.At, "");
        var task = round.Snapshot.Preparations().Single(task => task.Asked.Task.Id == PartnerTask.Accreditation);
        if (task.Told?.At > since)
        {
            (since, cause) = (task.Told.At, FormattableString.Invariant($"open-{task.Told.At.ToUnixTimeSeconds()}"));
        }

        var asks = new[] { round.Snapshot.Coordinator, task.Asked.Person }.Distinct()
            .SelectMany(person => round.Ladder(AttendancePlan.AccreditationMissing, person, round.Policy.Decisions, since, cause));
        return new StagePlan { Messages = [.. asks], WaitingFor = [round.Snapshot.Coordinator] };
    }

    /// <summary>Who was taken off the list, and put on again, is told again.</summary>
    private static IEnumerable<WantedMessage> ToSend(StageRound round, PersonId person)
    {
        var listed = round.Snapshot.FirstListOf(person) ?? round.Answers<AttendanceListed>().MinBy(first => first.Number)!;
        var first = new WantedMessage(round.Key(AttendancePlan.Certificate, person, FormattableString.Invariant($"list-{listed.Number}")), SentFrom(round, listed));
        return [first, .. round.Snapshot.IssuedOf(first.Key) is { Withdrawn: null } issued ? Reissues(round, issued) : []];
    }

    /// <summary>The session's id came after it, or what it states was corrected after it had gone out: the newest of each.</summary>
    private static IEnumerable<WantedMessage> Reissues(StageRound round, Issued issued)
    {
        var person = issued.Key.Person;
        WantedMessage Anew(FormattableString cause, Instant since) =>
            new(round.Key(AttendancePlan.CertificateReissued, person, FormattableString.Invariant(cause)), since);
        if (round.Snapshot.Accredited() is not null && round.Snapshot.SessionId() is { } told && issued.At < told.At)
        {
            yield return Anew($"id-{told.Number}", told.At);
        }

        if (round.Snapshot.Find<NameCorrected>(NameCorrected.RowOf(person)) is { } corrected && issued.Accepted < corrected.At)
        {
            yield return Anew($"{CorrectedName}{corrected.Number}", corrected.At);
        }

        if (round.Snapshot.ToldOf(PartnerTask.Accreditation)?.Turned is { IsEmpty: false } turned && Anew($"{Credits}{turned.Count}", turned[^1]) is var credits
            && StatesOtherwise(round, credits.Key, turned))
        {
            yield return credits;
        }
    }

    /// <summary>Whether the last certificate that reached somebody by mail states otherwise than is so now whether the session is accredited.</summary>
    private static bool StatesOtherwise(StageRound round, MessageKey corrects, IEnumerable<Instant> turned)
    {
        var last = round.Snapshot.IssuedTo(round.Stage, corrects.Person)
            .Where(issued => issued.Key.Kind is AttendancePlan.Certificate or AttendancePlan.CertificateReissued && issued.Key != corrects)
            .Max(issued => issued.Accepted);
        return int.IsOddInteger(turned.Count(at => last < at));
    }

    /// <summary>When the survey asks them, too: not before the hour at which asks go out.</summary>
    private static Instant SentFrom(StageRound round, AttendanceListed listed)
    {
        var start = Instant.Max(round.Outcome<AttendanceConfirmed>()!.At, listed.At);
        return Instant.Max(start, round.OnDay(start, 0, round.Policy.AsksAt));
    }
}
