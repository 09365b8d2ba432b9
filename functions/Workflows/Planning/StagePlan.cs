using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>One of the cycle's stages: decides, from what is so, what is to be.</summary>
public interface IStage
{
    StageId Id { get; }

    /// <summary>The kinds of message it may want: a contract, part of message keys.</summary>
    ImmutableList<string> Kinds { get; }

    /// <summary>Pure. Called for the newest round of a stage, open or closed: a closed stage still plans the messages it wants.</summary>
    StagePlan Plan(StageRound round);

    /// <summary>The same once the community has stopped: what is still to be brought to an end, or was promised.</summary>
    StagePlan Stop(StageRound round, CycleStopped stopped) => new();
}

/// <summary>What a stage wants, now and to come.</summary>
public sealed record StagePlan
{
    /// <summary>Facts to record now: a deadline as people are told it, a next round, the outcome.</summary>
    public ImmutableList<Fact> Facts { get; init; } = [];

    /// <summary>Every message wanted now or to come, sent or not. What is not in it any more is withdrawn.</summary>
    public ImmutableList<WantedMessage> Messages { get; init; } = [];

    /// <summary>Whose move it is.</summary>
    public ImmutableList<PersonId> WaitingFor { get; init; } = [];

    /// <summary>When to look again, beside the times of messages to come.</summary>
    public ImmutableList<Instant> Wakes { get; init; } = [];

    /// <summary>A survey round whose sealed answers are to become results.</summary>
    public int? Unseal { get; init; }

    public StagePlan With(Silence silence) => this with
    {
        Facts = [silence.Told, .. Facts],
        Messages = Messages.AddRange(silence.Messages),
        Wakes = Wakes.Add(silence.Closes),
    };

    public static StagePlan Outcome(Outcome outcome) => new() { Facts = [outcome] };
}

/// <summary>A message that somebody should have from <paramref name="Due"/> on.</summary>
/// <param name="Key">Which.</param>
/// <param name="Due">From when on.</param>
/// <param name="Calendar">What it tells their calendar, not numbered yet; null where nothing.</param>
public sealed record WantedMessage(MessageKey Key, Instant Due, CalendarEntry? Calendar = null);
