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

    private static OneClickWords Words => new(SurveyCollectionTexts.StopTitle, SurveyCollectionTexts.Stop, SurveyCollectionTexts.StopButton);

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) =>
        OneClick.Get(Page, token, door, Words, cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        OneClick.Post(Page, token, form, door, Words, visit => Stop(visit, intake, cancel), cancel);

    private static async Task<string> Stop(Visit visit, Intake intake, CancellationToken cancel)
    {
        var (cycle, person) = (visit.Cycle, visit.Person.Id);
        if (SurveyForm.IsOpen(cycle) && !SurveyForm.HasAnswered(visit) && !cycle.All<SurveyDeclined>().Any(one => one.Person == person))
        {
            await intake.Record(cycle.Cycle, [new SurveyDeclined(cycle.RoundOf(StageIds.SurveyCollection)!.Round, person, person, visit.Now)], cancel);
        }

        return SurveyCollectionTexts.Stopped;
    }
}
