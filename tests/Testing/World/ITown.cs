using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Testing;

/// <summary>What somebody is going to do.</summary>
public sealed record Deed(string Name, PersonId Person, Instant Due, Func<AtForm, Task> Do);

/// <summary>The people around the product: they submit its first form, and act on the mails that come.</summary>
public interface ITown
{
    /// <summary>The cycle that its form starts.</summary>
    CycleId Cycle { get; }

    Instant? NextDeed { get; }

    bool Bounces(string address);

    /// <summary>The coordinator submits the form; again where it did not answer.</summary>
    Task KickOff(Incarnation product);

    /// <summary>Opens the mails that came since, and knows whose did not.</summary>
    void Read(MailProvider provider);

    /// <summary>A deed that is due and not under way.</summary>
    Deed? Due(Instant now, Deed? underWay = null);

    /// <summary>It is done: its page has answered.</summary>
    void Done(Deed deed);

    /// <summary>A text or key with people's names in place of their ids, which differ from run to run.</summary>
    string InNames(string text);
}
