using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Asks;

/// <summary>What people are asked, in words.</summary>
public static class AskWords
{
    /// <summary>"mark the dates, by Mon 8 Mar, 5:00 pm": what others are asked. A deadline that has passed is left out.</summary>
    public static string Of(AskKind ask, Instant? by, Instant now, string zone) => By(Words("Do", ask), by, now, zone);

    /// <summary>The same without a deadline.</summary>
    public static string InFull(AskKind ask) => Words("Do", ask);

    /// <summary>The same to the one who is asked: "mark the dates that you can make, by …".</summary>
    public static string ToThem(AskKind ask, Instant? by, Instant now, string zone) => By(Words("Own", ask), by, now, zone);

    /// <summary>The same where a part of it is done: what is left, to those who are asked and to others.</summary>
    public static string OfPerson(OpenAsk ask, Snapshot cycle, Instant now) => Left(ask.For, cycle, ask.Person) is { } left
        ? By(left, ask.By, now, cycle.KickOff.Zone)
        : Of(ask.For, ask.By, now, cycle.KickOff.Zone);

    /// <inheritdoc cref="OfPerson"/>
    public static string ToThem(AskKind ask, Visit visit)
    {
        var by = ask.Deadline(visit.Cycle, visit.Person.Id, visit.Now);
        return Left(ask, visit.Cycle, visit.Person.Id) is { } left
            ? By(left, by, visit.Now, visit.Zone)
            : ToThem(ask, by, visit.Now, visit.Zone);
    }

    /// <summary>"dates": what is recorded for others.</summary>
    public static string InAWord(AskKind ask) => Words("Short", ask);

    /// <summary>The same of all that is asked; the stage, where nothing is recorded for others.</summary>
    public static string InShort(AskKind ask) => Find("Short", ask) ?? Say.Stage(ask.Stage);

    /// <summary>Where nothing is asked now: "nothing until Tue 25 May, 6:00 pm: the session".</summary>
    public static string Nothing(NextSteps next) => next.Later is { At: { } at } later
        ? Say.Text(AskTexts.NothingUntil, Say.ShortTime(at, next.Zone), later.Kind.Length == 0 ? AskTexts.TheSession : Words("Do", new AskKind(later.Stage, later.Kind)))
        : AskTexts.NothingNow;

    /// <summary>Of leading, training and disclosing; no other ask has parts.</summary>
    private static string? Left(AskKind ask, Snapshot cycle, PersonId person) =>
        ask == new AskKind(StageIds.FacilitatorTraining, FacilitatorTrainingPlan.Ask) ? TrainingWords.Left(cycle, person) : null;

    private static string By(string what, Instant? by, Instant now, string zone) =>
        by > now ? Say.Text(AskTexts.By, what, Say.ShortTime(by.Value, zone)) : what;

    private static string Words(string name, AskKind ask) => Find(name, ask)!;

    private static string? Find(string name, AskKind ask) =>
        AskTexts.ResourceManager.GetString($"{name}_{ask.Stage}_{ask.Kind}".Replace('-', '_'), AskTexts.Culture);
}
