using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Adaptations;

/// <summary>What an adaptation changes, in sentences. What a coordinator saw is held against what it comes to by them.</summary>
/// <param name="diff">What it changes.</param>
/// <param name="known">Its people.</param>
/// <param name="numbers">The numbers of the programme that change.</param>
/// <param name="hasteOf">How pressing a message to a person is.</param>
public sealed class AdaptationWords(
    AdaptationDiff diff, IReadOnlyDictionary<PersonId, Person> known, IReadOnlyList<ProgrammeChange> numbers, Func<MessageKey, Person, Haste> hasteOf)
{
    private readonly string _zone = diff.After.KickOff.Zone;

    /// <summary>Each person for whom something changes, with what does, now first, then later; by name.</summary>
    public IReadOnlyList<(Person Person, IReadOnlyList<string> Changes)> ByPerson =>
    [
        .. Messages.Where(IsNow).Select(change => (change.Key.Person, Text: Of(change)))
            .Concat(diff.Calendars.Select(change => (change.Person, Text: Of(change))))
            .Concat(Messages.Where(change => !IsNow(change)).Select(change => (change.Key.Person, Text: Of(change))))
            .GroupBy(one => one.Person, one => one.Text)
            .Select(one => (known[one.Key], (IReadOnlyList<string>)[.. one]))
            .OrderByName(one => one.Item1.Name),
    ];

    /// <summary>The same, those together for whom the same changes; first those who hear of it at once.</summary>
    public IReadOnlyList<(IReadOnlyList<string> Names, IReadOnlyList<string> Changes)> Alike =>
    [
        .. ByPerson.GroupBy(one => string.Join('\n', one.Changes), StringComparer.Ordinal)
            .OrderByDescending(alike => diff.Messages.Exists(change => change.Fate == MessageFate.GoesOut && change.Key.Person == alike.First().Person.Id))
            .ThenByDescending(alike => alike.Count())
            .Select(alike => ((IReadOnlyList<string>)[.. alike.Select(one => one.Person.Name)], alike.First().Changes)),
    ];

    /// <summary>The numbers of the programme that change.</summary>
    public IReadOnlyList<ProgrammeChange> Numbers => numbers;

    public IReadOnlyList<string> Deadlines => [.. diff.Deadlines.Select(Of)];

    /// <summary>All of it, a sentence each.</summary>
    public IReadOnlyList<string> Lines =>
        [.. ByPerson.SelectMany(one => one.Changes.Select(change => $"{one.Person.Name}: {change}")), .. Deadlines, .. numbers.Select(number => number.Sentence)];

    /// <summary>Why a stage cannot be gone back to, and what can be done.</summary>
    public static string Of(GoBack back, NoWayBack why) => AdaptTexts.ResourceManager.GetString($"Back_{back.Stage.Value.Replace('-', '_')}_{why}", AdaptTexts.Culture) ?? AdaptTexts.Impossible;

    /// <summary>Without those that are due at another time, and go out when they would have.</summary>
    private IEnumerable<MessageChange> Messages => diff.Messages.Where(change => change.Was is not { } was || GoesOut(change.Key, was) != GoesOut(change.Key, change.Due));

    private static bool IsNow(MessageChange change) => change.Fate is MessageFate.GoesOut or MessageFate.Withdrawn;

    private string Of(MessageChange change)
    {
        var text = AdaptTexts.ResourceManager.GetString("Fate_" + change.Fate, AdaptTexts.Culture)!;
        var (goes, would) = (GoesOut(change.Key, change.Due), change.Was is { } was ? GoesOut(change.Key, was) : (Instant?)null);
        return would is { } hour && Date(hour) == Date(goes)
            ? Say.Text(text, TimelineWords.Kind(change.Key), Say.ShortTime(goes, _zone), Say.ShortTime(hour, _zone))
            : Say.Text(text, TimelineWords.Kind(change.Key), Date(goes), would is { } day ? Date(day) : null);
    }

    private Instant GoesOut(MessageKey key, Instant due) =>
        MailTimes.Of(known[key.Person].Zone, due, hasteOf(key, known[key.Person]), key.Person == diff.After.Coordinator);

    private string Of(CalendarChange change) => change switch
    {
        { After: null } => AdaptTexts.CalendarOut,
        { Before: null, After: { } now } => Say.Text(AdaptTexts.CalendarIn, Time(now)),
        { Before: { } was, After: { } now } when was.Starts != now.Starts => Say.Text(AdaptTexts.CalendarMoves, Time(now), Time(was)),
        _ => AdaptTexts.CalendarPlace,
    };

    private string Of(DeadlineChange change) => change switch
    {
        { After: null } => Say.Text(AdaptTexts.DeadlineFalls, Say.Stage(change.Stage)),
        { Before: { } was, After: { } now } => Say.Text(AdaptTexts.DeadlineMoves, Say.Stage(change.Stage), Say.ShortTime(now, _zone), Say.ShortTime(was, _zone)),
        { After: { } now } => Say.Text(AdaptTexts.DeadlineSet, Say.Stage(change.Stage), Say.ShortTime(now, _zone)),
    };

    private string Time(CalendarEntry entry) => Say.ShortTime(diff.After.SessionAt(entry.Starts).Starts, _zone);

    private string Date(Instant instant) => Say.Date(new CommunityDays(_zone).DateOf(instant));
}
