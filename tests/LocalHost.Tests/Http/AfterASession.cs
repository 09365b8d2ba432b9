using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>A test of what follows a session: its list is confirmed, and all who were invited were there.</summary>
public abstract class AfterASession : OnAHost
{
    protected async Task<Snapshot> Snapshot() =>
        (await Host.Services.GetRequiredService<CycleRecords>().Read(CycleId.From(Coordinator.Cycle.Split('/')[^1])))!.Snapshot;

    protected async Task HoldTheSession(params (string Field, string[] Values)[] otherwise)
    {
        await Start(otherwise);
        var cycle = await Snapshot();
        var (now, facilitators) = (Host.Now, cycle.Members(Role.Facilitator));
        await Host.Services.GetRequiredService<Intake>().Record(
            cycle.Cycle,
            [
                new StageOpened(StageIds.CaseStudySelection, 1, now),
                new CaseStudyChosen(StageIds.CaseStudySelection, 1, now, cycle.KickOff.CaseStudies[0].Id),
                new StageOpened(StageIds.FacilitatorTraining, 1, now),
                .. facilitators.Select(one => new LeadingAnswered(1, one, Leads: true, one, now)),
                new FacilitatorsTrained(StageIds.FacilitatorTraining, 1, now, facilitators.RemoveAt(2)),
                new StageOpened(StageIds.Scheduling, 1, now),
                new SessionDated(StageIds.Scheduling, 1, now, new LocalDateTime(2027, 2, 26, 18, 0), "America/Vancouver"),
                new StageOpened(StageIds.Attendance, 1, now),
                .. cycle.Members(Role.Participant).Select(one => new Attended(1, one, Was: true, one, now)),
                new AttendanceListed(1, facilitators[0], facilitators[0], now),
                new AttendanceConfirmed(StageIds.Attendance, 1, now),
            ]);
        await Host.StepTo(Host.Now + Duration.FromHours(2));
    }

    protected Task Days(int days) => Host.StepTo(Host.Now + Duration.FromDays(days));

    /// <summary>A person's browser on a page of theirs.</summary>
    protected async Task<Browser> As(string name, string page, Role role = Role.Participant) => await SitDown().Open(await PathOf(name, page, role));

    /// <summary>The link to a person's page, without the address.</summary>
    protected async Task<string> PathOf(string name, string page, Role role = Role.Participant)
    {
        var (cycle, people) = (await Snapshot(), Host.Services.GetRequiredService<People>());
        foreach (var member in cycle.Members(role))
        {
            if (await people.Get(member) is { } person && person.Name == name)
            {
                return Host.Services.GetRequiredService<Links>().AskPath(page, person, cycle.Cycle, role, Host.Now);
            }
        }

        throw new InvalidOperationException($"No {name}.");
    }
}
