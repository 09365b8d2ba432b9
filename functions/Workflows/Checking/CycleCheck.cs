using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;

namespace Cohesion.Workflows.Checking;

/// <summary>Whether the facts of a cycle fit together, and were recorded as its timeline says.</summary>
public static class CycleCheck
{
    /// <summary>What breaks a law in an open cycle as in an ended one.</summary>
    public static IEnumerable<Finding> Findings(Snapshot cycle) =>
    [
        .. OutcomesWereOpened(cycle),
        .. DeadlinesStayed(cycle),
        .. SeatsWereWished(cycle),
        .. SeatsAreFew(cycle),
        .. MessagesWentToMembers(cycle),
        .. MessagesEndedOnce(cycle),
    ];

    /// <summary>Of an answer the timeline holds that it was given, of all else that a turn recorded the fact itself.</summary>
    public static IEnumerable<Finding> Findings(Snapshot cycle, IEnumerable<Fact> timeline)
    {
        var lines = timeline.Select(Json.Write).ToHashSet(StringComparer.Ordinal);
        return cycle.Facts
            .Where(fact => HasLine(fact) && !lines.Contains(Json.Write(fact is Answer answer ? Told.Of(answer) : fact)))
            .Select(fact => Found(cycle, fact, "the timeline does not say that this was recorded"));
    }

    /// <summary>The kick-off's facts stand before the timeline, and a survey's come out of its seal.</summary>
    private static bool HasLine(Fact fact) => fact is not (KickOff or Member or Reserve or PreparationAsked or SurveyRound or SurveyResults or SurveyText);

    private static IEnumerable<Finding> OutcomesWereOpened(Snapshot cycle)
    {
        var opened = cycle.All<StageOpened>().Select(one => (one.Stage, one.Round)).ToHashSet();
        return cycle.Facts.OfType<Outcome>()
            .Where(outcome => !opened.Contains((outcome.Stage, outcome.Round)))
            .Select(outcome => Found(cycle, outcome, "the stage came to something and was never opened"));
    }

    private static IEnumerable<Finding> DeadlinesStayed(Snapshot cycle) => cycle.All<DeadlineSet>()
        .Where(deadline => deadline.Moved > cycle.Policy.DeadlineMovesAtMost)
        .Select(deadline => Found(cycle, deadline, "the deadline moved more often than the policy allows"));

    private static IEnumerable<Finding> SeatsWereWished(Snapshot cycle) => cycle.All<Seat>()
        .Where(seat => cycle.Find<Replied>(Replied.RowOf(seat.Round, seat.Person)) is null)
        .Select(seat => Found(cycle, seat, "a seat was given to somebody who never replied"));

    /// <summary>Where there are fewer seats than there were, nobody has lost one.</summary>
    private static IEnumerable<Finding> SeatsAreFew(Snapshot cycle) => cycle.All<StageOpened>()
        .Where(opened => opened.Stage == StageIds.Attendance)
        .Where(opened => Seating.Accepted(cycle, opened).Count() > cycle.MostSeats())
        .Select(opened => Found(cycle, opened, "more seats were given than there are"));

    private static IEnumerable<Finding> MessagesWentToMembers(Snapshot cycle)
    {
        var people = cycle.All<Member>().Select(member => member.Person).Concat(cycle.All<Reserve>().Select(reserve => reserve.Person)).ToHashSet();
        return cycle.All<Issued>()
            .Where(issued => !people.Contains(issued.Key.Person))
            .Select(issued => Found(cycle, issued, "a message is for somebody who has no part in the cycle"));
    }

    /// <summary>What came back may be withdrawn later; what was accepted was neither.</summary>
    private static IEnumerable<Finding> MessagesEndedOnce(Snapshot cycle) => cycle.All<Issued>()
        .Where(issued => issued.Accepted is not null && (issued.Bounced ?? issued.Withdrawn) is not null)
        .Select(issued => Found(cycle, issued, "a message ended in two ways"));

    private static Finding Found(Snapshot cycle, Fact fact, string what) => new($"cycle-{cycle.Cycle} f.{fact.Row()}", what, Finding.Backup);
}
