using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Asks;

/// <summary>What people are asked, in words.</summary>
public static class AskWords
{
    /// <summary>"mark the dates, by Mon 8 Mar, 5:00 pm": what others are asked. A deadline that has passed is left out.</summary>
    public static string Of(AskKind ask, Instant? by, Instant now, string zone) => By(Words("Do", ask), by, now, zone);

    /// <summary>The same to the one who is asked: "mark the dates that you can make, by …".</summary>
    public static string ToThem(AskKind ask, Instant? by, Instant now, string zone) => By(Words("Own", ask), by, now, zone);

    /// <summary>"dates": what is recorded for others.</summary>
    public static string InAWord(AskKind ask) => Words("Short", ask);

    /// <summary>Where nothing is asked now: "nothing until Tue 25 May, 6:00 pm: the session".</summary>
    public static string Nothing(NextSteps next) => next.Later is { At: { } at } later
        ? Say.Text(AskTexts.NothingUntil, Say.ShortTime(at, next.Zone), later.Kind.Length == 0 ? AskTexts.TheSession : Words("Do", new AskKind(later.Stage, later.Kind)))
        : AskTexts.NothingNow;

    private static string By(string what, Instant? by, Instant now, string zone) =>
        by > now ? Say.Text(AskTexts.By, what, Say.ShortTime(by.Value, zone)) : what;

    private static string Words(string name, AskKind ask) =>
        AskTexts.ResourceManager.GetString($"{name}_{ask.Stage}_{ask.Kind}".Replace('-', '_'), AskTexts.Culture)!;
}
