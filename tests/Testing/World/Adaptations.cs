using Cohesion.Workflows.Adaptations;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Testing;

/// <summary>The coordinator changes a community that runs: once, however often the form is sent.</summary>
/// <param name="chance">Decides what, of all that can be done then.</param>
/// <param name="settings">Of the world: whether one adaptation is to be made at one stage, and nothing else; and where all are noted.</param>
public sealed class Adaptations(int chance, WorldSettings settings)
{
    /// <summary>So many, that every community comes to its end.</summary>
    private const int MostOfACycle = 5;

    private (Adaptation What, int Number)? _sent;

    public async Task Make(AtForm at)
    {
        if (at.Cycle.Adaptations().Count < MostOfACycle || _sent is not null)
        {
            await Send(at, _sent?.What ?? await Choice(at));
        }
    }

    public Task GoOn(AtForm at) => at.Cycle.Pause() is null && _sent is null ? Task.CompletedTask : Send(at, new ResumeCycle());

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
            if (Adapter.Facts(cycle, what, number, "Why not", cycle.Coordinator, now) is not { } facts)
            {
                return;
            }

            settings.Adaptations?.Makes(cycle, what);
            if (await at.Product.Get<Adapter>().TryMake(stored, facts, now))
            {
                return;
            }
        }
    }

    private async Task<Adaptation?> Choice(AtForm at)
    {
        var can = (await All(at)).Where(one => Adapting.Follows(at.Cycle, one, at.Cycle.Coordinator, at.Now) is not null).ToLookup(AdaptationLog.KindOf);
        settings.Adaptations?.CouldMake(at.Cycle, can.Select(kind => kind.First()));
        if (settings.Adapts is { } wished)
        {
            return wished.StartsWith($"{AdaptationLog.StageOf(at.Cycle)} ", StringComparison.Ordinal) ? Towards(at.Cycle, wished.Split(' ')[1], can) : BackTo(at.Cycle, wished, can);
        }

        var kinds = can.Where(kind => kind.Key != nameof(EndCycle) || chance % 5 == 0).Select(kind => kind.ToList()).ToList();
        return kinds.Count == 0 ? null : kinds[chance / 7 % kinds.Count] is var kind ? kind[chance % kind.Count] : null;
    }

    /// <summary>What can be done at the choice of the case only once it is gone back to: with the case, or the date, of later stages.</summary>
    private static GoBack? BackTo(Snapshot cycle, string wished, ILookup<string, Adaptation> can)
    {
        var isReady = wished.Split(' ')[1] switch
        {
            nameof(ChangeCaseStudy) => true,
            nameof(MoveSession) or nameof(PostponeSession) => cycle.Session() is not null,
            _ => false,
        };
        return isReady ? can[nameof(GoBack)].Cast<GoBack>().FirstOrDefault(back => wished.StartsWith($"{back.Stage} ", StringComparison.Ordinal)) : null;
    }

    /// <summary>It is made once; for what is taken back, first what it takes back.</summary>
    private Adaptation? Towards(Snapshot cycle, string wished, ILookup<string, Adaptation> can)
    {
        var before = wished == nameof(InviteAgain) ? nameof(RemoveParticipant) : wished == nameof(ResumeCycle) ? nameof(PauseCycle) : wished;
        bool WasMade(string kind) => cycle.Adaptations().Exists(adapted => AdaptationLog.KindOf(adapted.What) == kind);
        var choice = (WasMade(wished) ? [] : can[wished].Any() || WasMade(before) ? can[wished] : can[before]).ToList();
        return choice.Count == 0 ? null : choice[chance % choice.Count];
    }

    private async Task<IEnumerable<Adaptation>> All(AtForm at)
    {
        var (cycle, today) = (at.Cycle, new CommunityDays(at.Cycle.KickOff.Zone).DateOf(at.Now));
        return
        [
            new MoveSession(today.PlusDays(3 + chance % 50) + new LocalTime(18, 0)),
            new MoveSession(today.PlusDays(20 + chance % 50) + new LocalTime(17, 30)),
            .. cycle.Adaptations().Exists(adapted => adapted.What is PostponeSession) ? Array.Empty<Adaptation>() : [new PostponeSession()],
            .. CommunityCycle.Stages.Select(stage => new SetDeadline(stage.Id, today.PlusDays(2 + chance % 15) + new LocalTime(17, 0))),
            .. cycle.KickOff.CaseStudies.Select(one => new ChangeCaseStudy(one.Id)),
            new SetCapacity(1 + chance % 5),
            .. cycle.Members(Role.Participant).Select(person => new RemoveParticipant(person)),
            .. cycle.All<MemberLeft>().Where(left => left.Role == Role.Participant).Select(left => new InviteAgain(left.Person)),
            .. GoingBack.Stages.Select(stage => new GoBack(stage)),
            new SetPolicy("attendance.minimum", $"{chance % 4}"),
            new SetPolicy("surveyCollection.closesDay", $"{13 + chance % 9}"),
            new AdoptProgramme(cycle.ProgrammeVersion + 1, Json.Write(cycle.Policy with { Attendance = cycle.Policy.Attendance with { Minimum = chance % 3 } })),
            .. settings.Town is null ? await Places(at) : [],
            new PauseCycle(),
            new ResumeCycle(),
            new EndCycle(),
        ];
    }

    /// <summary>"Coach 2" takes the place of "Coach 1", a substitute that of a facilitator, or comes beside them. Only in a community whose people these are.</summary>
    private async Task<IEnumerable<Adaptation>> Places(AtForm at)
    {
        var (cycle, isTrained) = (at.Cycle, chance % 2 == 0);
        var facilitators = cycle.Members(Role.Facilitator);
        var joins = await Known(at, Townsfolk.NextSubstitute(cycle));
        var (coach, lead) = (await Known(at, Townsfolk.Next(Role.Coach, cycle)), await Known(at, Townsfolk.Next(Role.DivisionLead, cycle)));
        return
        [
            new AddFacilitator(joins, isTrained),
            .. facilitators.Select(leaves => new ReplaceMember(Role.Facilitator, leaves, joins, isTrained)),
            .. facilitators.Select(person => new RemoveFacilitator(person)),
            .. cycle.All<MemberLeft>().Where(one => one.Role == Role.Facilitator).Select(one => new AddFacilitator(one.Person)),
            new ReplaceMember(Role.Coach, cycle.Members(Role.Coach)[0], coach),
            new ReplaceMember(Role.DivisionLead, cycle.Members(Role.DivisionLead)[0], lead),
        ];
    }

    private static Task<PersonId> Known(AtForm at, string name) => at.Product.Get<People>().FindOrAdd(name, Townsfolk.AddressOf(name), at.Cycle.KickOff.Zone);
}
