using Cohesion.Workflows.Testing.Stories;
using NodaTime;

namespace Cohesion.Workflows.AzureHost.Tests.Walk;

/// <summary>Both walk, sweep and send at the same time; people are at the first.</summary>
internal sealed class Both(Installation one, Installation other) : IStoryHost
{
    public Task StepTo(Instant instant) => Task.WhenAll(one.StepTo(instant), other.StepTo(instant));

    /// <summary>Mails go out as time passes: one that goes at once is not to slip in between two acts of a person, as it does on neither alone.</summary>
    public async Task Act(Func<Task> act)
    {
        await one.Act(act);
        await other.Sweep();
        await other.UntilNothingIsDue();
    }
}
