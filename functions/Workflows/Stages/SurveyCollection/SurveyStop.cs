using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.SurveyCollection;

/// <summary>Ends the mail on a survey for a person; the survey stays open to them.</summary>
public static class SurveyStop
{
    public const string Page = "no-survey";

    private static OneClickWords Words => new(SurveyCollectionTexts.StopTitle, SurveyCollectionTexts.Stop, SurveyCollectionTexts.StopButton, SurveyCollectionTexts.Stopped);

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) =>
        OneClick.Get(Page, token, door, Words, IsStopped, cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        OneClick.Post(Page, token, form, door, Words, visit => Stop(visit, intake, cancel), cancel);

    private static bool IsStopped(Visit visit) =>
        !SurveyForm.IsOpen(visit.Cycle) || SurveyForm.HasAnswered(visit) || visit.Cycle.All<SurveyDeclined>().Any(one => one.Person == visit.Person.Id);

    private static async Task Stop(Visit visit, Intake intake, CancellationToken cancel)
    {
        if (!IsStopped(visit))
        {
            var (cycle, person) = (visit.Cycle, visit.Person.Id);
            await intake.Record(cycle.Cycle, [new SurveyDeclined(cycle.RoundOf(StageIds.SurveyCollection)!.Round, person, person, visit.Now)], cancel);
        }
    }
}
