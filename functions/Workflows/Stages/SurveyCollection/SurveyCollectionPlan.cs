using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.SurveyCollection;

/// <summary>
/// Those who were there answer anonymously; only the silent are reminded. The close flips the round's row first, so that no
/// answer slips past it; then the sealed answers become results, and only then is there an outcome.
/// </summary>
public sealed class SurveyCollectionPlan : IStage
{
    public const string Ask = "ask";

    public StageId Id => StageIds.SurveyCollection;

    public ImmutableList<string> Kinds { get; } = [Ask, StageRound.DeadlineMoved];

    public StagePlan Plan(StageRound round)
    {
        if (round.Outcome<SurveyClosed>() is not null)
        {
            return new StagePlan();
        }

        return round.Snapshot.Find<SurveyRound>(SurveyRound.RowOf(round.Number)) switch
        {
            null => new StagePlan { Facts = [new SurveyRound(round.Number, Closed: false)] },
            { Closed: false } => Collect(round),
            _ => Finish(round),
        };
    }

    /// <summary>What people answered becomes results at once: no sealed answer outlives the community.</summary>
    public StagePlan Stop(StageRound round, CycleStopped stopped) =>
        round.Outcome<SurveyClosed>() is not null ? new StagePlan() : round.Snapshot.Find<SurveyRound>(SurveyRound.RowOf(round.Number)) switch
        {
            null => new StagePlan(),
            { Closed: false } open => new StagePlan { Facts = [open with { Closed = true }] },
            _ => Finish(round),
        };

    /// <summary>Nobody is asked, and nothing closes, before the list says who was there.</summary>
    private static StagePlan Collect(StageRound round)
    {
        if (round.Snapshot.OutcomeOf<AttendanceConfirmed>(StageIds.Attendance) is not { } confirmed)
        {
            return new StagePlan();
        }

        var policy = round.Policy.SurveyCollection;
        var settled = round.Answers<SurveyAnswered>().Concat<Answer>(round.Answers<SurveyDeclined>()).Select(answer => answer.Person).ToHashSet();
        var silent = round.Snapshot.Attendees().Where(person => !settled.Contains(person)).ToList();
        var asks = silent.SelectMany(person => round.Ladder(Ask, person, Asks(round, person), AskedFrom(round, confirmed, person))).ToImmutableList();
        var silence = round.Silence(round.OnDay(confirmed.At, policy.ClosesDay, round.Policy.DeadlinesAt), asks);
        return silent.Count == 0 || silence.HasClosed
            ? new StagePlan { Facts = [new SurveyRound(round.Number, Closed: true)] }
            : new StagePlan { Messages = asks, WaitingFor = [.. silent] }.With(silence);
    }

    /// <summary>Once a person's mails of the session are used up, no more than what went out: only reminders are left out, never the first ask.</summary>
    private static IEnumerable<Rung> Asks(StageRound round, PersonId person)
    {
        var asks = round.Policy.SurveyCollection.Asks;
        return MailsOfTheSession(round, person) < round.Policy.Attendance.MailsInAll
            ? asks
            : asks.Where((rung, i) => i == 0 || round.Snapshot.IssuedOf(round.Key(Ask, person, rung.Id)) is { Withdrawn: null });
    }

    /// <summary>A certificate that went to the post together with an ask is one mail with it.</summary>
    private static int MailsOfTheSession(StageRound round, PersonId person)
    {
        var cycle = round.Snapshot;
        var session = $"r{cycle.RoundOf(StageIds.Attendance)!.Round}-";
        var asks = cycle.IssuedTo(round.Stage, person).Where(issued => issued.Withdrawn is null).ToList();
        return asks.Count + cycle.IssuedTo(StageIds.Attendance, person)
            .Where(issued => issued.Withdrawn is null && issued.Key.Occasion.StartsWith(session, StringComparison.Ordinal))
            .Count(issued => !asks.Exists(ask => ask.At == issued.At));
    }

    /// <summary>Who came onto the list by a correction has a ladder of their own.</summary>
    private static Instant AskedFrom(StageRound round, AttendanceConfirmed confirmed, PersonId person) =>
        Instant.Max(confirmed.At, round.Snapshot.ListedSince(person) ?? confirmed.At);

    private StagePlan Finish(StageRound round) =>
        round.Snapshot.All<SurveyUnsealed>().Any(unsealed => unsealed.Round == round.Number)
            ? StagePlan.Outcome(new SurveyClosed(Id, round.Number, round.Now))
            : new StagePlan { Unseal = round.Number };
}
