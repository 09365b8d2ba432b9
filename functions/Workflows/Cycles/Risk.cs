using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>Something that may keep a session from being what it should be, while there is still time to act.</summary>
/// <param name="Kind">What.</param>
/// <param name="From">From when on it is one.</param>
/// <param name="Until">Until when; null while nobody knows.</param>
/// <param name="Count">How many: those expected to come, those not trained yet, those whose mail came back.</param>
/// <param name="Of">How many there should be, where that counts.</param>
public sealed record Risk(RiskKind Kind, Instant From, Instant? Until = null, int Count = 0, int Of = 0)
{
    public bool IsAt(Instant now) => From <= now && !(Until <= now);
}

public enum RiskKind
{
    /// <summary>Its turns failed, and nobody has said yet to try again. No cycle knows that of itself.</summary>
    Stopped,

    /// <summary>Of those who have a seat too few will come, as experience says.</summary>
    FewExpected,

    /// <summary>The facilitators are not trained by the day that they should be.</summary>
    TrainingLate,

    /// <summary>The session is near, and nobody knows where it is.</summary>
    NoPlace,

    /// <summary>Somebody's mail came back.</summary>
    MailCameBack,
}
