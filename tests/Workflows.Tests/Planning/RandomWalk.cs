using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Testing;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Cohesion.Workflows.Tests.Planning;

/// <summary>A community, and what happens in it: time passes, somebody does something, mail goes out or not, a turn is taken or not.</summary>
public sealed record RandomWalk(
    string Zone,
    string KickedOff,
    int Partners,
    int Facilitators,
    int Participants,
    int? Capacity,
    int MovesUpUntilDay,
    int Enough,
    bool OpenRegistration,
    Beginning Beginning,
    ImmutableList<string> Bouncing,
    ImmutableList<Step> Steps)
{
    public static Arbitrary<RandomWalk> Any { get; } = Arb.From(Walks(), Shorter);

    /// <summary>What happened, for whoever reads a counterexample.</summary>
    public override string ToString()
    {
        var community = $"{Zone}, {Partners} partners, {Facilitators} facilitators, {Participants} participants, {Capacity} seats, moving up until {MovesUpUntilDay}, enough is {Enough}, {(OpenRegistration ? "an open link, " : "")}[{string.Join(' ', Bouncing)}] bounce";
        return string.Join('\n', [community, .. new WalkPlayer(this).Story, .. Steps.Select(step => step.ToString())]);
    }

    private static Gen<RandomWalk> Walks() =>
        from zone in Gen.Elements(PlanDriver.Vancouver, PlanDriver.Edmonton, PlanDriver.Denver)
        from day in Gen.Elements("2027-01-04", "2027-01-22", "2027-03-03", "2027-03-14", "2027-08-28", "2027-10-28", "2027-11-07", "2027-12-24")
        from time in Gen.Elements("00:00", "01:30", "03:00", "08:59", "09:00", "10:17", "16:59", "23:59")
        from beginning in Gen.Frequency(
            (4, Gen.Constant(Beginning.KickedOff)),
            (2, Gen.Constant(Beginning.Invited)),
            (2, Gen.Constant(Beginning.SoughtAfter)),
            (2, Gen.Constant(Beginning.Held)))
        from partners in Gen.Elements(0, 0, 0, 1, 2)
        from facilitators in Gen.Choose(beginning == Beginning.KickedOff ? 1 : 2, 4)
        from participants in Gen.Choose(0, 8)
        from capacity in Gen.Elements<int?>(null, 1, 2, 4)
        from movesUpUntilDay in Gen.Elements(-3, -60)
        from enough in Gen.Choose(1, 2)
        from openRegistration in Gen.Elements(false, false, true)
        from some in Gen.SubListOf("lead", "coach", "f1", "f2", "p1", "p2", "coordinator")
        from bouncing in Gen.Frequency((3, Gen.Constant<IEnumerable<string>>([])), (1, Gen.Constant<IEnumerable<string>>(some)))
        from count in Gen.Choose(5, 70)
        from steps in Gen.ArrayOf(Step.Any, count)
        select new RandomWalk(zone, $"{day}T{time}", partners, facilitators, participants, capacity, movesUpUntilDay, enough, openRegistration, beginning, [.. bouncing], [.. steps]);

    private static IEnumerable<RandomWalk> Shorter(RandomWalk walk)
    {
        for (var length = Math.Max(1, walk.Steps.Count / 2); length >= 1; length /= 2)
        {
            for (var start = 0; start + length <= walk.Steps.Count; start += length)
            {
                yield return walk with { Steps = walk.Steps.RemoveRange(start, length) };
            }
        }
    }
}

/// <summary>How far a community has come when a walk begins: chance alone seldom comes so far.</summary>
public enum Beginning
{
    KickedOff,

    /// <summary>The date is fixed, and the invitations are out.</summary>
    Invited,

    /// <summary>And all who are invited want to come.</summary>
    SoughtAfter,

    /// <summary>The session is over, and its list confirmed.</summary>
    Held,
}

/// <summary>How time passes before a step.</summary>
public enum Passing
{
    Minutes,
    Hours,
    Days,
    ToTheWake,
    JustBeforeTheWake,
    LongAfterTheWake,
}

/// <param name="Passing">How time passes first.</param>
/// <param name="Amount">How much.</param>
/// <param name="Choice">What is done, of all that can be done then; null for nothing.</param>
/// <param name="Detail">How: which case study, which slots.</param>
/// <param name="TakesATurn">Whether a turn follows.</param>
/// <param name="MailGoesOut">Whether mail goes out then.</param>
public sealed record Step(Passing Passing, int Amount, int? Choice, int Detail, bool TakesATurn, bool MailGoesOut)
{
    public static Gen<Step> Any { get; } =
        from passing in Gen.Frequency(
            (3, Gen.Constant(Passing.Minutes)),
            (2, Gen.Constant(Passing.Hours)),
            (2, Gen.Constant(Passing.Days)),
            (5, Gen.Constant(Passing.ToTheWake)),
            (1, Gen.Constant(Passing.JustBeforeTheWake)),
            (1, Gen.Constant(Passing.LongAfterTheWake)))
        from amount in Gen.Choose(0, 20)
        from acts in Gen.Choose(1, 10)
        from choice in Gen.Choose(0, 1_000_000)
        from detail in Gen.Choose(0, 1_000_000)
        from turn in Gen.Choose(1, 10)
        from mail in Gen.Choose(1, 10)
        select new Step(passing, amount, acts <= 7 ? choice : null, detail, turn <= 7, mail <= 8);
}

/// <summary>One turn of a walk.</summary>
public sealed record Turned(Snapshot Before, Instant Now, TurnPlan Plan)
{
    public IEnumerable<Issued> Issued => Plan.Changes.OfType<Issued>();
}

/// <summary>Walks a walk: people do only what a page would let them do.</summary>
public sealed class WalkPlayer
{
    private readonly PlanDriver _cycle;
    private readonly List<Turned> _turns = [];
    private readonly List<string> _story = [];

    public WalkPlayer(RandomWalk walk)
    {
        _cycle = PlanDriver.KickedOff(walk.KickedOff, walk.Zone, walk.Facilitators, walk.Participants, policy => policy with
        {
            FacilitatorTraining = policy.FacilitatorTraining with { Enough = walk.Enough },
            Attendance = policy.Attendance with { Capacity = walk.Capacity, MovesUpUntilDay = walk.MovesUpUntilDay },
        });
        _cycle.IsAccredited().Tells(_cycle.Cycle.KickOff with { OpenRegistration = walk.OpenRegistration }).Bounces(walk.Bouncing.Select(PersonId.From));
        foreach (var number in Enumerable.Range(1, walk.Partners))
        {
            _cycle.AsksForPreparation(number == 1 ? PartnerTask.Accreditation : $"task-{number}", PersonId.From($"partner-{number}"));
        }

        Begin(walk);
        TakeATurn();
        foreach (var step in walk.Steps)
        {
            Take(step);
        }
    }

    public IReadOnlyList<Turned> Turns => _turns;

    public IReadOnlyList<string> Story => _story;

    public PlanDriver Cycle => _cycle;

    private void Begin(RandomWalk walk)
    {
        if (walk.Beginning == Beginning.KickedOff)
        {
            return;
        }

        foreach (var asked in _cycle.Cycle.All<PreparationAsked>())
        {
            _cycle.Prepares(asked.Task.Id, asked.Person);
        }

        var participants = _cycle.OpensAttendance(WhatCanBeDone.Slots(_cycle, 0)[0]).Cycle.Members(Role.Participant);
        if (walk.Beginning == Beginning.SoughtAfter)
        {
            participants.ForEach(one => _cycle.Replies(one, comes: true));
        }
        else if (walk.Beginning == Beginning.Held)
        {
            _cycle.RunsUntil(_cycle.Cycle.Session()!.Ends).ConfirmsTheList(participants).TakesATurn().MailsGoOut();
        }
    }

    private void Take(Step step)
    {
        _cycle.At(Passed(step));
        var possible = WhatCanBeDone.In(_cycle, step.Detail).ToList();
        if (step.Choice is { } choice && possible.Count > 0)
        {
            var (what, act) = possible[choice % possible.Count];
            act();
            _story.Add($"{_cycle.Now} {what}");
        }

        if (step.TakesATurn)
        {
            TakeATurn();
        }

        if (step.MailGoesOut)
        {
            _cycle.MailsGoOut();
        }
    }

    private Instant Passed(Step step)
    {
        var wake = Instant.Max(_cycle.Now, Turns[^1].Plan.NextWake);
        return step.Passing switch
        {
            Passing.Minutes => _cycle.Now + Duration.FromMinutes(step.Amount),
            Passing.Hours => _cycle.Now + Duration.FromHours(step.Amount),
            Passing.Days => _cycle.Now + Duration.FromDays(step.Amount / 4.0),
            Passing.JustBeforeTheWake => Instant.Max(_cycle.Now, wake - Duration.FromSeconds(1)),
            Passing.LongAfterTheWake => wake + Duration.FromHours(17 * step.Amount),
            _ => wake,
        };
    }

    private void TakeATurn()
    {
        var turned = new Turned(_cycle.Cycle, _cycle.Now, _cycle.Planned());
        _turns.Add(turned);
        _story.AddRange(turned.Plan.Changes.Select(change => $"{_cycle.Now}     {change.Row()}"));
        _cycle.Tells(turned.Plan.Changes);
        if (turned.Plan.Unseal is { } round)
        {
            _cycle.Tells(new SurveyResults(round, new SurveyFigures.FewerThanFive()), new SurveyUnsealed(round, _cycle.Now));
            TakeATurn();
        }
    }
}
