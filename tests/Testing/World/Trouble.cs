using System.Globalization;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Previews;
using NodaTime;

namespace Cohesion.Workflows.Testing;

/// <summary>
/// Everything that goes wrong at once, as a seed decides: crashes, lost replies, transactions sent twice, a provider that is away
/// or takes few mails or tells later that it could not deliver one, rings astray, processes that meet, people who all act at one hour.
/// </summary>
public static class Trouble
{
    public static WorldSettings Of(int seed)
    {
        var luck = new Habits(seed);
        bool Happens(double share, string what, int number = 0) => luck.Does(share, what, $"{number}");
        var awayFrom = World.Start + Duration.FromHours(luck.Pick(24 * 100, "provider", "away from"));
        var awayTo = awayFrom + Duration.FromHours(luck.Pick(72, "provider", "away for"));
        return new WorldSettings(seed)
        {
            Facilitators = 1 + luck.Pick(4, "community", "facilitators"),
            Participants = luck.Pick(6, "community", "participants"),
            Capacity = Happens(0.5, "capacity") ? 1 + luck.Pick(3, "community", "capacity") : null,
            HasAccreditor = Happens(0.5, "accreditor"),
            IsAmended = Happens(0.5, "amended"),
            IsAdapted = Happens(0.5, "adapted"),
            IsCrowded = Happens(0.5, "crowd"),
            Fate = new Fate(step => (Death)(Happens(0.02, "death", step.Number) ? 1 + luck.Pick(2, "death before or after", $"{step.Number}") : 0)),
            IsRepeated = transaction => Happens(0.03, "repeated", transaction),
            Mishaps = send => (Mishap)(Happens(0.1, "mishap", send) ? 1 + luck.Pick(3, "reply or mail lost, or busy", $"{send}") : 0),
            ProviderIsAway = now => awayFrom <= now && now < awayTo,
            Quota = Happens(0.5, "quota") ? new MailQuota(1 + luck.Pick(3, "quota", "minute"), 3 + luck.Pick(8, "quota", "hour")) : MailQuota.None,
            TellsAfter = Happens(0.5, "tells later") ? mail => Duration.FromMinutes(luck.Pick(30, "tells after", $"{mail}")) : null,
            Loses = mail => Happens(0.05, "lost", mail),
            StatusMishaps = asked => (Mishap)(Happens(0.1, "status mishap", asked) ? 2 + luck.Pick(2, "status lost, or busy", $"{asked}") : 0),
            HasCalendarServer = Happens(0.5, "calendar server"),
            CalendarMishaps = call => (Mishap)(Happens(0.15, "calendar mishap", call) ? 1 + luck.Pick(3, "calendar reply or call lost, or busy", $"{call}") : 0),
            Rings = Happens(0.3, "rings") ? ring => RingAstray(luck, ring) : null,
            Meanwhile = now => Happens(0.05, $"meeting {now.Actor}", now.Number) ? Meeting(luck, $"{now.Actor} {now.Number}") : [],
        };
    }

    /// <summary>The seeds of a run: as many as COHESION_SEEDS says, or the one of COHESION_SEED alone; a third of all where not all are to be tried.</summary>
    public static IEnumerable<int> Seeds(int all) => Number("COHESION_SEED") is { } one
        ? [one]
        : Enumerable.Range(Number("COHESION_FIRST_SEED") ?? 0, Number("COHESION_SEEDS") ?? (Runs.AreAll ? all : all / 3));

    /// <summary>The delays after which a ring calls.</summary>
    public static IEnumerable<Duration> RingAstray(Habits luck, int ring) => luck.Pick(5, "bell", $"{ring}") switch
    {
        0 => [Duration.Zero],
        1 => [Duration.Zero, Duration.Zero],
        2 => [Duration.Zero, Duration.FromMinutes(2)],
        3 => [Duration.FromMinutes(1 + luck.Pick(3, "bell", $"{ring} late"))],
        _ => [],
    };

    /// <summary>Up to four things that a second process does while the first stands still.</summary>
    private static IEnumerable<Actor> Meeting(Habits luck, string what) =>
        Enumerable.Range(0, 1 + luck.Pick(4, what, "how many")).Select(n => (Actor)luck.Pick(3, what, $"who {n}"));

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
