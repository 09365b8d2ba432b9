using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Participants reply and get seats; after the session a facilitator confirms who was there, or the coordinator does.</summary>
public sealed class AttendancePlan : IStage
{
    public const string Ask = "ask";
    public const string Register = "register";
    public const string HasSeat = "seat";
    public const string Waiting = "waiting";
    public const string MovedUp = "moved-up";
    public const string Offer = "offer";
    public const string Nudge = "nudge";
    public const string Headcount = "headcount";
    public const string GoOrNot = "go-or-not";
    public const string Postponed = "postponed";
    public const string Prepare = "prepare";
    public const string ConfirmList = "confirm-list";
    public const string Place = "place";
    public const string Moved = "moved";
    public const string Cancelled = "cancelled";
    public const string Certificate = "certificate";
    public const string CertificateReissued = "certificate-reissued";
    public const string AccreditationMissing = "accreditation-missing";

    public StageId Id => StageIds.Attendance;

    public ImmutableList<string> Kinds { get; } =
    [
        Ask, Register, HasSeat, Waiting, MovedUp, Offer, Nudge, Headcount, GoOrNot, Postponed, Prepare, ConfirmList, Cancelled, Place, Certificate,
        CertificateReissued, AccreditationMissing, Moved,
    ];

    public StagePlan Plan(StageRound round) =>
        round.Outcome<AttendanceConfirmed>() is not null ? CertificatesPlan.Plan(round)
        : round.Outcome<SessionPostponed>() is { } postponed ? PostponePlan.Plan(round, postponed)
        : round.Answers<GoDecided>().Any(decided => decided.Decision == GoDecision.Postpone) ? PostponePlan.Postpone(round)
        : round.Answers<AttendanceListed>().Any() ? StagePlan.Outcome(new AttendanceConfirmed(Id, round.Number, round.Now))
        : Gather(round, round.Snapshot.Session()!);

    /// <summary>Certificates were promised, and go out at once.</summary>
    public StagePlan Stop(StageRound round, CycleStopped stopped) => round.Outcome<AttendanceConfirmed>() is null ? new StagePlan() : new StagePlan
    {
        Messages = [.. CertificatesPlan.Plan(round).Messages.Select(message => message with { Due = Instant.Min(message.Due, Instant.Max(stopped.At, round.Now)) })],
    };

    private static StagePlan Gather(StageRound round, Session session)
    {
        var seats = SeatsPlan.Plan(round, session);
        var decided = seats.Facts.OfType<Seat>().ToList();
        var moved = MovedPlan.Tell(round, session, [.. decided.Select(seat => seat.Person)]).ToList();
        var participants = Merge(InvitationsPlan.Plan(round, session), seats, Placed(round, seats.Messages.Concat(moved)), NudgesPlan.Plan(round, session));
        var kept = participants with { Messages = [.. MailCeiling.Keep(round, participants.Messages)] };
        var seated = decided.Where(seat => seat.IsHeld()).Select(seat => seat.Person).ToHashSet();
        var told = new StagePlan { Messages = [.. ReleasePlan.Releases(round, seated), .. moved] };
        var repliesClose = InvitationsPlan.RepliesClose(round, session);
        var headcount = HeadcountPlan.Plan(round, session, repliesClose, isSettled: seats.Facts.IsEmpty);
        return Merge(kept, told, RegistrationPlan.Plan(round, session, repliesClose), headcount, ListPlan.Plan(round, session));
    }

    /// <summary>Those who chose the date hear of its place from scheduling, those who get a seat or another date now with that.</summary>
    private static StagePlan Placed(StageRound round, IEnumerable<WantedMessage> others)
    {
        var cycle = round.Snapshot;
        var told = others.Where(message => message.Calendar is not null && cycle.IssuedOf(message.Key) is null).Select(message => message.Key.Person);
        return new() { Messages = [.. PlaceChanges.Tell(round, Place, cycle.Members(Role.Participant).Except(cycle.Choosers()).Except(told))] };
    }

    private static StagePlan Merge(params ReadOnlySpan<StagePlan> parts)
    {
        var merged = new StagePlan();
        foreach (var part in parts)
        {
            merged = merged with
            {
                Facts = merged.Facts.AddRange(part.Facts),
                Messages = merged.Messages.AddRange(part.Messages),
                WaitingFor = merged.WaitingFor.AddRange(part.WaitingFor),
                Wakes = merged.Wakes.AddRange(part.Wakes),
            };
        }

        return merged;
    }
}
