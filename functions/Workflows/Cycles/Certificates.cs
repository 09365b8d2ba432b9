namespace Cohesion.Workflows.Cycles;

/// <summary>Reads from a cycle who has a certificate, and what it waits for.</summary>
public static class Certificates
{
    /// <summary>Those who led, and those who were there as the list that counts says; nobody before it is confirmed.</summary>
    public static IEnumerable<PersonId> CertificateHolders(this Snapshot cycle) =>
        cycle.KickOff.Accreditation is null || cycle.List() is null ? [] : cycle.Leading().Concat(cycle.Attendees()).Distinct();

    /// <summary>As what somebody has it: who led, and is on the list too, led.</summary>
    public static Role CertificateRole(this Snapshot cycle, PersonId person) =>
        cycle.Leading().Contains(person) ? Role.Facilitator : Role.Participant;

    /// <summary>What the session earns people; null where the programme has no accreditation, or the session is not accredited.</summary>
    public static Accreditation? Accredited(this Snapshot cycle) =>
        cycle.Preparations().Any(task => task.State == PreparationState.NotAccredited) ? null : cycle.KickOff.Accreditation;

    /// <summary>
    /// The accreditation that a partner was asked for, and that is not settled: certificates state it, so all wait for it. Null
    /// where there is nothing to wait for: nobody was asked, as it was done or not needed when the community started; or all has ended, as
    /// could be before certificates waited.
    /// </summary>
    public static PreparationAsked? OpenAccreditation(this Snapshot cycle) => cycle.KickOff.Accreditation is null || cycle.HasEnded ? null : cycle.Preparations()
        .SingleOrDefault(task => task.Asked.Task.Id == PartnerTask.Accreditation && task.State == PreparationState.Open)?.Asked;
}
