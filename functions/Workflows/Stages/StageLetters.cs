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
    /// <summary>How many did something is said from so many on: fewer would not encourage, and could be known by name.</summary>
    protected const int FewestToMention = 5;

    public string Stage => stage.Value;

    public Haste HasteOf(MessageKey key, LetterContext context) =>
        EntryOf(key, context) is not null ? Haste.AtOnce : key.Kind == StageRound.DeadlineMoved ? Haste.Tells : HasteOfOwn(key, context);

    public async Task<Letter> Write(MessageKey key, LetterContext context, CancellationToken cancel)
    {
        var letter = key.Kind == StageRound.DeadlineMoved ? DeadlineMoved(context) : await WriteOwn(key, context, cancel);
        return EntryOf(key, context) is { } entry && context.TheCycle.KickOff.Calendar == CalendarCarrier.Mail ? letter with { Invitation = await Invite(entry, context, cancel) } : letter;
    }

    protected abstract Task<Letter> WriteOwn(MessageKey key, LetterContext context, CancellationToken cancel);

    protected virtual Haste HasteOfOwn(MessageKey key, LetterContext context) => Haste.Asks;

    /// <summary>A letter about the cycle's community.</summary>
    protected static Letter About(LetterContext context, string subject, IEnumerable<string> paragraphs, params LetterButton[] buttons) => new(
        Say.Subject(context.TheCycle.KickOff.Community, subject),
        [.. paragraphs.Where(paragraph => paragraph.Length > 0)],
        [.. buttons])
    {
        Own = OwnPage(context) is { } own && Array.TrueForAll(buttons, button => button.Link != own.Link) ? own : null,
    };

    /// <summary>Those who are asked for more than one thing have a page with all of it, a coach one for all communities.</summary>
    private static LetterButton? OwnPage(LetterContext context)
    {
        var roles = context.TheCycle.All<Member>().Where(member => member.Person == context.Reader.Id && context.TheCycle.HasRole(member.Role, member.Person)).Select(member => member.Role).ToList();
        Role[] own = [Role.DivisionStaff, Role.DivisionLead, Role.Facilitator];
        return own.Where(roles.Contains).Select(role => ToAsk(context, AskPages.Own, role, StageTexts.OwnPage)).FirstOrDefault()
            ?? (roles.Contains(Role.Coach) ? ToAsk(context, AskPages.Board, Role.Coach, StageTexts.Board) : null);
    }

    protected static LetterButton ToCycle(LetterContext context, string label) => new(label, context.Links.ToCycle(context.TheCycle.Cycle));

    protected static LetterButton ToAsk(LetterContext context, string page, Role role, string label) =>
        new(label, context.Links.ToAsk(page, context.Reader, context.TheCycle.Cycle, role, context.Now));

    protected static Uri ToParticipants(LetterContext context, string page) =>
        context.Links.ToAsk(page, context.Reader, context.TheCycle.Cycle, Role.Participant, context.Now);

    /// <summary>When the round's deadline is, as it was told; "" before it was.</summary>
    protected string Deadline(LetterContext context) => context.TheCycle.Deadline(stage) is { } deadline
        ? Say.ShortTime(deadline, context.TheCycle.KickOff.Zone)
        : "";

    /// <summary>Its day alone, for a subject.</summary>
    protected string DeadlineDay(LetterContext context) => context.TheCycle.Deadline(stage) is { } deadline ? Say.Date(DateOf(deadline, context)) : "";

    protected int DaysToDeadline(LetterContext context) => DaysTo(DateOf(context.TheCycle.Deadline(stage) ?? context.Now, context), context);

    /// <summary>"This is the last reminder." for the last rung of a ladder, else nothing.</summary>
    protected static string LastReminder(MessageKey key, IEnumerable<Rung> ladder) =>
        key.Occasion.EndsWith("-" + ladder.Last().Id, StringComparison.Ordinal) ? StageTexts.LastReminder : "";

    protected static bool IsFirst(MessageKey key) => key.Occasion.EndsWith("-ask", StringComparison.Ordinal);

    protected static async Task<string> Names(IEnumerable<PersonId> people, LetterContext context, CancellationToken cancel) =>
        Say.Names((await context.People.GetAll(people, cancel)).Select(person => person.Name));

    /// <summary>What the message tells its reader's calendar, or null.</summary>
    protected static CalendarEntry? EntryOf(MessageKey key, LetterContext context) => context.TheCycle.IssuedOf(key)?.Calendar;

    /// <summary>Whether the reader has said that they come at that time.</summary>
    protected virtual bool HasAccepted(CalendarEntry entry, LetterContext context) => true;

    protected static string SessionTime(LetterContext context) =>
        Say.SessionTime(context.TheCycle, context.TheCycle.Session()!.LocalStart);

    /// <summary>"Tue 12 May".</summary>
    protected static string SessionDate(LetterContext context) => Say.Date(context.TheCycle.Session()!.LocalStart.Date);

    protected static int DaysToSession(LetterContext context) => DaysTo(context.TheCycle.Session()!.LocalStart.Date, context);

    private static int DaysTo(LocalDate date, LetterContext context) =>
        Period.DaysBetween(DateOf(context.Now, context), date);

    private static LocalDate DateOf(Instant instant, LetterContext context) => new CommunityDays(context.TheCycle.KickOff.Zone).DateOf(instant);

    /// <summary>One event for all and for as long as the cycle lives; each reader has a sequence of their own. Replies go to the coordinator.</summary>
    private async Task<Invitation> Invite(CalendarEntry entry, LetterContext context, CancellationToken cancel)
    {
        var cycle = context.TheCycle;
        var coordinator = await context.People.Get(cycle.Coordinator, cancel);
        var session = cycle.SessionAt(entry.Starts);
        return new Invitation(
            entry.IsCancelled ? CalendarMethod.Cancel : CalendarMethod.Request,
            $"{cycle.Cycle}-session",
            entry.Sequence,
            context.Now,
            session.Starts,
            session.Ends,
            Say.Text(StageTexts.SessionSummary, cycle.KickOff.Community),
            Location: entry.Place,
            new CalendarUser(coordinator.Name, coordinator.Address),
            new CalendarUser(context.Reader.Name, context.Reader.Address),
            HasAccepted(entry, context));
    }

    /// <summary>"Where: the hall."</summary>
    protected static string Where(LetterContext context) =>
        context.TheCycle.Place() is { } place ? Say.Text(StageTexts.Where, place) : StageTexts.WhereFollows;

    /// <summary>Tells a place that was not known, or has changed: as the reader was told it before.</summary>
    protected static Letter Placed(MessageKey key, LetterContext context)
    {
        var before = context.TheCycle.InCalendarBefore(key)?.Place;
        return About(
            context,
            Say.Text(before is null ? StageTexts.PlacedSubject : StageTexts.MovedSubject, SessionDate(context)),
            [Say.Text(before is null ? StageTexts.Placed : StageTexts.Moved, SessionTime(context), before), Where(context)]);
    }

    /// <summary>As what somebody of the Division acts.</summary>
    protected static Role DivisionRole(PersonId person, Snapshot cycle) =>
        cycle.Members(Role.DivisionStaff).Contains(person) ? Role.DivisionStaff : Role.DivisionLead;

    private Letter DeadlineMoved(LetterContext context) => About(
        context,
        StageTexts.DeadlineMovedSubject,
        [Say.Text(StageTexts.DeadlineMoved, Say.Stage(stage), Deadline(context))],
        ToCycle(context, StageTexts.OpenCommunity));
}
