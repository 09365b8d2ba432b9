using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Reads from a cycle who has a certificate.</summary>
public static class Certificate
{
    /// <summary>Those who led, and those who were there as the list that counts says; nobody before it is confirmed.</summary>
    public static IEnumerable<PersonId> Holders(Snapshot cycle) => cycle.List() is null ? [] : cycle.Leading().Concat(cycle.Attendees()).Distinct();

    public static bool IsHeld(Snapshot cycle, PersonId person) => cycle.KickOff.Accreditation is not null && Holders(cycle).Contains(person);

    /// <summary>As what somebody has it: who led, and is on the list too, led.</summary>
    public static Role RoleOf(Snapshot cycle, PersonId person) => cycle.Leading().Contains(person) ? Role.Facilitator : Role.Participant;
}
