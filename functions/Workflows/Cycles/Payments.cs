using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>What somebody is paid for: a session that was held.</summary>
/// <param name="Person">Who.</param>
/// <param name="Role">As what they took part.</param>
/// <param name="PaidBy">Who pays, as people read it.</param>
/// <param name="SessionMinutes">How long the session took.</param>
/// <param name="PreparationMinutes">How long they prepared it.</param>
/// <param name="TrainingMinutes">How long they trained for it.</param>
/// <param name="ClaimBy">The last day to claim it, in the community.</param>
public sealed record PaidWork(PersonId Person, Role Role, string PaidBy, int SessionMinutes, int PreparationMinutes, int TrainingMinutes, LocalDate ClaimBy)
{
    public int Minutes => SessionMinutes + PreparationMinutes + TrainingMinutes;
}

/// <summary>Reads from a cycle who is paid for its session.</summary>
public static class PaymentReading
{
    /// <summary>Those who led, then those who were there and did not lead; nobody before the list is confirmed.</summary>
    public static IEnumerable<PaidWork> PaidWork(this Snapshot cycle)
    {
        if (cycle.Policy.Payment is not { } payment || cycle.List() is null || cycle.Session() is not { } session)
        {
            return [];
        }

        var (minutes, claimBy) = (cycle.Policy.Scheduling.SessionMinutes, session.LocalStart.Date.PlusDays(payment.ClaimDays));
        var (leading, attendees) = (cycle.Leading().ToList(), cycle.Attendees());
        var led = payment.FacilitatorsPaidBy is not { } theirs ? [] : leading
            .Select(person => new PaidWork(person, Role.Facilitator, theirs, minutes, payment.PreparationMinutes, payment.TrainingIsPaid ? cycle.TrainingMinutes(person) : 0, claimBy));
        var wereThere = payment.ParticipantsPaidBy is not { } others ? [] : attendees.Except(leading)
            .Select(person => new PaidWork(person, Role.Participant, others, minutes, 0, 0, claimBy));
        return led.Concat(wereThere);
    }

    private static int TrainingMinutes(this Snapshot cycle, PersonId facilitator) =>
        cycle.NewestOf<ModuleDone>(facilitator) is not { Done: true, IsElsewhere: false } did ? 0
        : did.IsRefresh ? cycle.Policy.FacilitatorTraining.RefreshMinutes
        : cycle.Policy.FacilitatorTraining.ModuleMinutes;
}
