using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>A message that waits and is wanted.</summary>
/// <param name="Message">Which.</param>
/// <param name="Haste">How pressing it is.</param>
/// <param name="IsCoordinators">Whether it is for the community's coordinator; those of no stage are.</param>
public sealed record WaitingMessage(PostMessage Message, Haste Haste, bool IsCoordinators);

/// <summary>When what waits for a person goes out, and in how many mails. See docs/decisions/0011-when-a-mail-goes-out.md.</summary>
public static class MailTimes
{
    /// <summary>So many fit one mail with room to spare (64 KiB a property); the next ones are another mail.</summary>
    private const int MessagesPerMail = 10;

    /// <param name="zone">The person's.</param>
    /// <param name="waiting">What waits for them.</param>
    /// <param name="hadMailToday">Whether their one mail of the local day is made.</param>
    /// <param name="now">When.</param>
    public static Sorted Of(string zone, IReadOnlyCollection<WaitingMessage> waiting, bool hadMailToday, Instant now)
    {
        var atOnce = waiting.Where(one => one.Haste == Haste.AtOnce).Select(one => new SortedMail(Haste.AtOnce, [one.Message]));
        var rest = waiting.Where(one => one.Haste != Haste.AtOnce).OrderBy(one => one.Haste).ThenBy(one => one.Message.Due).ToList();
        var opens = rest.Count == 0 ? (Instant?)null : Opens(zone, rest, hadMailToday, now);
        var folded = rest.Select(one => one.Message).Chunk(MessagesPerMail).Select(mail => new SortedMail(rest[0].Haste, mail));
        var next = opens > now ? opens : null;
        return new Sorted([.. atOnce, .. next is null ? folded : []], next);
    }

    /// <summary>In working hours; a coordinator's in the morning only: all that came in the day before.</summary>
    public static Instant Of(string zone, Instant due, Haste haste, bool isCoordinators)
    {
        var hours = new WorkingHours(zone);
        return haste == Haste.AtOnce ? due : isCoordinators ? hours.NextMorning(due) : hours.Next(due);
    }

    /// <summary>Once a day.</summary>
    private static Instant Opens(string zone, List<WaitingMessage> rest, bool hadMailToday, Instant now)
    {
        var hours = new WorkingHours(zone);
        var first = rest.Min(one => Of(zone, one.Message.Due, one.Haste, one.IsCoordinators));
        return hadMailToday ? hours.MorningAfter(now) : hours.Next(Instant.Max(first, now));
    }
}
