using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>A test of what comes before a session on 25 May.</summary>
public abstract class BeforeASession : OnAHost
{
    protected static readonly LocalDateTime Session = new(2027, 5, 25, 18, 0);

    /// <summary>The date is fixed and the invitations are out.</summary>
    protected async Task Invite(int? seats = null, params (string Field, string[] Values)[] otherwise)
    {
        await Start(otherwise);
        var cycle = await Snapshot();
        var (now, policy) = (Host.Now, cycle.Policy with { Attendance = cycle.Policy.Attendance with { Capacity = seats } });
        var facilitators = cycle.Members(Role.Facilitator);
        await Host.Services.GetRequiredService<CycleRecords>().Record(
            cycle.Cycle,
            [
                cycle.KickOff with { Policy = policy },
                new StageOpened(StageIds.CaseStudySelection, 1, now),
                new CaseStudyChosen(StageIds.CaseStudySelection, 1, now, cycle.KickOff.CaseStudies[0].Id),
                new StageOpened(StageIds.FacilitatorTraining, 1, now),
                .. facilitators.Select(one => new LeadingAnswered(1, one, Leads: true, one, now)),
                new FacilitatorsTrained(StageIds.FacilitatorTraining, 1, now, facilitators),
                new StageOpened(StageIds.Scheduling, 1, now),
                new SessionDated(StageIds.Scheduling, 1, now, Session, "America/Vancouver"),
            ],
            now);
        await FirstMorning();
        await Host.StepTo(At(new LocalDateTime(2027, 3, 9, 12, 0)));
    }

    /// <summary>A person's browser on a page of theirs.</summary>
    protected async Task<Browser> As(string name, string page, Role role = Role.Participant)
    {
        var (cycle, people) = (await Snapshot(), Host.Services.GetRequiredService<People>());
        foreach (var member in cycle.Members(role))
        {
            if (await people.Get(member) is { } person && person.Name == name)
            {
                return await new Browser(Host.Address).Open(Host.Services.GetRequiredService<Links>().AskPath(page, person, cycle.Cycle, role, Host.Now));
            }
        }

        throw new InvalidOperationException($"No {name}.");
    }

    protected async Task<Snapshot> Snapshot() =>
        (await Host.Services.GetRequiredService<CycleRecords>().Read(CycleId.From(Coordinator.Cycle.Split('/')[^1])))!.Snapshot;

    protected static Instant At(LocalDateTime local) => local.InZoneStrictly(DateTimeZoneProviders.Tzdb["America/Vancouver"]).ToInstant();
}
