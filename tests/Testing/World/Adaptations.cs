using Cohesion.Workflows.Adaptations;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Testing;

/// <summary>The coordinator changes a community that runs: once, however often the form is sent.</summary>
/// <param name="chance">Decides what, of all that can be done then.</param>
public sealed class Adaptations(int chance)
{
    /// <summary>So many, that every community comes to its end.</summary>
    private const int MostOfACycle = 5;

    private (Adaptation What, int Number)? _sent;

    public async Task Make(AtForm at)
    {
        if (at.Cycle.Adaptations().Count < MostOfACycle || _sent is not null)
        {
            await Send(at, _sent?.What ?? Choice(at));
        }
    }

    public static Task GoOn(AtForm at) => at.Cycle.Pause() is null ? Task.CompletedTask : new Adaptations(0).Send(at, new ResumeCycle());

    private async Task Send(AtForm at, Adaptation? what)
    {
        while (what is not null && await at.Product.Get<CycleRecords>().Read(at.Cycle.Cycle) is { Snapshot: var cycle } stored)
        {
            if (_sent is { } sent && Adapter.WasMade(cycle, sent.What, sent.Number, cycle.Coordinator))
            {
                return;
            }

            var (number, now) = (Adapter.Next(cycle), at.Now);
            _sent = (what, number);
            if (Adapter.Facts(cycle, what, number, "Why not", cycle.Coordinator, now) is not { } facts || await at.Product.Get<Adapter>().TryMake(stored, facts, now))
            {
                return;
            }
        }
    }

    private Adaptation? Choice(AtForm at)
    {
        var (cycle, days) = (at.Cycle, new CommunityDays(at.Cycle.KickOff.Zone));
        var today = days.DateOf(at.Now);
        Adaptation[] all =
        [
            new MoveSession(today.PlusDays(3 + chance % 50) + new LocalTime(18, 0)),
            new MoveSession(today.PlusDays(20 + chance % 50) + new LocalTime(17, 30)),
            .. cycle.Adaptations().Exists(adapted => adapted.What is PostponeSession) ? Array.Empty<Adaptation>() : [new PostponeSession()],
            new SetDeadline(CommunityCycle.Stages[chance % CommunityCycle.Stages.Count].Id, today.PlusDays(2 + chance % 15) + new LocalTime(17, 0)),
            new ChangeCaseStudy(cycle.KickOff.CaseStudies[chance % cycle.KickOff.CaseStudies.Count].Id),
            new SetCapacity(1 + chance % 5),
            .. cycle.Members(Role.Participant).Skip(chance % 4).Take(1).Select(person => new RemoveParticipant(person)),
            .. cycle.All<MemberLeft>().Take(1).Select(left => new InviteAgain(left.Person)),
            new SetPolicy("attendance.minimum", $"{chance % 4}"),
            new SetPolicy("surveyCollection.closesDay", $"{13 + chance % 9}"),
            new PauseCycle(),
            new PauseCycle(),
            .. chance % 5 == 0 ? [new EndCycle()] : Array.Empty<Adaptation>(),
        ];
        var can = all.Where(one => Adapting.Follows(cycle, one, cycle.Coordinator, at.Now) is not null).ToList();
        return can.Count == 0 ? null : can[chance / 7 % can.Count];
    }
}
