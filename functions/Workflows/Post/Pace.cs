using System.Collections.Immutable;
using System.Globalization;
using Cohesion.Workflows.Records;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Post;

/// <summary>How the post keeps pace with its provider. See docs/decisions/0015-the-post-is-paced.md.</summary>
/// <param name="Sent">What the provider had within the last hour, oldest first.</param>
/// <param name="UnderWay">Mails that the provider may get at any moment: when each was reserved, by the reservation's id.</param>
/// <param name="ClosedUntil">Nothing goes out before; null where nothing keeps it.</param>
/// <param name="Failing">That the provider takes nothing; null where the last mail was answered.</param>
public sealed record Pace(
    ImmutableList<SentBy> Sent, ImmutableSortedDictionary<string, Instant> UnderWay, Instant? ClosedUntil = null, Failing? Failing = null)
{
    /// <summary>A mail that nobody has told the end of reaches the provider by then, or never: a sender is patient for less.</summary>
    private static readonly Duration UnderWayAtMost = Duration.FromMinutes(5);

    private static readonly Duration Minute = Duration.FromMinutes(1);
    private static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>Mails are counted by so many seconds, each as one of the last of them: a quota of any size fits one property of a record.</summary>
    private const int Step = 5;

    /// <summary>One or two failures in a row can be the mails' own; from the third on they are the provider's.</summary>
    private const int FailuresBeforeItCloses = 3;

    private const int LongestSaid = 300;

    /// <summary>Nobody asks before what became of mails; null where nothing keeps them.</summary>
    public Instant? AsksFrom { get; init; }

    public static Pace Begin { get; } = new([], ImmutableSortedDictionary<string, Instant>.Empty);

    /// <summary>The first instant, not before another, at which the quota has room for a mail.</summary>
    public Instant OpensAt(MailQuota quota, Instant from) =>
        new[] { from, ClosedUntil ?? from, FreeAt(quota.PerMinute, Minute, from), FreeAt(quota.PerHour, Hour, from) }.Max();

    /// <summary>Takes a place in the quota for a mail.</summary>
    public Pace Reserve(string id, Instant now)
    {
        var at = At(now);
        return at with { UnderWay = at.UnderWay.SetItem(id, now) };
    }

    /// <summary>Gives back the place of a mail that was not sent.</summary>
    public Pace GiveBack(string id) => this with { UnderWay = UnderWay.Remove(id) };

    /// <summary>The provider has the mail, or had it and did not take it, or does not answer: it counts from now on, not from when it began.</summary>
    public Pace Settle(string id, MailAnswer answer, Instant now)
    {
        var settled = UnderWay.ContainsKey(id) ? GiveBack(id).Count(now) : this;
        return settled.At(now).Heard(answer, now);
    }

    /// <summary>By when so many mails have gone out, each in turn and in working hours.</summary>
    public Instant OutBy(int mails, MailQuota quota, Func<Instant, Instant> nextWorking, Instant now)
    {
        var (pace, at) = (this, now);
        for (var mail = 0; mail < mails; mail++)
        {
            at = nextWorking(pace.OpensAt(quota, at));
            pace = pace.Count(at).At(at);
        }

        return at;
    }

    public Record Write(RecordKey key)
    {
        (string Name, string? Text)[] all =
        [
            ("sent", string.Join(' ', Sent.Select(one => FormattableString.Invariant($"{one.By.ToUnixTimeSeconds()}:{one.Mails}")))),
            ("underWay", string.Join(' ', UnderWay.Select(one => $"{Rows.Time(one.Value)}:{one.Key}"))),
            ("closedUntil", ClosedUntil is { } until ? InstantPattern.ExtendedIso.Format(until) : null),
            ("failingSince", Failing is { } failing ? InstantPattern.ExtendedIso.Format(failing.Since) : null),
            ("failures", Failing?.Times.ToString(CultureInfo.InvariantCulture)),
            ("said", Failing?.Said),
            ("asksFrom", AsksFrom is { } from ? InstantPattern.ExtendedIso.Format(from) : null),
        ];
        return Record.Of(key, [.. all.Where(one => one.Text is not null).Select(one => (one.Name, one.Text!))]);
    }

    public static Pace Read(Record row) => new(
        [.. Words(row["sent"]).Select(word => new SentBy(Instant.FromUnixTimeSeconds(Number(word[0])), (int)Number(word[1])))],
        Words(row["underWay"]).ToImmutableSortedDictionary(word => word[1], word => Rows.TimeOf(word[0]), StringComparer.Ordinal),
        TimeIn(row, "closedUntil"),
        TimeIn(row, "failingSince") is { } since ? new Failing(since, (int)Number(row["failures"]), row["said"]) : null)
    {
        AsksFrom = TimeIn(row, "asksFrom"),
    };

    /// <summary>When so few are left within a span of time that one more fits: at once, or when the last that is too many has left it.</summary>
    private Instant FreeAt(int? most, Duration within, Instant from)
    {
        if (most is not { } room)
        {
            return from;
        }

        var leaves = Sent.SelectMany(one => Enumerable.Repeat(one.By, one.Mails))
            .Concat(UnderWay.Values.Select(reserved => reserved + UnderWayAtMost))
            .Select(had => had + within)
            .Where(left => left > from)
            .Order()
            .ToList();
        return leaves.Count < room ? from : leaves[leaves.Count - room];
    }

    /// <summary>Without what counts no more; what nobody told the end of counts as had at the last.</summary>
    private Pace At(Instant now)
    {
        var lost = UnderWay.Where(one => one.Value + UnderWayAtMost <= now).ToList();
        var counted = lost.Aggregate(this, (pace, one) => pace.GiveBack(one.Key).Count(one.Value + UnderWayAtMost));
        return counted with
        {
            Sent = counted.Sent.RemoveAll(one => one.By + Hour <= now),
            ClosedUntil = counted.ClosedUntil > now ? counted.ClosedUntil : null,
        };
    }

    private Pace Count(Instant had)
    {
        var by = Instant.FromUnixTimeSeconds((had.ToUnixTimeSeconds() / Step * Step) + Step);
        var at = Sent.FindIndex(one => one.By == by);
        return this with
        {
            Sent = at >= 0 ? Sent.SetItem(at, new SentBy(by, Sent[at].Mails + 1)) : Sent.Insert(Sent.FindLastIndex(one => one.By < by) + 1, new SentBy(by, 1)),
        };
    }

    private Pace Heard(MailAnswer answer, Instant now)
    {
        if (answer.Status is MailStatus.Accepted or MailStatus.Refused or MailStatus.Lost)
        {
            return this with { Failing = null };
        }

        var said = answer.Said.Length > LongestSaid ? answer.Said[..LongestSaid] : answer.Said;
        var failing = new Failing(Failing?.Since ?? now, (Failing?.Times ?? 0) + 1, said);
        var pause = answer.After ?? PauseAfter(failing.Times);
        return this with { Failing = failing, ClosedUntil = Instant.Max(ClosedUntil ?? now, now + pause) };
    }

    /// <summary>2, 4, 8 minutes, at most ten: each time one mail finds out whether the provider is back.</summary>
    private static Duration PauseAfter(int failures) => failures < FailuresBeforeItCloses
        ? Duration.Zero
        : Duration.FromMinutes(Math.Min(10, 2 << Math.Min(failures - FailuresBeforeItCloses, 3)));

    private static IEnumerable<string[]> Words(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split(':'));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static Instant? TimeIn(Record row, string property) =>
        row.Properties.TryGetValue(property, out var text) ? InstantPattern.ExtendedIso.Parse(text).Value : null;
}

/// <summary>So many mails were had by the provider in the seconds before an instant.</summary>
public sealed record SentBy(Instant By, int Mails);

/// <summary>The provider answers for no mail.</summary>
/// <param name="Since">When that began.</param>
/// <param name="Times">For how many in a row.</param>
/// <param name="Said">What it said last, without addresses.</param>
public sealed record Failing(Instant Since, int Times, string Said);
