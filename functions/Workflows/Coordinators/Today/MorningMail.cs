using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators.Board;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Coordinators.Today;

/// <summary>
/// The page of today as a mail, at 8:00 of each working day on which something needs its reader or is at risk: for those who asked for it.
/// </summary>
public sealed class MorningMail(AccountList accounts, BoardPages board, People people, PostOffice post, IClock clock)
{
    public const string MessageKind = "today";

    private const int LinesAtMost = 4;

    private static readonly Duration KeptFor = Duration.FromHours(12);
    private static readonly Duration LooksEvery = Duration.FromMinutes(5);

    /// <summary>Who asks for it later in the day gets the next morning's.</summary>
    private static readonly LocalTime TooLate = new(9, 0);

    private Instant _nextLook = Instant.MinValue;

    /// <summary>Puts the mails of this morning into the post, each once; however often it is asked, it looks every 5 minutes.</summary>
    public async Task Post(CancellationToken cancel = default)
    {
        var now = clock.GetCurrentInstant();
        if (now < _nextLook)
        {
            return;
        }

        _nextLook = now + LooksEvery;
        foreach (var account in (await accounts.Accounts(cancel)).Where(account => account.Mornings))
        {
            var reader = await people.Get(account.Person, cancel);
            var local = new CommunityDays(reader.Zone).LocalTimeOf(now);
            if (new WorkingHours(reader.Zone).Include(now) && local.TimeOfDay < TooLate && await Of(account, reader, cancel) is { Lines.Count: > 0 })
            {
                await post.Insert([new MessageKey(MessageKey.None, MessageKey.None, MessageKind, reader.Id, LocalDatePattern.Iso.Format(local.Date))], now, cancel);
            }
        }
    }

    /// <summary>Whether a mail of a morning has waited so long that another comes.</summary>
    public static bool IsOver(PostMessage message, Instant now) => message.Key.Kind == MessageKind && message.Due + KeptFor < now;

    /// <summary>As things stand when it is written.</summary>
    public async Task<Letter> Write(LetterContext context, CancellationToken cancel)
    {
        var (needs, lines) = await accounts.Find(context.Reader.Id, cancel) is { } account ? await Of(account, context.Reader, cancel) : (0, []);
        return new Letter(
            Say.Text(HomeTexts.MorningSubject, needs),
            [lines.Count == 0 ? HomeTexts.MorningNothing : HomeTexts.Morning, .. lines.Take(LinesAtMost), .. lines.Count > LinesAtMost ? [Say.Text(HomeTexts.MorningMore, lines.Count - LinesAtMost)] : Array.Empty<string>()],
            [new LetterButton(HomeTexts.MorningButton, context.Links.ToToday())])
        {
            Why = HomeTexts.MorningWhy,
        };
    }

    /// <summary>A line a community: first those that need the reader, then those at risk.</summary>
    private async Task<(int Needs, List<string> Lines)> Of(Account account, Person reader, CancellationToken cancel)
    {
        var view = await board.Read(account, reader, new BoardFilter(BoardFilter.All), cancel);
        var needs = view.Lines.Where(line => line.NeedsMe).Select(line => Say.Text(HomeTexts.MorningNeeds, line.Row.Community, line.Where)).ToList();
        var risks = view.AtRisk().Select(one => Say.Text(HomeTexts.MorningRisk, one.Line.Row.Community, string.Join("; ", one.Risks.Select(BoardWords.Of))));
        return (needs.Count, [.. needs, .. risks]);
    }
}
