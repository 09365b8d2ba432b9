using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>Those who have the session in their calendar are told of a place that was not known then, or has changed.</summary>
internal static class PlaceChanges
{
    public static IEnumerable<WantedMessage> Tell(StageRound round, string kind, IEnumerable<PersonId> people)
    {
        var cycle = round.Snapshot;
        return cycle.Session() is { } session && round.Now < session.Starts && cycle.Place() is { } place && cycle.Venue() is { } told
            ? people.Where(cycle.IsExpected).Select(person => Tell(round, kind, person, told, session)).Where(message => IsNews(cycle, message, place))
            : [];
    }

    /// <summary>The next morning: whoever corrects a slip on the same day sends one mail.</summary>
    private static WantedMessage Tell(StageRound round, string kind, PersonId person, VenueTold told, Session session)
    {
        var today = round.OnDay(told.At, 0, round.Policy.AsksAt);
        var morning = today >= told.At ? today : round.OnDay(told.At, 1, round.Policy.AsksAt);
        var occasion = FormattableString.Invariant($"{told.Round}-{told.Number}");
        return new WantedMessage(round.Key(kind, person, occasion), morning < session.Starts ? morning : told.At, CalendarEntry.Of(round.Snapshot) with { IsChange = true });
    }

    private static bool IsNews(Snapshot cycle, WantedMessage message, string place) =>
        cycle.IssuedOf(message.Key) is not null || (cycle.InCalendar(message.Key.Person) is { } shown && shown.Place != place);
}
