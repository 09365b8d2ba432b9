using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>The coordinator changed a cycle that runs. What follows of it is recorded in the same step.</summary>
/// <param name="Number">From 1, in the order of a cycle's adaptations.</param>
/// <param name="What">What was changed.</param>
/// <param name="Reason">Why, as typed.</param>
/// <param name="By">Who changed it.</param>
/// <param name="At">When.</param>
/// <param name="Back">What would take it back; null where nothing does.</param>
public sealed record Adapted(int Number, Adaptation What, string Reason, PersonId By, Instant At, Adaptation? Back = null) : Fact
{
    public override string Row() => RowOf(Number);

    public static string RowOf(int number) => RowFact.Of("adapted", number.ToString("0000", CultureInfo.InvariantCulture));
}

/// <summary>The policy that is in force since an adaptation, in place of the kick-off's.</summary>
/// <param name="Policy">All of it.</param>
/// <param name="At">Since when.</param>
/// <param name="ProgrammeVersion">Of which version of the programme; null for the kick-off's.</param>
public sealed record PolicyAdapted(Policy Policy, Instant At, int? ProgrammeVersion = null) : Fact
{
    public const string TheRow = "policy-adapted";

    public override string Row() => TheRow;
}

/// <summary>Somebody has a role no more. Who gets it again is a member from then on.</summary>
/// <param name="Role">The role.</param>
/// <param name="Person">Who.</param>
/// <param name="At">Since when.</param>
/// <param name="Number">How often they left it: part of message keys.</param>
public sealed record MemberLeft(Role Role, PersonId Person, Instant At, int Number = 1) : Fact
{
    public override string Row() => RowOf(Role, Person);

    public static string RowOf(Role role, PersonId person) => RowFact.Of("member-left", role.Id(), person);
}

/// <summary>The community has stopped before its end: nothing more is asked of anybody.</summary>
/// <param name="At">When.</param>
/// <param name="Told">Who is told, once.</param>
public sealed record CycleStopped(Instant At, ImmutableList<PersonId> Told) : Fact
{
    public const string TheRow = "stopped";

    public override string Row() => TheRow;
}

/// <summary>Something that a coordinator changes of a cycle that runs.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "what")]
[JsonDerivedType(typeof(MoveSession), "move-session")]
[JsonDerivedType(typeof(PostponeSession), "postpone-session")]
[JsonDerivedType(typeof(SetDeadline), "set-deadline")]
[JsonDerivedType(typeof(ChangeCaseStudy), "change-case-study")]
[JsonDerivedType(typeof(SetCapacity), "set-capacity")]
[JsonDerivedType(typeof(RemoveParticipant), "remove-participant")]
[JsonDerivedType(typeof(InviteAgain), "invite-again")]
[JsonDerivedType(typeof(SetPolicy), "set-policy")]
[JsonDerivedType(typeof(AdoptProgramme), "adopt-programme")]
[JsonDerivedType(typeof(EndCycle), "end-cycle")]
[JsonDerivedType(typeof(PauseCycle), "pause-cycle")]
[JsonDerivedType(typeof(ResumeCycle), "resume-cycle")]
[JsonDerivedType(typeof(ReplaceMember), "replace-member")]
[JsonDerivedType(typeof(AddFacilitator), "add-facilitator")]
[JsonDerivedType(typeof(RemoveFacilitator), "remove-facilitator")]
[JsonDerivedType(typeof(GoBack), "go-back")]
public abstract record Adaptation;

/// <param name="Starts">The session's new local start.</param>
public sealed record MoveSession(LocalDateTime Starts) : Adaptation;

/// <summary>The session loses its date, and another is looked for.</summary>
public sealed record PostponeSession : Adaptation;

/// <param name="Stage">An open stage.</param>
/// <param name="At">Its new deadline, as people are told it.</param>
public sealed record SetDeadline(StageId Stage, LocalDateTime At) : Adaptation;

public sealed record ChangeCaseStudy(string CaseStudy) : Adaptation;

/// <param name="Seats">How many there are; null for as many as are asked for.</param>
public sealed record SetCapacity(int? Seats) : Adaptation;

public sealed record RemoveParticipant(PersonId Person) : Adaptation;

/// <param name="Person">A participant who was taken off the list.</param>
public sealed record InviteAgain(PersonId Person) : Adaptation;

/// <summary>Any value of the policy.</summary>
/// <param name="Path">Which: see <see cref="PolicyValues"/>.</param>
/// <param name="Value">As typed; "" for none.</param>
public sealed record SetPolicy(string Path, string Value) : Adaptation;

/// <summary>The community stops. Nothing takes it back: people were told.</summary>
public sealed record EndCycle : Adaptation;

/// <summary>Nothing is asked for a while: see <see cref="Paused"/>.</summary>
public sealed record PauseCycle : Adaptation;

/// <summary>A cycle that was paused goes on.</summary>
public sealed record ResumeCycle : Adaptation;

/// <summary>Somebody takes another's place: the coach's, the Division lead's or a facilitator's.</summary>
/// <param name="Role">As what.</param>
/// <param name="Leaves">Whose place it was.</param>
/// <param name="Joins">Who takes it.</param>
/// <param name="IsTrained">Whether the coordinator vouches that a facilitator leads, and has trained elsewhere.</param>
public sealed record ReplaceMember(Role Role, PersonId Leaves, PersonId Joins, bool IsTrained = false) : Adaptation;

/// <summary>Somebody leads too.</summary>
/// <param name="Person">Who.</param>
/// <param name="IsTrained">Whether the coordinator vouches that they lead, and have trained elsewhere.</param>
public sealed record AddFacilitator(PersonId Person, bool IsTrained = false) : Adaptation;

/// <summary>Somebody leads no more, and nobody takes their place.</summary>
public sealed record RemoveFacilitator(PersonId Person) : Adaptation;

/// <summary>A stage opens again before the session; what people have told stands.</summary>
/// <param name="Stage">The choice of the case study, or the training.</param>
public sealed record GoBack(StageId Stage) : Adaptation;

/// <summary>The cycle runs on another version of its programme.</summary>
/// <param name="Version">Its number; 0 as delivered.</param>
/// <param name="Policy">Its policy as JSON, with what is the cycle's own.</param>
public sealed record AdoptProgramme(int Version, string Policy) : Adaptation;

/// <summary>What plans read of adaptations.</summary>
public static class AdaptationReading
{
    /// <summary>The adaptations of the cycle, in order.</summary>
    public static ImmutableList<Adapted> Adaptations(this Snapshot cycle) => [.. cycle.All<Adapted>().OrderBy(adapted => adapted.Number)];

    /// <summary>That the community has stopped before its end; null where it has not.</summary>
    public static CycleStopped? Stopped(this Snapshot cycle) => cycle.Find<CycleStopped>(CycleStopped.TheRow);

    /// <summary>Whether it stopped before its session began, or without one: then there is none.</summary>
    public static bool IsOff(this Snapshot cycle) => cycle.Stopped() is { } stopped && !(cycle.Session()?.Starts <= stopped.At);

    /// <summary>The most seats that there ever were.</summary>
    public static int MostSeats(this Snapshot cycle) => cycle.Adaptations()
        .Select(adapted => adapted.What switch
        {
            SetCapacity set => set.Seats ?? int.MaxValue,
            SetPolicy { Path: "attendance.capacity", Value: var seats } => seats.Length == 0 ? int.MaxValue : int.Parse(seats, CultureInfo.InvariantCulture),
            AdoptProgramme adopt => Json.Read<Policy>(adopt.Policy).Attendance.Capacity ?? int.MaxValue,
            _ => 0,
        })
        .Append(cycle.KickOff.Policy.Attendance.Capacity ?? int.MaxValue)
        .Append(cycle.Policy.Attendance.Capacity ?? int.MaxValue)
        .Max();

    /// <summary>When the session of an attendance round was moved, in order.</summary>
    public static ImmutableList<Instant> Moves(this Snapshot cycle, StageOpened attendance) =>
        [.. cycle.Adaptations().Where(adapted => adapted.What is MoveSession && adapted.At >= attendance.At).Select(adapted => adapted.At)];

    /// <summary>Part of the occasion of what is said again when the session has moved: "m1-"; "" before.</summary>
    public static string MoveOccasion(this Snapshot cycle, StageOpened attendance) =>
        cycle.Moves(attendance) is { Count: > 0 and var moves } ? FormattableString.Invariant($"m{moves}-") : "";
}
