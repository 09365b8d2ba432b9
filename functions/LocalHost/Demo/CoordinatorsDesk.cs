using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.Primitives;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>
/// The coordinator of all communities, and the deputy: they submit the forms, and decide what they are asked, on working mornings.
/// </summary>
internal sealed class CoordinatorsDesk(
    DemoWorld world,
    ICollection<string> refused,
    ProgrammeFiles programmes,
    AccountList accounts,
    CycleRecords cycles,
    People people,
    KickOffs kickOffs,
    NextCycleForm proposal,
    PersonForm persons,
    Refusals refusals,
    Absences absences,
    Intake intake,
    AtTheForms forms,
    IIdSource ids)
{
    private const string Zone = "America/Vancouver";

    private static readonly CommunityDays Days = new(Zone);

    public static Programme ProgrammeOf(ProgrammeFiles programmes) => programmes.Find("adult-mental-health")!;

    public static Instant StartOf(Community community) => Morning(community, Days.DateOf(DemoWorld.Start).PlusDays(community.StartDay ?? 0));

    /// <summary>The evening before the holiday.</summary>
    public static Instant LeavesAt { get; } = Days.At(DemoWorld.Holiday.Start.PlusDays(-1), new LocalTime(16, 40));

    /// <summary>The next morning that a coordinator is at work.</summary>
    /// <param name="community">Whose.</param>
    /// <param name="isAway">Whether the coordinator is who goes on holiday.</param>
    /// <param name="read">When the mail came.</param>
    public static Instant NextMorning(Community community, bool isAway, Instant read)
    {
        var next = Days.DateOf(read).PlusDays(1);
        return Morning(community, isAway && DemoWorld.Holiday.Contains(next) ? DemoWorld.Holiday.End.PlusDays(1) : next);
    }

    /// <summary>The coordinator says who gets their mail while they are away.</summary>
    public async Task GoOnHoliday()
    {
        var (me, deputy) = (await Find(world.Coordinator), await Find(world.Deputy));
        await absences.Set(me.Id, new Absence(deputy.Id, DemoWorld.Holiday.Start, DemoWorld.Holiday.End));
    }

    public async Task Start(Community community)
    {
        await kickOffs.Start(new KickOffRequest(
            community.Nonce,
            community.Town,
            community.Crowd.Zone,
            "250 555 0142",
            Adapted(ProgrammeOf(programmes), community.Crowd),
            (await Find(world.Coordinator)).Id,
            community.Lead,
            community.Coach,
            community.Facilitators,
            community.Crowd.OpenLink ? [] : community.Participants)
        {
            Reserves = community.Reserves,
            DivisionStaff = community.Staff,
            Blackouts = community.Crowd.Blackouts,
            OpenRegistration = community.Crowd.OpenLink,
            Partners = DemoWorld.Partners,
        });
    }

    /// <summary>
    /// Decides all that the community's page asks, and finds out most addresses that were wrong; when a town's session has ended,
    /// starts its next.
    /// </summary>
    public async Task LookAfter(Community community, TypedPerson coordinator)
    {
        if (await cycles.Read(community.Cycle) is not { Snapshot: var cycle })
        {
            return; // The mail was about the town's session before.
        }

        var me = await Find(coordinator);
        var mine = Planner.WantedNow(cycle, intake.Now).Where(key => key.Person == cycle.Coordinator);
        foreach (var (stage, kind) in mine.Select(key => (key.Stage, key.Kind)).Distinct().Order())
        {
            if (await Decide(community, cycle, me, stage, kind) is { } problem)
            {
                refused.Add($"{community.Name}, decision {kind}: {problem}");
            }
        }

        foreach (var (person, _) in await persons.OutOfReach(cycle, default))
        {
            if (world.Habits.Does(0.6, person.Address, "is found out"))
            {
                await refusals.Mend(person, $"office.{person.Address}", intake.Now);
            }
        }

        if (cycle.HasEnded && world.Communities.Find(one => one.StartDay is null && one.Town == community.Town && one != community) is { } next)
        {
            await Start(next);
            await proposal.Started(community.Cycle.Value, next.Cycle, (await accounts.Find(cycle.Coordinator))!, default);
        }
    }

    private async Task<string?> Decide(Community community, Snapshot cycle, Person me, string stage, string kind)
    {
        var visit = new Visit(await people.Get(cycle.Coordinator), cycle, $"/cycles/{cycle.Cycle}/list", intake.Now, Recorder: me.Id == cycle.Coordinator ? null : me);
        switch ($"{stage}/{kind}")
        {
            case $"case-study-selection/{CaseStudySelectionPlan.Decide}":
                return await CaseStudySelectionForm.Decide(visit, cycle.KickOff.CaseStudies[0].Id, intake, default);
            case $"facilitator-training/{FacilitatorTrainingPlan.Replace}":
                var before = cycle.Members(Role.Facilitator).Count - community.Facilitators.Count;
                var named = community.StandIns[before % community.StandIns.Count];
                return await FacilitatorTrainingForm.Name(cycle, named.Name, named.Address, people, intake, default);
            case $"scheduling/{SchedulingPlan.Propose}":
                return await SchedulingForm.Propose(visit, AtTheForms.Form(("slot", Slots(community, cycle))), intake, default);
            case $"attendance/{AttendancePlan.AccreditationMissing}":
                await PreparationForm.SettleAccreditation(visit, PreparationState.Waived, intake, default);
                return null;
            case $"attendance/{AttendancePlan.ConfirmList}":
                foreach (var walkIn in community.WalkIns)
                {
                    await ListForm.Confirm(visit, AtTheForms.WalkIn(walkIn), intake, people, ids, default);
                }

                await ListForm.Confirm(visit, await forms.ListOf(community), intake, people, ids, default);
                return null;
            default:
                return null;
        }
    }

    /// <summary>Evenings from Tuesday to Thursday, as soon as the policy allows.</summary>
    private StringValues Slots(Community community, Snapshot cycle)
    {
        var round = cycle.RoundOf(StageIds.Scheduling)!.Round;
        var first = SchedulingForm.FirstDay(cycle, intake.Now).PlusDays(world.Habits.Pick(4, community.Name, $"dates of round {round}"));
        var evenings = Enumerable.Range(0, 30).Select(first.PlusDays)
            .Where(date => Holidays.IsWorkingDay(date) && date.DayOfWeek is IsoDayOfWeek.Tuesday or IsoDayOfWeek.Wednesday or IsoDayOfWeek.Thursday)
            .Take(cycle.Policy.Scheduling.Slots)
            .Select(date => SchedulingForm.SlotPattern.Format(date.At(new LocalTime(18, 0))));
        return new StringValues([.. evenings]);
    }

    /// <summary>Where there is but one facilitator, one is enough.</summary>
    private static Programme Adapted(Programme programme, Crowd crowd)
    {
        var training = programme.Policy.FacilitatorTraining;
        var enough = Math.Min(training.Enough, crowd.Facilitators);
        return programme with { Policy = programme.Policy with { FacilitatorTraining = training with { Enough = enough } } };
    }

    private async Task<Person> Find(TypedPerson coordinator) => (await accounts.At(coordinator.Address)).Single();

    private static Instant Morning(Community community, LocalDate date)
    {
        var working = Holidays.IsWorkingDay(date) ? date : Holidays.AddWorkingDays(date, 1);
        return Days.At(working, new LocalTime(9, 20).PlusMinutes(community.Number));
    }
}
