using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>
/// When replies have closed, the Division and the coordinator get the headcount. From then on, where too few have a seat, the
/// Division lead is asked whether the session goes ahead; later the coordinator too. Without an answer it does.
/// </summary>
public static class HeadcountPlan
{
    /// <param name="round">The round.</param>
    /// <param name="session">Its session.</param>
    /// <param name="repliesClose">When replies close.</param>
    /// <param name="isSettled">Whether every wish has what it gets; before, seats are not counted.</param>
    public static StagePlan Plan(StageRound round, Session session, DeadlineSet repliesClose, bool isSettled)
    {
        var counted = Instant.Max(
            round.OnDay(session.Starts, round.Policy.Attendance.HeadcountDay, round.Policy.AsksAt),
            round.Closes(repliesClose.At));
        return counted >= session.Starts || round.Now >= session.Starts
            ? new StagePlan()
            : Question(round, counted, isSettled) with { Messages = [.. Headcount(round, counted), .. Asks(round)] };
    }

    /// <summary>The number of the question that is open, or would be.</summary>
    public static int QuestionOf(Snapshot cycle, StageOpened round) =>
        1 + cycle.Answers<GoDecided>(round).Count(decided => decided.Decision == GoDecision.InviteMore);

    /// <summary>The question that waits for an answer, or null.</summary>
    public static GoAsked? OpenQuestion(Snapshot cycle, StageOpened round)
    {
        var number = QuestionOf(cycle, round);
        return cycle.Answers<GoDecided>(round).Any(decided => decided.Number == number) ? null : cycle.Find<GoAsked>(GoAsked.RowOf(round.Round, number));
    }

    /// <summary>
    /// Until when the lead is to decide the open question, and whether the coordinator is asked then, or the session starts; null where none
    /// is open.
    /// </summary>
    public static (Instant At, bool OfCoordinator)? Due(Snapshot cycle)
    {
        if (cycle.Session()?.Starts is not { } starts || cycle.RoundOf(StageIds.Attendance) is not { } opened || OpenQuestion(cycle, opened) is not { } asked)
        {
            return null;
        }

        var round = new StageRound(cycle, opened, asked.At);
        var escalates = Escalates(round, asked);
        return escalates < starts && !Deciders(round).Contains(cycle.Coordinator) ? (escalates, true) : (starts, false);
    }

    /// <summary>When the newest headcount of the session first went out to somebody; null before.</summary>
    public static Instant? SentAt(Snapshot cycle) => cycle.RoundOf(StageIds.Attendance) is not { } round ? null : cycle.All<Issued>()
        .Where(issued => issued.Key.Stage == StageIds.Attendance.Value && issued.Key.Kind == AttendancePlan.Headcount)
        .Where(issued => issued.Key.Occasion.StartsWith(FormattableString.Invariant($"r{round.Round}-"), StringComparison.Ordinal))
        .GroupBy(issued => issued.Key.Occasion, StringComparer.Ordinal)
        .Max(count => count.Min(issued => issued.Accepted));

    private static IEnumerable<WantedMessage> Headcount(StageRound round, Instant counted) =>
        Deciders(round).Concat(round.Snapshot.Division()).Append(round.Snapshot.Coordinator).Distinct().Select(person =>
            new WantedMessage(round.Key(AttendancePlan.Headcount, person, Number(QuestionOf(round.Snapshot, round.Opened))), counted));

    private static StagePlan Question(StageRound round, Instant counted, bool isSettled)
    {
        var number = QuestionOf(round.Snapshot, round.Opened);
        var isAnswered = round.Answers<GoDecided>().Any(decided => decided.Number == number);
        var accepted = Seating.Accepted(round.Snapshot, round.Opened).Count();
        if (round.Snapshot.Find<GoAsked>(GoAsked.RowOf(round.Number, number)) is not null)
        {
            return new StagePlan { WaitingFor = isAnswered ? [] : [.. Deciders(round)] };
        }

        return isSettled && !isAnswered && round.Now >= counted && accepted < round.Policy.Attendance.Minimum
            ? new StagePlan { Facts = [new GoAsked(round.Number, number, accepted, round.Now)] }
            : new StagePlan { Wakes = [counted] };
    }

    private static IEnumerable<WantedMessage> Asks(StageRound round)
    {
        if (OpenQuestion(round.Snapshot, round.Opened) is not { } asked)
        {
            return [];
        }

        var deciders = Deciders(round);
        var toTheLead = deciders.SelectMany(lead => round.Ladder(AttendancePlan.GoOrNot, lead, round.Policy.Decisions, asked.At, Number(asked.Number) + "-"));
        return deciders.Contains(round.Snapshot.Coordinator)
            ? toTheLead
            : toTheLead.Concat(round.AskCoordinator(AttendancePlan.GoOrNot, Escalates(round, asked), Number(asked.Number) + "-"));
    }

    /// <summary>
    /// From when on the coordinator is asked too, whose mail comes the next working morning: <see cref="CoordinatorsDay"/>. Asked so late that
    /// this is over, they are asked at once.
    /// </summary>
    private static Instant Escalates(StageRound round, GoAsked asked) =>
        Instant.Max(asked.At, round.Days.At(Holidays.AddWorkingDays(CoordinatorsDay(round, asked), -1), round.Policy.DeadlinesAt));

    /// <summary>Some days later; where that can be, so early that a working day is left between it and the session.</summary>
    private static LocalDate CoordinatorsDay(StageRound round, GoAsked asked)
    {
        var day = round.Days.DateOf(asked.At);
        var planned = Holidays.AddWorkingDays(day.PlusDays(round.Policy.Attendance.EscalatesAfterDays - 1), 1);
        var latest = Holidays.AddWorkingDays(round.Days.DateOf(round.Snapshot.Session()!.Starts), -2);
        return LocalDate.Max(LocalDate.Min(planned, latest), Holidays.AddWorkingDays(day, 1));
    }

    private static ImmutableList<PersonId> Deciders(StageRound round) => round.Snapshot.Members(Role.DivisionLead);

    /// <summary>Whether a headcount is told for the first time: replies may be opened once more.</summary>
    public static bool IsFirst(MessageKey key) => key.Occasion.EndsWith($"-{Number(1)}", StringComparison.Ordinal);

    private static string Number(int number) => FormattableString.Invariant($"{number}");
}
