using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.Scheduling;

/// <summary>The page on which the Division says where the session takes place.</summary>
public static class VenueForm
{
    public const string Page = AskPages.Venue;

    public const int LongestPlace = 300;

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) => door.Open(Page, token, visit => Show(visit), cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, CancellationToken cancel) =>
        door.Open(Page, token, visit => Tell(visit, form, intake, cancel), cancel);

    /// <summary>From the day the date is fixed until the session is over.</summary>
    public static bool IsOpen(Visit visit) => visit.Cycle.Session() is { } session && visit.Now < session.Ends;

    private static async Task<IResult> Tell(Visit visit, IFormCollection form, Intake intake, CancellationToken cancel)
    {
        if (!IsOpen(visit))
        {
            return visit.Unchanged();
        }

        var place = form["answer"] == "follows" ? "" : form["place"].ToString().Trim();
        if (form["answer"] != "follows" && ProblemOf(place) is { } problem)
        {
            return await Show(visit.Complaining(problem), place);
        }

        var before = visit.Cycle.Venue();
        if (before?.Place == place && VenuePlan.IsTold(visit.Cycle, visit.Now))
        {
            return visit.Unchanged();
        }

        var round = visit.Cycle.RoundOf(StageIds.Scheduling)!.Round;
        var told = new VenueTold(round, visit.Person.Id, place, visit.By, visit.Now, (before?.Number ?? 0) + 1);
        await intake.Record(visit.Cycle.Cycle, [told], cancel);
        return visit.Recorded(place.Length > 0 ? SchedulingTexts.VenueThanks : SchedulingTexts.VenueFollowsThanks);
    }

    private static string? ProblemOf(string place) =>
        place.Length > LongestPlace ? Say.Text(SchedulingTexts.VenueTooLong, LongestPlace)
        : !Roster.IsReadable(place) ? SchedulingTexts.VenueMissing
        : null;

    private static Task<IResult> Show(Visit visit, string? typed = null) => Task.FromResult(Pages.Of<VenuePage>(
        visit.Notice is { IsProblem: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        (nameof(VenuePage.Visit), visit),
        (nameof(VenuePage.Typed), typed)));
}
