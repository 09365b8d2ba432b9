using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Adaptations;

/// <summary>An adaptation as the fields of a form or a link.</summary>
public static class AdaptFields
{
    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static IReadOnlyList<(string Name, string Value)> Of(Adaptation what) => what switch
    {
        MoveSession move => [("what", "move"), ("starts", Local.Format(move.Starts))],
        PostponeSession => [("what", "postpone")],
        SetDeadline deadline => [("what", "deadline"), ("stage", deadline.Stage.Value), ("at", Local.Format(deadline.At))],
        ChangeCaseStudy change => [("what", "case-study"), ("case-study", change.CaseStudy)],
        SetCapacity capacity => [("what", "capacity"), ("seats", capacity.Seats?.ToString(CultureInfo.InvariantCulture) ?? "")],
        RemoveParticipant remove => [("what", "remove"), ("person", remove.Person.Value)],
        InviteAgain again => [("what", "invite-again"), ("person", again.Person.Value)],
        EndCycle => [("what", "end")],
        PauseCycle => [("what", "pause")],
        ReplaceMember replace => [("what", "replace"), ("leaves", $"{replace.Role.Id()}.{replace.Leaves}"), ("joins", replace.Joins.Value), .. Trained(replace.IsTrained)],
        AddFacilitator add => [("what", "add-facilitator"), ("joins", add.Person.Value), .. Trained(add.IsTrained)],
        RemoveFacilitator remove => [("what", "remove-facilitator"), ("person", remove.Person.Value)],
        GoBack back => [("what", "back"), ("stage", back.Stage.Value)],
        ResumeCycle => [("what", "resume")],
        SetPolicy set => [("what", "policy"), ("path", set.Path), ("value", set.Value)],
        AdoptProgramme adopt => [("what", "adopt"), ("version", adopt.Version.ToString(CultureInfo.InvariantCulture))],
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    /// <summary>"?what=back&amp;stage=facilitator-training".</summary>
    public static string Query(Adaptation what) =>
        QueryString.Create(Of(what).Select(field => KeyValuePair.Create<string, string?>(field.Name, field.Value))).ToString();

    /// <summary>The version of the programme that is to be adopted; null where that is not what was chosen.</summary>
    public static int? Version(Func<string, StringValues> field) =>
        field("what") == "adopt" && int.TryParse(field("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>Null where nothing is chosen, or a field cannot be read.</summary>
    public static Adaptation? Read(Func<string, StringValues> field) => field("what").ToString() switch
    {
        "move" when Time(field("starts")) is { } starts => new MoveSession(starts),
        "postpone" => new PostponeSession(),
        "deadline" when Time(field("at")) is { } at && IdText.IsId(field("stage").ToString()) => new SetDeadline(StageId.From(field("stage").ToString()), at),
        "case-study" when field("case-study") is [{ Length: > 0 } id] => new ChangeCaseStudy(id),
        "capacity" when field("seats").ToString() is "" => new SetCapacity(null),
        "capacity" when int.TryParse(field("seats"), NumberStyles.None, CultureInfo.InvariantCulture, out var seats) => new SetCapacity(seats),
        "remove" when IdText.IsId(field("person").ToString()) => new RemoveParticipant(PersonId.From(field("person").ToString())),
        "invite-again" when IdText.IsId(field("person").ToString()) => new InviteAgain(PersonId.From(field("person").ToString())),
        "end" => new EndCycle(),
        "replace" when Place(field("leaves")) is { } place && IdText.IsId(field("joins").ToString()) =>
            new ReplaceMember(place.Role, place.Person, PersonId.From(field("joins").ToString()), place.Role == Role.Facilitator && IsTrained(field)),
        "add-facilitator" when IdText.IsId(field("joins").ToString()) => new AddFacilitator(PersonId.From(field("joins").ToString()), IsTrained(field)),
        "remove-facilitator" when IdText.IsId(field("person").ToString()) => new RemoveFacilitator(PersonId.From(field("person").ToString())),
        "back" when IdText.IsId(field("stage").ToString()) => new GoBack(StageId.From(field("stage").ToString())),
        "pause" => new PauseCycle(),
        "resume" => new ResumeCycle(),
        "policy" when PolicyWords.Of(field("path").ToString()) is not null => new SetPolicy(field("path").ToString(), field("value").ToString().Trim()),
        _ => null,
    };

    /// <summary>"coach.a1b2": whose place, as what.</summary>
    private static (Role Role, PersonId Person)? Place(StringValues text) =>
        text.ToString().Split('.') is [var role, var person] && IdText.IsId(person) && Replacing.Roles.Exists(one => one.Id() == role)
            ? (Replacing.Roles.Find(one => one.Id() == role), PersonId.From(person))
            : null;

    private static IEnumerable<(string Name, string Value)> Trained(bool isTrained) => isTrained ? [("trained", "yes")] : [];

    private static bool IsTrained(Func<string, StringValues> field) => field("trained") == "yes";

    public static bool IsTime(string text) => Time(text) is not null;

    /// <summary>Other years are slips of the hand, and some no instant can hold.</summary>
    private static LocalDateTime? Time(StringValues text) =>
        Local.Parse(text.ToString()) is { Success: true, Value: { Year: >= 2000 and <= 2199 } value } ? value : null;
}
