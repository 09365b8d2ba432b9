using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.LocalHost.Tests.Http;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Walking;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>A test that has a host of its own, at which everybody sits at Chromium.</summary>
/// <param name="chromium">All have the same.</param>
/// <param name="script">Whether scripts run: to look at a page takes one.</param>
/// <param name="looks">Whether each page is looked at.</param>
public abstract class InChromium(Chromium chromium, bool script, bool looks) : AfterASession
{
    protected PageCheck Check => field ??= new PageCheck(Host.Address, looks);

    protected override Browser SitDown() => new ChromiumBrowser(chromium, Host.Address, Check, script);

    /// <summary>Nothing was wrong with any page, whatever the test was about.</summary>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
        Check.Wrong.ShouldBeEmpty();
    }

    /// <summary>The date is fixed, the invitations are out, and there are two seats.</summary>
    protected async Task Invite((string Field, string[] Values)[] otherwise, LocalDateTime? session = null)
    {
        await Start(otherwise);
        var (cycle, now) = (await Snapshot(), Host.Now);
        var facilitators = cycle.Members(Role.Facilitator);
        await Record(
        [
            cycle.KickOff with { Policy = cycle.Policy with { Attendance = cycle.Policy.Attendance with { Capacity = 2 } } },
            new StageOpened(StageIds.CaseStudySelection, 1, now),
            new CaseStudyChosen(StageIds.CaseStudySelection, 1, now, cycle.KickOff.CaseStudies[0].Id),
            new StageOpened(StageIds.FacilitatorTraining, 1, now),
            .. facilitators.Select(one => new LeadingAnswered(1, one, Leads: true, one, now)),
            new FacilitatorsTrained(StageIds.FacilitatorTraining, 1, now, facilitators),
            new StageOpened(StageIds.Scheduling, 1, now),
            new SessionDated(StageIds.Scheduling, 1, now, session ?? new LocalDateTime(2027, 8, 25, 18, 0), "America/Vancouver"),
        ]);
        await Host.StepTo(Host.Now + Duration.FromDays(1));
    }

    protected async Task Record(params Fact[] facts) =>
        await Host.Services.GetRequiredService<Intake>().Record((await Snapshot()).Cycle, facts);

    /// <summary>Where a link leads that has a text on it.</summary>
    protected static string LinkOn(Browser browser, string label) =>
        browser.Page.QuerySelectorAll("a").First(link => link.TextContent.Contains(label, StringComparison.Ordinal))
            .GetAttribute("href")!;

    protected Task StepTo(string local) => Host.StepTo(
        SchedulingForm.SlotPattern.Parse(local).Value.InZoneStrictly(DateTimeZoneProviders.Tzdb["America/Vancouver"]).ToInstant());
}
