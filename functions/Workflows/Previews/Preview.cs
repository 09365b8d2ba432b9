using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using NodaTime;

namespace Cohesion.Workflows.Previews;

/// <summary>A mail that goes out in a preview.</summary>
/// <param name="Reader">Who gets it.</param>
/// <param name="At">When.</param>
/// <param name="Messages">What is in it.</param>
/// <param name="Cycle">The cycle as it is then.</param>
public sealed record PreviewedMail(PersonId Reader, Instant At, ImmutableList<MessageKey> Messages, Snapshot Cycle);

/// <summary>What a cycle comes to in a course.</summary>
/// <param name="Mails">In the order in which they go out.</param>
/// <param name="End">The cycle as it is at last.</param>
/// <param name="At">When that is.</param>
/// <param name="WaitingFor">Whose move it is then: nobody's where the cycle has ended.</param>
public sealed record PreviewedCycle(ImmutableList<PreviewedMail> Mails, Snapshot End, Instant At, ImmutableList<PersonId> WaitingFor);

/// <summary>
/// Runs a cycle ahead, on a clock of its own, by the plans that run it in fact and by the rules of the post: what is to come if people answer
/// so. Nothing is written.
/// </summary>
public sealed class Preview
{
    /// <summary>A cycle in which nothing happens for so long waits for somebody.</summary>
    private static readonly Duration Patience = Duration.FromDays(120);

    /// <summary>Dates can be sought for ever, where too few can come each time.</summary>
    private static readonly Duration Horizon = Duration.FromDays(2 * 365);

    private readonly Crowd _crowd;
    private readonly CommunityDays _days;
    private readonly Func<MessageKey, Snapshot, Instant, Haste> _hasteOf;
    private readonly Dictionary<PersonId, Tray> _trays = [];
    private readonly PriorityQueue<PlannedAnswer, (Instant Due, int Number)> _answers = new();
    private readonly List<PreviewedMail> _mails = [];
    private readonly List<Issued> _marks = [];
    private Snapshot _cycle;
    private TurnPlan _plan;
    private Instant _now;
    private Instant _turnAt;
    private Instant _lastNews;

    private Preview(Snapshot cycle, Instant now, Crowd crowd, Func<MessageKey, Snapshot, Instant, Haste> hasteOf)
    {
        (_cycle, _now, _lastNews, _crowd, _hasteOf, _days) = (cycle, now, now, crowd, hasteOf, new CommunityDays(cycle.KickOff.Zone));
        foreach (var issued in cycle.All<Issued>())
        {
            Put(issued);
        }

        _plan = Turn();
    }

    /// <param name="cycle">As it is now.</param>
    /// <param name="now">When.</param>
    /// <param name="crowd">How its people answer.</param>
    /// <param name="hasteOf">How pressing a message is, for the cycle as it is at an instant.</param>
    public static PreviewedCycle Run(Snapshot cycle, Instant now, Crowd crowd, Func<MessageKey, Snapshot, Instant, Haste> hasteOf) =>
        new Preview(cycle, now, crowd, hasteOf).RunToTheEnd();

    private PreviewedCycle RunToTheEnd()
    {
        var last = _now + Horizon;
        Send();
        while (Next() is { } next && next <= last && next <= _lastNews + Patience)
        {
            _now = Instant.Max(next, _now);
            if (Hear() || _plan.NextWake <= _now)
            {
                _plan = Turn();
            }

            Send();
        }

        return new PreviewedCycle([.. _mails], _cycle, _lastNews, _cycle.HasEnded ? [] : _plan.WaitingFor);
    }

    /// <summary>When something happens next; after the cycle's end only mail goes out.</summary>
    private Instant? Next()
    {
        var mail = _trays.Values.Where(tray => tray.Waiting.Count > 0).Select(tray => (Instant?)tray.LooksAt).Min();
        var answer = _answers.TryPeek(out _, out var first) ? first.Due : (Instant?)null;
        return _cycle.HasEnded ? mail : new[] { _plan.NextWake, mail, answer }.Min();
    }

    private TurnPlan Turn()
    {
        var plan = Planner.Plan(_cycle, _now);
        foreach (var issued in plan.Changes.OfType<Issued>())
        {
            Put(issued);
        }

        _lastNews = plan.Changes.IsEmpty ? _lastNews : _now;
        (_cycle, _turnAt) = (plan.After, _now);
        if (plan.Unseal is not { } round)
        {
            return plan;
        }

        _cycle = _cycle.With([new SurveyResults(round, new SurveyFigures.FewerThanFive()), new SurveyUnsealed(round, _now)]);
        return Turn();
    }

    /// <returns>Whether anybody told anything.</returns>
    private bool Hear()
    {
        var hasHeard = false;
        while (_answers.TryPeek(out var answer, out var first) && first.Due <= _now)
        {
            _answers.Dequeue();
            var told = answer.Tell(_cycle, _now).ToList();
            _cycle = told.Count > 0 ? _cycle.With(told) : _cycle;
            hasHeard |= told.Count > 0;
        }

        _lastNews = hasHeard ? _now : _lastNews;
        return hasHeard;
    }

    private void Put(Issued issued)
    {
        if (!_trays.TryGetValue(issued.Key.Person, out var tray))
        {
            _trays[issued.Key.Person] = tray = new Tray();
        }

        if (issued is { Accepted: null, Withdrawn: null, Bounced: null })
        {
            tray.Waiting.Add(new PostMessage(issued.Key, issued.At, PostState.Waiting));
            tray.LooksAt = _now;
        }
        else if (issued.Accepted is { } accepted && _hasteOf(issued.Key, _cycle, accepted) != Haste.AtOnce)
        {
            tray.LastMail = tray.LastMail > accepted ? tray.LastMail : accepted;
        }
    }

    private void Send()
    {
        var due = _trays.Where(tray => tray.Value.Waiting.Count > 0 && tray.Value.LooksAt <= _now).ToList();
        if (due.Count == 0)
        {
            return;
        }

        var wanted = _turnAt == _now ? [.. _plan.Wanted.Where(message => message.Due <= _now).Select(message => message.Key)] : Planner.WantedNow(_cycle, _now);
        foreach (var (person, tray) in due.OrderBy(one => one.Key.Value, StringComparer.Ordinal))
        {
            Send(person, tray, wanted);
        }

        _cycle = _cycle.With(_marks);
        _marks.Clear();
    }

    private void Send(PersonId person, Tray tray, ImmutableHashSet<MessageKey> wanted)
    {
        var unwanted = tray.Waiting.FindAll(message => !wanted.Contains(message.Key));
        _marks.AddRange(unwanted.Select(message => _cycle.IssuedOf(message.Key)! with { Withdrawn = _now }));
        tray.Waiting.RemoveAll(unwanted.Contains);
        if (unwanted.Exists(message => _cycle.IssuedOf(message.Key)!.Calendar is not null))
        {
            _plan = _plan with { NextWake = _now };
        }

        var waiting = tray.Waiting.ConvertAll(message => new WaitingMessage(message, _hasteOf(message.Key, _cycle, _now), person == _cycle.Coordinator));
        var hadMailToday = tray.LastMail is { } last && _days.DateOf(last) == _days.DateOf(_now);
        var sorted = MailTimes.Of(_cycle.KickOff.Zone, waiting, hadMailToday, _now);
        foreach (var mail in sorted.Mails)
        {
            Deliver(person, tray, mail);
        }

        tray.LooksAt = sorted.Next ?? Instant.MaxValue;
    }

    private void Deliver(PersonId person, Tray tray, SortedMail mail)
    {
        var keys = mail.Messages.Select(message => message.Key).ToImmutableList();
        _mails.Add(new PreviewedMail(person, _now, keys, _cycle));
        _marks.AddRange(keys.Select(key => _cycle.IssuedOf(key)! with { Accepted = _now }));
        tray.Waiting.RemoveAll(message => keys.Contains(message.Key));
        tray.LastMail = mail.GoesAtOnce ? tray.LastMail : _now;
        foreach (var answer in keys.SelectMany(key => _crowd.After(key, _now)))
        {
            _answers.Enqueue(answer, (answer.Due, _answers.Count + _mails.Count));
        }
    }

    /// <summary>What waits for a person.</summary>
    private sealed class Tray
    {
        public List<PostMessage> Waiting { get; } = [];

        /// <summary>Of those that may go out once a day.</summary>
        public Instant? LastMail { get; set; }

        public Instant LooksAt { get; set; } = Instant.MaxValue;
    }
}
