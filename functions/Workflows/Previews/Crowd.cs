using System.Collections.Immutable;
using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Stages.SurveyCollection;
using NodaTime;

namespace Cohesion.Workflows.Previews;

/// <summary>What somebody is going to tell a cycle.</summary>
/// <param name="Due">When.</param>
/// <param name="Tell">What, as the cycle is then; nothing where it is told already or too late.</param>
public sealed record PlannedAnswer(Instant Due, Func<Snapshot, Instant, IEnumerable<Fact>> Tell);

/// <summary>
/// A cycle's people as a preview takes them: each acts on the messages that came, in the way of its course. Of those who act in the typical
/// one, half do on the first message, a quarter on the next, and the rest on the last.
/// </summary>
public sealed class Crowd
{
    private static readonly LocalTime Noon = new(12, 0);

    private readonly Course _course;
    private readonly Habits _habits;
    private readonly CommunityDays _days;
    private readonly ImmutableDictionary<PersonId, string> _names;
    private readonly Dictionary<(PersonId, string, string), int> _times;

    /// <param name="cycle">Whose people they are.</param>
    /// <param name="course">How they answer.</param>
    /// <param name="seed">What they are like.</param>
    public Crowd(Snapshot cycle, Course course, int seed = 1)
    {
        (_course, _habits, _days) = (course, new Habits(seed), new CommunityDays(cycle.KickOff.Zone));
        _names = Enum.GetValues<Role>()
            .SelectMany(role => cycle.Members(role).Select((person, i) => (Person: person, Name: string.Create(CultureInfo.InvariantCulture, $"{role} {i}"))))
            .DistinctBy(one => one.Person)
            .ToImmutableDictionary(one => one.Person, one => one.Name);
        _times = cycle.All<Issued>().Where(issued => issued.Accepted is not null).GroupBy(issued => KindOf(issued.Key)).ToDictionary(kind => kind.Key, kind => kind.Count());
    }

    /// <summary>What a person is going to tell after a message that has reached them.</summary>
    public IReadOnlyList<PlannedAnswer> After(MessageKey message, Instant at)
    {
        _times[KindOf(message)] = TimesOf(message) + 1;
        return [.. Answers(message, at)];
    }

    private IEnumerable<PlannedAnswer> Answers(MessageKey message, Instant at)
    {
        var me = message.Person;
        return _course == Course.Silent ? [] : (message.Stage, message.Kind) switch
        {
            ("preparation", "ask") => If(0.9, message, at, 1, (now, when) => Answering.Prepare(now, me, when)),
            ("case-study-selection", CaseStudySelectionPlan.Ask) =>
                If(0.85, message, at, 1, (now, when) => Answering.Vote(now, me, Pick(4, me, "vote"), when)),
            ("case-study-selection", CaseStudySelectionPlan.Decide) => Always(message, at, 1, Answering.DecideCaseStudy),
            ("facilitator-training", FacilitatorTrainingPlan.Ask) =>
            [
                .. If(0.95, message, at, 1, (now, when) => Answering.Lead(now, me, when)),
                .. Always(message, at, 4 + Pick(4, me, "module"), (now, when) => Answering.Train(now, me, when)),
            ],
            ("scheduling", SchedulingPlan.Propose) => Always(message, at, 1, Answering.ProposeSlots),
            ("scheduling", SchedulingPlan.Ask) => If(0.9, message, at, 1, (now, when) => Answering.MarkSlots(now, me, slot => Does(0.7, me, $"slot {slot}"), when)),
            ("scheduling", SchedulingPlan.Venue or SchedulingPlan.VenueMissing) => Always(message, at, 4, (now, when) => Answering.SayWhere(now, me, when)),
            ("attendance", AttendancePlan.Ask) => Invited(message, at),
            ("attendance", AttendancePlan.Register) => Always(message, at, 1, (now, when) => Answering.Forward(now, me, when)),
            ("attendance", AttendancePlan.Offer) => If(0.8, message, at, 0, (now, when) => Answering.TakeTheSeat(now, me, when)),
            ("attendance", AttendancePlan.GoOrNot) => Always(message, at, 1, (now, when) => Answering.LetItGoAhead(now, me, when)),
            ("attendance", AttendancePlan.ConfirmList) => Always(message, at, 1, (now, when) => Answering.ConfirmTheList(now, me, WasThere, when)),
            ("survey-collection", SurveyCollectionPlan.Ask) => Surveyed(message, at),
            ("coaching-follow-up", CoachingFollowUpPlan.Task or CoachingFollowUpPlan.Overdue) => Always(message, at, 3, Answering.FinishTasks),
            ("coaching-follow-up", CoachingFollowUpPlan.Commitment) => If(0.7, message, at, 1, (now, when) => Answering.KeepTheCommitment(now, me, when)),
            _ => [],
        };
    }

    private IEnumerable<PlannedAnswer> Invited(MessageKey message, Instant at)
    {
        var comes = Does(0.6, message.Person, "comes");
        return If(comes ? 1 : 0.4, message, at, 1, (now, when) => Answering.Reply(now, message.Person, comes, when));
    }

    /// <summary>The survey, and behind it now and then the wish for a coach or for a reminder.</summary>
    private IEnumerable<PlannedAnswer> Surveyed(MessageKey message, Instant at) => If(0.6, message, at, 1, (now, when) =>
        Answering.AnswerTheSurvey(now, message.Person, wantsACoach: Likes(0.15, message.Person, "coach"), commits: Likes(0.3, message.Person, "commits"), when));

    /// <summary>Of those who said yes, more come than of the others.</summary>
    private bool WasThere(PersonId person, bool said) => Does(said ? 0.9 : 0.1, person, "was there") && (said || _course == Course.Typical);

    private IEnumerable<PlannedAnswer> If(
        double share, MessageKey message, Instant at, int days, Func<Snapshot, Instant, IEnumerable<Fact>> tell) =>
        Does(share, message.Person, message.Stage) && IsTime(message) ? Always(message, at, days, tell) : [];

    private IEnumerable<PlannedAnswer> Always(MessageKey message, Instant at, int days, Func<Snapshot, Instant, IEnumerable<Fact>> tell)
    {
        var due = _course == Course.AtOnce ? at + Duration.FromHours(1) : After(message.Person, at, days);
        return [new PlannedAnswer(due, (now, when) => now.HasEnded ? [] : tell(now, when))];
    }

    /// <summary>So many days later, or one more. All at one hour: a preview shows days, and takes one turn for all who answer at once.</summary>
    private Instant After(PersonId person, Instant at, int days) =>
        _days.At(_days.DateOf(at).PlusDays(days + Pick(2, person, "days")), Noon);

    /// <summary>Whether somebody who acts does on this message: the how-manieth of its kind it is decides.</summary>
    private bool IsTime(MessageKey message)
    {
        int[] mails = [1, 1, 2, 3];
        return _course == Course.AtOnce || TimesOf(message) >= mails[Pick(mails.Length, message.Person, message.Stage + " when")];
    }

    private int TimesOf(MessageKey message) => _times.GetValueOrDefault(KindOf(message));

    private static (PersonId, string, string) KindOf(MessageKey message) => (message.Person, message.Stage, message.Kind);

    private bool Does(double share, PersonId person, string what) => _course == Course.AtOnce || Likes(share, person, what);

    /// <summary>What is a matter of taste, also where everybody answers.</summary>
    private bool Likes(double share, PersonId person, string what) => _habits.Does(share, NameOf(person), what);

    private int Pick(int choices, PersonId person, string what) => _habits.Pick(choices, NameOf(person), what);

    private string NameOf(PersonId person) => _names.GetValueOrDefault(person) ?? person.Value;
}
