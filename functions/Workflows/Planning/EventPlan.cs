using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>What a calendar service is to hold: the session, for all who are expected there.</summary>
internal static class EventPlan
{
    /// <summary>The events that change. One that somebody removed in the service is never made again, and no other beside it.</summary>
    public static ImmutableList<EventWanted> Changes(Snapshot cycle, Instant now)
    {
        if (cycle.KickOff.Calendar != CalendarCarrier.Service || cycle.Session() is { } session && (now >= session.Starts || cycle.GoneEvents().Any()))
        {
            return [];
        }

        var held = cycle.All<EventWanted>().Where(one => !one.IsCancelled && now < cycle.SessionAt(one.Starts).Starts).ToList();
        var wanted = Wanted(cycle, held).ToList();
        return [.. wanted.Where(one => !held.Exists(one.SaysTheSameAs)).Select(one => one.After(held.Find(before => before.Number == one.Number)))];
    }

    /// <summary>Who is in an event stays there; who comes in goes where there is room.</summary>
    private static IEnumerable<EventWanted> Wanted(Snapshot cycle, List<EventWanted> held)
    {
        var expected = Expected(cycle);
        var newcomers = new Queue<PersonId>(InOrder(expected.Except(held.SelectMany(one => one.People))));
        foreach (var one in held)
        {
            var people = Fill(one.People.Where(expected.Contains), newcomers);
            yield return people.IsEmpty ? one with { IsCancelled = true } : Say(cycle, one with { People = people });
        }

        for (var number = cycle.All<EventWanted>().Count() + 1; newcomers.Count > 0; number++)
        {
            yield return Say(cycle, new EventWanted(number, 0, default, null, Fill([], newcomers)));
        }
    }

    private static EventWanted Say(Snapshot cycle, EventWanted one) => one with
    {
        Starts = cycle.Session()!.LocalStart,
        Place = cycle.Place(),
        Corrections = one.People.Sum(person => Corrections(cycle, person)),
    };

    private static int Corrections(Snapshot cycle, PersonId person) =>
        (cycle.Find<NameCorrected>(NameCorrected.RowOf(person))?.Number ?? 0)
        + (cycle.Find<AddressCorrected>(AddressCorrected.RowOf(person))?.Number ?? 0);

    private static ImmutableList<PersonId> Fill(IEnumerable<PersonId> people, Queue<PersonId> newcomers)
    {
        var all = people.ToList();
        while (all.Count < EventWanted.MostPeople && newcomers.TryDequeue(out var next))
        {
            all.Add(next);
        }

        return [.. InOrder(all)];
    }

    /// <summary>Of the same cycle every plan comes to the same.</summary>
    private static IEnumerable<PersonId> InOrder(IEnumerable<PersonId> people) => people.OrderBy(person => person.Value, StringComparer.Ordinal);

    private static ImmutableHashSet<PersonId> Expected(Snapshot cycle) =>
        [.. cycle.Choosers().Concat(cycle.Members(Role.Participant)).Where(cycle.IsExpected)];
}
