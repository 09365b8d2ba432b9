using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using NodaTime.Text;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>How far a community has come in a stage.</summary>
/// <param name="Share">Of the stage, from 0 to 1.</param>
/// <param name="Words">In ten characters at most.</param>
/// <param name="IsOpen">Whether it has opened and has no outcome yet.</param>
internal sealed record StageProgress(double Share, string Words, bool IsOpen)
{
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("d MMM");

    /// <summary>The stages by the name that fits a column, in the order of <see cref="Of"/>.</summary>
    public static IReadOnlyList<string> Titles { get; } = ["Case", "Training", "Date", "Session", "Survey", "Coaching"];

    private static StageProgress Closed { get; } = new(0, "", IsOpen: false);

    /// <summary>The six stages of a cycle.</summary>
    public static IReadOnlyList<StageProgress> Of(Snapshot cycle) =>
        [Case(cycle), Training(cycle), Date(cycle), Session(cycle), Survey(cycle), Coaching(cycle)];

    /// <summary>Those of a community that has not started.</summary>
    public static IReadOnlyList<StageProgress> Before(string start) => [Closed with { Words = start }, .. Titles.Skip(1).Select(_ => Closed)];

    private static StageProgress Case(Snapshot cycle)
    {
        var (votes, voters) = (CaseStudySelectionPlan.Votes(cycle).Count(), CaseStudySelectionPlan.Voters(cycle).Count());
        var chosen = cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection);
        return Stage(cycle, StageIds.CaseStudySelection, votes, voters, "voted").On(cycle, chosen);
    }

    private static StageProgress Training(Snapshot cycle)
    {
        var ready = cycle.Leading().Count(cycle.HasDoneModule);
        var trained = cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining);
        return Stage(cycle, StageIds.FacilitatorTraining, ready, cycle.Policy.FacilitatorTraining.Enough, "ready").On(cycle, trained);
    }

    private static StageProgress Date(Snapshot cycle)
    {
        var round = cycle.RoundOf(StageIds.Scheduling);
        var isProposed = round is not null && cycle.Answers<SlotsProposed>(round).Any();
        var marked = isProposed ? cycle.Answers<SlotsMarked>(round!).Count() : 0;
        var progress = Stage(cycle, StageIds.Scheduling, marked, cycle.Choosers().Count, "marked");
        return cycle.Session() is { } session ? progress with { Words = Day.Format(session.LocalStart.Date) }
            : isProposed || round is null ? progress
            : progress with { Words = "no dates" };
    }

    private static StageProgress Session(Snapshot cycle)
    {
        var (replies, there) = (cycle.All<Replied>().ToList(), cycle.Attendees().Count());
        var progress = Stage(cycle, StageIds.Attendance, replies.Count, cycle.Members(Role.Participant).Count, "replied");
        return cycle.IsPostponed() ? progress with { Share = 0, Words = "postponed" }
            : cycle.OutcomeOf<AttendanceConfirmed>(StageIds.Attendance) is not null ? progress with { Words = $"{there} came" }
            : progress.IsOpen ? progress with { Words = $"{replies.Count(reply => reply.Comes)} coming" }
            : progress;
    }

    private static StageProgress Survey(Snapshot cycle) =>
        Stage(cycle, StageIds.SurveyCollection, cycle.All<SurveyAnswered>().Count(), cycle.Attendees().Count(), "in");

    private static StageProgress Coaching(Snapshot cycle)
    {
        var tasks = cycle.CoachTasks().ToList();
        return Stage(cycle, StageIds.CoachingFollowUp, tasks.Count(task => !task.IsOpen), tasks.Count, "done");
    }

    private static StageProgress Stage(Snapshot cycle, StageId stage, int some, int of, string counted)
    {
        if (cycle.RoundOf(stage) is null)
        {
            return Closed;
        }

        var isDone = cycle.OutcomeOf<Outcome>(stage) is not null;
        var words = string.Create(CultureInfo.InvariantCulture, $"{some}/{of} {counted}");
        return new StageProgress(isDone ? 1 : Math.Min(1, (double)some / Math.Max(of, 1)), words, !isDone);
    }

    /// <summary>Once it has its outcome, the day of it.</summary>
    private StageProgress On(Snapshot cycle, Outcome? outcome) => outcome is null
        ? this
        : this with { Words = Day.Format(new CommunityDays(cycle.KickOff.Zone).DateOf(outcome.At)) };
}
