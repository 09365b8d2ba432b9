using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Stages;

/// <summary>What the letter writers of all stages share.</summary>
public abstract class StageLetters(StageId stage) : ILetterWriter
{
    public string Stage => stage.Value;

    public virtual bool GoesAlone(MessageKey key) => false;

    public async Task<Letter> Write(MessageKey key, LetterContext context, CancellationToken cancel) => key.Kind == StageRound.DeadlineMoved
        ? DeadlineMoved(context)
        : await WriteOwn(key, context, cancel);

    protected abstract Task<Letter> WriteOwn(MessageKey key, LetterContext context, CancellationToken cancel);

    /// <summary>A letter about the cycle's community, greeting its reader.</summary>
    protected static Letter About(LetterContext context, string subject, IEnumerable<string> paragraphs, params LetterButton[] buttons) => new(
        Say.Subject(context.TheCycle.KickOff.Community, subject),
        [Say.Text(StageTexts.Hello, context.Reader.Name), .. paragraphs.Where(paragraph => paragraph.Length > 0)],
        [.. buttons]);

    protected static LetterButton ToCycle(LetterContext context, string label) => new(label, context.Links.ToCycle(context.TheCycle.Cycle));

    protected static LetterButton ToAsk(LetterContext context, string page, Role role, string label) =>
        new(label, context.Links.ToAsk(page, context.Reader, context.TheCycle.Cycle, role, context.Now));

    protected static Uri ToParticipants(LetterContext context, string page) =>
        context.Links.ToAsk(page, context.Reader, context.TheCycle.Cycle, Role.Participant, context.Now);

    /// <summary>When the round's deadline is, as it was told; "" before it was.</summary>
    protected string Deadline(LetterContext context) => DeadlineOf(context.TheCycle) is { } deadline
        ? Say.ShortTime(deadline, context.TheCycle.KickOff.Zone)
        : "";

    /// <summary>"This is the last reminder." for the last rung of a ladder, else nothing.</summary>
    protected static string LastReminder(MessageKey key, IEnumerable<Rung> ladder) =>
        key.Occasion.EndsWith("-" + ladder.Last().Id, StringComparison.Ordinal) ? StageTexts.LastReminder : "";

    protected static bool IsFirst(MessageKey key) => key.Occasion.EndsWith("-ask", StringComparison.Ordinal);

    protected static async Task<string> Names(IEnumerable<PersonId> people, LetterContext context, CancellationToken cancel)
    {
        var names = new List<string>();
        foreach (var person in people)
        {
            names.Add((await context.People.Get(person, cancel)).Name);
        }

        return Say.Names(names);
    }

    /// <summary>The session for the reader's calendar. Its revision is the scheduling round that fixed it; replies go to the coordinator.</summary>
    protected static async Task<Invitation> Invite(LetterContext context, bool hasAccepted, CancellationToken cancel)
    {
        var (cycle, session) = (context.TheCycle, context.TheCycle.Session()!);
        var coordinator = await context.People.Get(cycle.Coordinator, cancel);
        return new Invitation(
            CalendarMethod.Request,
            $"{cycle.Cycle}-session",
            cycle.RoundOf(StageIds.Scheduling)!.Round - 1,
            context.Now,
            session.Starts,
            session.Ends,
            Say.Text(StageTexts.SessionSummary, cycle.KickOff.Community),
            Location: null,
            new CalendarUser(coordinator.Name, coordinator.Address),
            new CalendarUser(context.Reader.Name, context.Reader.Address),
            hasAccepted);
    }

    protected static string SessionTime(LetterContext context) =>
        Say.Time(context.TheCycle.Session()!.LocalStart, context.TheCycle.KickOff.Zone);

    /// <summary>"Tue 12 May".</summary>
    protected static string SessionDate(LetterContext context) => Say.Date(context.TheCycle.Session()!.LocalStart.Date);

    private Instant? DeadlineOf(Snapshot cycle) =>
        cycle.RoundOf(stage) is { } round ? cycle.Find<DeadlineSet>(DeadlineSet.RowOf(stage, round.Round))?.At : null;

    private Letter DeadlineMoved(LetterContext context) => About(
        context,
        StageTexts.DeadlineMovedSubject,
        [Say.Text(StageTexts.DeadlineMoved, Say.Stage(stage), Deadline(context))],
        ToCycle(context, StageTexts.OpenCommunity));
}
