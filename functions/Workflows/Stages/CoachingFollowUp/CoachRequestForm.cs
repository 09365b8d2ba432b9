using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.CoachingFollowUp;

/// <summary>The named form that asks for a coach.</summary>
public static class CoachRequestForm
{
    public const string Page = AskPages.Coach;

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) => door.Open(Page, token, Pages.For<CoachRequestPage>, cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Request(visit, form["answer"] != "not-needed", intake, cancel), cancel);

    public static bool IsOpen(Visit visit) =>
        visit.Cycle.RoundOf(StageIds.CoachingFollowUp) is not null
        && visit.Cycle.OutcomeOf<CoachingClosed>(StageIds.CoachingFollowUp) is null
        && visit.Cycle.Attendees().Contains(visit.Person.Id);

    public static bool HasAsked(Visit visit) => visit.Cycle.All<CoachRequested>().Any(request => request.Wanted && request.Person == visit.Person.Id);

    private static async Task<IResult> Request(Visit visit, bool wanted, Intake intake, CancellationToken cancel)
    {
        if (!IsOpen(visit) || HasAsked(visit) == wanted)
        {
            return await Pages.For<CoachRequestPage>(visit);
        }

        var request = new CoachRequested(visit.Cycle.RoundOf(StageIds.CoachingFollowUp)!.Round, visit.Person.Id, visit.Person.Id, visit.Now, wanted);
        await intake.Record(visit.Cycle.Cycle, [request], cancel);
        return await Pages.For<CoachRequestPage>((visit with { Cycle = visit.Cycle.With([request]) }).Saying(wanted ? CoachingFollowUpTexts.RequestThanks : CoachingFollowUpTexts.RequestTakenBack));
    }
}
