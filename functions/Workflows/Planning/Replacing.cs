using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>
/// What follows where somebody takes another's place. Who joins is asked what the role is asked; what the other answered counts no more.
/// Facilitators are replaced until the session begins.
/// </summary>
public static class Replacing
{
    public static ImmutableList<Role> Roles { get; } = [Role.Facilitator, Role.DivisionLead, Role.Coach];

    /// <summary>Whether somebody of a role can be replaced now.</summary>
    public static bool IsPossible(Snapshot cycle, Role role, Instant now) => Roles.Contains(role) && (role != Role.Facilitator || Facilitating.IsPossible(cycle, now));

    internal static ImmutableList<Fact>? Follows(Snapshot cycle, ReplaceMember replace, PersonId by, Instant now)
    {
        var (role, leaves, joins) = (replace.Role, replace.Leaves, replace.Joins);
        if (!IsPossible(cycle, role, now) || !cycle.HasRole(role, leaves) || !Facilitating.CanJoin(cycle, role, joins, now) || (replace.IsTrained && !(role == Role.Facilitator && Facilitating.CanVouch(cycle))))
        {
            return null;
        }

        ImmutableList<Fact> changes =
        [
            Facilitating.Leaves(cycle, role, leaves, now),
            .. role == Role.Facilitator ? Facilitating.Joins(cycle, joins, replace.IsTrained, by, now) : [new Member(role, joins, now, by)],
        ];
        return [.. changes, .. role == Role.Facilitator ? Facilitating.Reopened(cycle, changes, now) : []];
    }

    /// <summary>Whether somebody who has left has another in their place.</summary>
    public static bool IsReplaced(Snapshot cycle, PersonId person) =>
        cycle.Adaptations().FindLast(adapted => (adapted.What as ReplaceMember)?.Leaves == person || (adapted.What as RemoveFacilitator)?.Person == person) is { What: ReplaceMember };

    /// <summary>
    /// Who was replaced and had heard of the session is told once: in the mail that takes it out of their calendar where it is in it, else
    /// here. Not who has another role still.
    /// </summary>
    public static IEnumerable<MemberLeft> ToTell(Snapshot cycle, Instant now) => cycle.All<MemberLeft>()
        .Where(left => Roles.Contains(left.Role) && !cycle.All<Member>().Any(member => member.Person == left.Person && cycle.HasRole(member.Role, member.Person)))
        .Where(left => !IsToldByTheCalendar(cycle, left, now) && cycle.IssuedTo(left.Person).Any(issued => issued.Accepted <= left.At));

    private static bool IsToldByTheCalendar(Snapshot cycle, MemberLeft left, Instant now) =>
        cycle.IssuedTo(left.Person).Any(issued => issued is { Calendar.IsCancelled: true, Withdrawn: null } && issued.At >= left.At)
        || (cycle.InCalendar(left.Person) is not null && !(cycle.Session()?.Starts <= now));
}
