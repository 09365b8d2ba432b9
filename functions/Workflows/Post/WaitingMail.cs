using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>Mail that is to go out and has to wait, as a coordinator is told.</summary>
/// <param name="People">For how many people.</param>
/// <param name="Since">Since when the first of it waits.</param>
/// <param name="Next">When the next of it can go out.</param>
/// <param name="OutBy">When the last of it is out, if the provider takes it; null where it takes as many as there are.</param>
/// <param name="Failing">That the provider takes nothing; null where it does.</param>
public sealed record WaitingMail(int People, Instant Since, Instant Next, Instant? OutBy, Failing? Failing);

/// <summary>Says how much mail waits.</summary>
public sealed class WaitingMails(DuePeople duePeople, Pacing pacing)
{
    /// <summary>Mail is under way that long in any case.</summary>
    private static readonly Duration NewsFrom = Duration.FromMinutes(1);

    /// <returns>Null where mail goes out as it comes in.</returns>
    public async Task<WaitingMail?> Find(string zone, Instant now, CancellationToken cancel = default)
    {
        var pace = await pacing.Find(cancel);
        var ready = await duePeople.Ready(now, cancel);
        var since = ready.Select(row => row.Due <= now ? row.Due : pace.Failing?.Since ?? now).DefaultIfEmpty(now).Min();
        if (since + NewsFrom > now)
        {
            return null;
        }

        var people = ready.Select(row => row.Person).Distinct().Count();
        var quota = pacing.Quota.For(ready.Max(row => row.Haste ?? Haste.AtOnce));
        Instant? outBy = quota.IsLimited ? pace.OutBy(people, quota, new WorkingHours(zone).Next, now) : null;
        var next = pace.OpensAt(pacing.Quota, Instant.Max(now, ready.Min(row => row.Due)));
        return new WaitingMail(people, since, next, outBy, pace.Failing);
    }
}
