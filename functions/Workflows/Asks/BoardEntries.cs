using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Asks;

/// <summary>A community as a line among many.</summary>
public static class BoardEntries
{
    public static BoardEntry Of(TurnPlan plan, Instant now)
    {
        var (cycle, asks) = (plan.After, OpenAsk.Of(plan, now));
        return new BoardEntry(
            cycle.KickOff.Programme,
            cycle.KickOff.Zone,
            cycle.Coordinator,
            [.. Waiting(cycle, asks.Select(ask => ask.Person).Distinct())],
            asks.Min(ask => Since(cycle, ask)),
            cycle.Session()?.LocalStart,
            [.. CommunityCycle.Stages.SelectMany(stage => Spans(cycle, stage.Id))],
            Risks.Of(cycle),
            cycle.ProgrammeVersion,
            cycle.Pause()?.From);
    }

    /// <summary>Whoever has two roles is counted once, by the first.</summary>
    private static IEnumerable<Waited> Waiting(Snapshot cycle, IEnumerable<PersonId> people)
    {
        var roles = cycle.All<Member>().GroupBy(member => member.Person).ToDictionary(person => person.Key, person => person.Min(member => member.Role));
        return people
            .Where(person => person != cycle.Coordinator && roles.ContainsKey(person))
            .CountBy(person => roles[person])
            .OrderBy(role => role.Key)
            .Select(role => new Waited(role.Key, role.Value));
    }

    /// <summary>When the first message of the round that asks for it was handed over; null before.</summary>
    private static Instant? Since(Snapshot cycle, OpenAsk ask) => cycle.IssuedTo(ask.For.Stage, ask.Person)
        .Where(issued => issued.Key.Kind == ask.For.Kind && issued.At >= cycle.RoundOf(ask.For.Stage)?.At)
        .Min(issued => (Instant?)issued.At);

    /// <summary>A round that came to nothing ends where the next one opens, or the community stopped.</summary>
    private static IEnumerable<StageSpan> Spans(Snapshot cycle, StageId stage)
    {
        var rounds = cycle.All<StageOpened>().Where(opened => opened.Stage == stage).OrderBy(opened => opened.Round).ToList();
        return rounds.Select((opened, index) => new StageSpan(
            stage, opened.At, cycle.Find<Outcome>(Outcome.RowOf(stage, opened.Round))?.At ?? rounds.ElementAtOrDefault(index + 1)?.At ?? cycle.Stopped()?.At));
    }
}
