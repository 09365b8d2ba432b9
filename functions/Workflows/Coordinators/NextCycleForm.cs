using System.Collections.Immutable;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Coordinators;

/// <summary>Proposes a community's next cycle once one has ended: the kick-off form, filled in from it, or "not now".</summary>
public sealed class NextCycleForm(CycleRecords cycles, People people, Intake intake, ProgrammeVersions programmes, IIdSource ids)
{
    /// <summary>What was decided last; null before the cycle has ended.</summary>
    public static NextDecided? DecisionOf(Snapshot cycle) => !cycle.HasEnded ? null
        : cycle.Find<NextDecided>(NextDecided.RowOf(Round(cycle))) ?? new NextDecided(Round(cycle), cycle.Coordinator, NextCycle.Open, cycle.Coordinator, default);

    /// <summary>The kick-off form as the cycle had it, with those who led it and came since. Nothing is recorded before it is sent.</summary>
    public async Task<IResult> Show(Visit visit, CancellationToken cancel) => visit.Cycle.HasEnded
        ? KickOffForm.ShowFilledIn(await programmes.Now(cancel), await Fields(visit.Cycle, cancel), visit.Cycle.KickOff.Community)
        : Results.Redirect(visit.Path);

    public async Task Decide(Visit visit, string answer, CancellationToken cancel)
    {
        NextCycle? decision = answer switch
        {
            "not-now" => NextCycle.NotNow,
            "open" => NextCycle.Open,
            _ => null,
        };
        if (decision is not null && DecisionOf(visit.Cycle) is { Decision: not NextCycle.Started } before && before.Decision != decision)
        {
            await intake.Record(visit.Cycle.Cycle, [before with { Person = visit.Person.Id, By = visit.By, At = visit.Now, Decision = decision.Value }], cancel);
        }
    }

    /// <summary>The form was sent, and its cycle has started.</summary>
    public async Task Started(string after, CycleId next, Account by, CancellationToken cancel)
    {
        if (IdText.IsId(after)
            && await cycles.Read(CycleId.From(after), cancel) is { Snapshot: var cycle }
            && by.Covers(cycle.KickOff.Programme, cycle.KickOff.Community)
            && DecisionOf(cycle) is { } before
            && before.Next != next)
        {
            await intake.Record(cycle.Cycle, [before with { Person = by.Person, By = by.Person, At = intake.Now, Decision = NextCycle.Started, Next = next }], cancel);
        }
    }

    /// <summary>Those who have trained; where it stopped before anybody had, those who might have led.</summary>
    private static ImmutableList<PersonId> Led(Snapshot cycle) => cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining) is { Facilitators: { IsEmpty: false } trained }
        ? trained
        : cycle.Members(Role.Facilitator).RemoveAll(person => cycle.NewestOf<LeadingAnswered>(person) is { Leads: false });

    private static int Round(Snapshot cycle) => cycle.RoundOf(StageIds.WrapUp)!.Round;

    private async Task<KickOffFields> Fields(Snapshot cycle, CancellationToken cancel)
    {
        var led = Led(cycle);
        var (lead, coach) = (await Person(cycle.Members(Role.DivisionLead)[0], cancel), await Person(cycle.Members(Role.Coach)[0], cancel));
        var fields = KickOffFields.Empty(ids.New()) with
        {
            Programme = cycle.KickOff.Programme,
            Community = cycle.KickOff.Community,
            Zone = cycle.KickOff.Zone,
            Phone = cycle.KickOff.Phone,
            LeadName = lead.Name,
            LeadAddress = lead.Address,
            CoachName = coach.Name,
            CoachAddress = coach.Address,
            CoachPhone = cycle.CoachPhone() ?? "",
            Facilitators = await Lines(led, cancel),
            Reserves = await Lines(cycle.All<Reserve>().Select(reserve => reserve.Person).Except(led), cancel),
            Participants = await Lines(cycle.Members(Role.Participant), cancel),
            Partners = await Partners(cycle, cancel),
            Staff = cycle.Members(Role.DivisionStaff) is [var staff, ..] ? await Person(staff, cancel) : new TypedPerson("", ""),
            OpenRegistration = cycle.KickOff.OpenRegistration,
            After = cycle.Cycle.Value,
        };

        // They were confirmed when the last one started.
        return fields with { ConfirmedAsShared = [.. SharedAddresses.Of(fields).Select(shared => shared.Address)] };
    }

    private async Task<ImmutableSortedDictionary<string, TypedPerson>> Partners(Snapshot cycle, CancellationToken cancel)
    {
        var partners = ImmutableSortedDictionary.CreateBuilder<string, TypedPerson>(StringComparer.Ordinal);
        foreach (var asked in cycle.All<PreparationAsked>())
        {
            partners[asked.Task.Id] = await Person(asked.Person, cancel);
        }

        return partners.ToImmutable();
    }

    /// <summary>One a line, as the form reads them: the address behind the last separator.</summary>
    private async Task<string> Lines(IEnumerable<PersonId> group, CancellationToken cancel) =>
        string.Join('\n', (await people.GetAll(group, cancel)).Select(person => $"{person.Name}; {person.Address}"));

    private async Task<TypedPerson> Person(PersonId id, CancellationToken cancel)
    {
        var person = await people.Get(id, cancel);
        return new TypedPerson(person.Name, person.Address);
    }
}
