using System.Text.RegularExpressions;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>A link in somebody's mail.</summary>
/// <param name="Community">Whose.</param>
/// <param name="Name">The reader's.</param>
/// <param name="Page">The page that it opens: "reply".</param>
/// <param name="Token">What opens it.</param>
/// <param name="Person">The reader.</param>
/// <param name="Times">Which mail it is with a link to that page: 1 is the ask, then the reminders.</param>
/// <param name="Date">When it came, in the community.</param>
internal sealed record Ask(Community Community, string Name, string Page, string Token, PersonId Person, int Times, LocalDate Date)
{
    /// <summary>Who it is to <see cref="Habits"/>.</summary>
    public string Who => $"{Community.Name} {Name}";

    public CommunityDays Days => new(Community.Crowd.Zone);
}

/// <summary>What somebody is going to do.</summary>
/// <param name="Due">When.</param>
/// <param name="Order">Decides between two of one instant.</param>
/// <param name="Do">Does it.</param>
internal sealed record Deed(Instant Due, string Order, Func<Counters, Task> Do);

/// <summary>Where people meet the product.</summary>
/// <param name="Forms">Its pages.</param>
/// <param name="Desk">The coordinators'.</param>
internal sealed record Counters(AtTheForms Forms, CoordinatorsDesk Desk)
{
    /// <summary>Those of one process.</summary>
    /// <param name="refused">Is told what pages refused.</param>
    public static Counters Of(IServiceProvider product, DemoWorld world, ICollection<string> refused)
    {
        var forms = ActivatorUtilities.CreateInstance<AtTheForms>(product, world.Habits, refused);
        return new Counters(forms, ActivatorUtilities.CreateInstance<CoordinatorsDesk>(product, world, refused, forms));
    }
}

/// <summary>
/// The people of the demo: each opens the links in the mails that came and acts a day or more later, in their own way. Of those who
/// act, half do within 48 hours, a quarter after a reminder, and the rest after the last one.
/// </summary>
internal sealed partial class Townspeople(DemoWorld world, Policy policy, SignedLinks links)
{
    private static readonly LocalTime JustBeforeTheSession = new(17, 45);

    private readonly List<Deed> _toDo = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _times = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Instant> _busyUntil = new(StringComparer.Ordinal);

    public Instant? NextDeed => _toDo.Count == 0 ? null : _toDo.Min(deed => deed.Due);

    /// <summary>What the coordinator does without being asked: the forms that do not wait for something else, and a holiday.</summary>
    public void PlanAhead()
    {
        _toDo.AddRange(world.Communities.Where(one => one.StartDay is not null).Select(one =>
            new Deed(CoordinatorsDesk.StartOf(one), $"{one.Number:00}", at => at.Desk.Start(one))));
        _toDo.Add(new Deed(CoordinatorsDesk.LeavesAt, "", at => at.Desk.GoOnHoliday()));
    }

    /// <summary>Opens a mail.</summary>
    public void Read(ViewedMail mail)
    {
        if (!_read.Add(mail.Id))
        {
            return;
        }

        if (world.CoordinatorAt(mail.Mail.Address) is { } coordinator)
        {
            CoordinatorReads(mail, coordinator);
        }

        foreach (Match link in LinkPattern().Matches(mail.Mail.Text))
        {
            if (links.Check(link.Groups["token"].Value, mail.At) is LinkCheck.Valid { Grant: var grant } && world.Find(grant.Scope) is { } community)
            {
                Opens(mail, community, grant, link.Groups["token"].Value);
            }
        }
    }

    /// <summary>The first thing to do that is due, or null; what was due before was done before the demo was stopped.</summary>
    /// <param name="now">When.</param>
    /// <param name="underWay">What is being done.</param>
    public Deed? Due(Instant now, Deed? underWay = null) =>
        _toDo.Where(deed => deed.Due <= now && deed != underWay).OrderBy(deed => deed.Due).ThenBy(deed => deed.Order, StringComparer.Ordinal).FirstOrDefault();

    public void Done(Deed deed) => _toDo.Remove(deed);

    /// <summary>Before the demo goes on: what was due earlier is done.</summary>
    public void ForgetBefore(Instant now) => _toDo.RemoveAll(deed => deed.Due < now);

    /// <summary>The next morning they look after every community that the mail speaks of.</summary>
    private void CoordinatorReads(ViewedMail mail, TypedPerson coordinator)
    {
        foreach (var community in world.Communities.Where(one => $"{mail.Mail.Subject} {mail.Mail.Text}".Contains(one.Town, StringComparison.Ordinal)))
        {
            Add(
                mail.At,
                $"{community.Number:00} {coordinator.Name}",
                [(CoordinatorsDesk.NextMorning(community, isAway: coordinator == world.Coordinator, mail.At), at => at.Desk.LookAfter(community, coordinator))]);
        }
    }

    private void Opens(ViewedMail mail, Community community, LinkGrant grant, string token)
    {
        var key = $"{grant.Scope} {mail.Mail.Name} {grant.Purpose}";
        var times = _times[key] = _times.GetValueOrDefault(key) + 1;
        var date = new CommunityDays(community.Crowd.Zone).DateOf(mail.At);
        var ask = new Ask(community, mail.Mail.Name, grant.Purpose, token, PersonId.From(grant.Subject), times, date);
        Add(mail.At, $"{community.Number:00} {mail.Mail.Name} {ask.Page}", After(ask));
    }

    /// <summary>Who is about to act on an earlier mail does not act on this one too.</summary>
    private void Add(Instant read, string who, IEnumerable<(Instant Due, Func<Counters, Task> Do)> deeds)
    {
        var planned = deeds.Select(one => new Deed(one.Due, who, one.Do)).ToList();
        if (planned.Count > 0 && !(_busyUntil.TryGetValue(who, out var until) && until > read))
        {
            _toDo.AddRange(planned);
            _busyUntil[who] = planned.Max(deed => deed.Due);
        }
    }

    private IEnumerable<(Instant Due, Func<Counters, Task> Do)> After(Ask ask) => ask.Page switch
    {
        PreparationForm.Page when Acts(ask, 0.9, policy.Preparation!.Asks.Count) => [(In(ask, Soon(ask)), at => at.Forms.Prepare(ask))],
        CaseStudySelectionForm.Page when Acts(ask, 0.85, policy.CaseStudySelection.Asks.Count) => [(In(ask, Soon(ask)), at => at.Forms.Vote(ask))],
        FacilitatorTrainingForm.Page => AskedToLead(ask),
        SchedulingForm.Page when Acts(ask, IsAskedAgain(ask) ? 1 : 0.9, policy.Scheduling.Asks.Count) =>
            [(In(ask, Soon(ask)), at => at.Forms.MarkDates(ask))],
        VenueForm.Page => [(In(ask, 3 + Soon(ask)), at => at.Forms.SayWhere(ask))],
        RegisterForm.Page when ask.Name == ask.Community.Staff.Name => Forwarded(ask),
        ReplyForm.Page => Invited(ask),
        CheckInForm.Page => Reminded(ask),
        GoForm.Page => [(In(ask, 1), at => at.Forms.LetItGoAhead(ask))],
        ListForm.Page when world.Habits.Does(0.8, ask.Who, "list") => [(In(ask, 1), at => at.Forms.ConfirmTheList(ask))],
        SurveyForm.Page when ask.Community.AnswersTheSurvey(ask.Name) && IsTime(ask, policy.SurveyCollection.Asks.Count) =>
            [(In(ask, Soon(ask)), at => at.Forms.AnswerTheSurvey(ask))],
        CommitmentForm.Page when world.Habits.Does(0.7, ask.Who, ask.Page) => [(In(ask, Soon(ask)), at => at.Forms.AnswerForTheCommitment(ask))],
        CoachTasksForm.Page => Calls(ask),
        _ => [],
    };

    /// <summary>
    /// 1 in 6 declines. Most do the module and the disclosure within a week of saying yes, 1 in 4 each only after the second reminder.
    /// Stand-ins are quick.
    /// </summary>
    private IEnumerable<(Instant Due, Func<Counters, Task> Do)> AskedToLead(Ask ask)
    {
        var standsIn = ask.Community.StandIns.Exists(one => one.Name == ask.Name);
        var isOnlyOne = ask.Community.Crowd.Facilitators == 1;
        var leads = standsIn || isOnlyOne || world.Habits.Does(5.0 / 6, ask.Who, "leads");
        bool IsReady(string what) => ask.Times >= 3 || standsIn || !world.Habits.Does(0.25, ask.Who, $"{what} late");
        if (!standsIn && !Acts(ask, 0.95, policy.FacilitatorTraining.Asks.Count))
        {
            yield break;
        }

        yield return (In(ask, 1), at => at.Forms.SayWhetherToLead(ask, leads));
        if (leads && IsReady("disclosure"))
        {
            yield return (In(ask, 2), at => at.Forms.Disclose(ask));
        }

        if (leads && IsReady("module"))
        {
            yield return (In(ask, 3 + world.Habits.Pick(4, ask.Who, "module")), at => at.Forms.DoTheModule(ask));
        }
    }

    /// <summary>Of those who will not come, 2 in 5 say so.</summary>
    private IEnumerable<(Instant Due, Func<Counters, Task> Do)> Invited(Ask ask)
    {
        var comes = ask.Community.SaysYes(ask.Name);
        return (comes || world.Habits.Does(0.4, ask.Who, ask.Page)) && IsTime(ask, 1 + policy.Attendance.BeforeSession.Count)
            ? [(In(ask, Soon(ask)), at => at.Forms.Reply(ask, comes))]
            : [];
    }

    /// <summary>The staff forward the Division's link: most register within the next days, a quarter when it comes again.</summary>
    private IEnumerable<(Instant Due, Func<Counters, Task> Do)> Forwarded(Ask ask) => ask.Community.Participants
        .Where(person => ask.Community.SaysYes(person.Name))
        .Select(person => (Person: person, Time: world.Habits.Pick(4, $"{ask.Community.Name} {person.Name}", "registers when")))
        .Where(one => one.Time == 3 == ask.Times > 1)
        .Select(one => (In(ask, one.Time == 2 ? 9 : 2, one.Person.Name), new Func<Counters, Task>(at => at.Forms.Register(ask, one.Person))));

    /// <summary>Just before the session, which is one or two days later, those who come check in; who cannot come says so when reminded.</summary>
    private static IEnumerable<(Instant Due, Func<Counters, Task> Do)> Reminded(Ask ask) =>
        ask.Community.CancelsLate(ask.Name) ? [(In(ask, 1), at => at.Forms.CancelTheSeat(ask))]
        : ask.Community.IsThere(ask.Name) ? [CheckIn(ask, days: 1), CheckIn(ask, days: 2)]
        : [];

    private static (Instant Due, Func<Counters, Task> Do) CheckIn(Ask ask, int days) =>
        (ask.Days.At(ask.Date.PlusDays(days), JustBeforeTheSession), at => at.Forms.CheckIn(ask));

    /// <summary>Whether somebody acts on the present mail, where such a share ever would.</summary>
    private bool Acts(Ask ask, double share, int asks) => world.Habits.Does(share, ask.Who, ask.Page) && IsTime(ask, asks);

    /// <summary>Whether it is time for somebody who acts: half do on the first mail, a quarter on the next, the rest on the last.</summary>
    private bool IsTime(Ask ask, int asks)
    {
        int[] mails = [1, 1, 2, asks];
        return ask.Times >= mails[world.Habits.Pick(mails.Length, ask.Who, $"{ask.Page} when")];
    }

    /// <summary>The call, and what comes of it a week and two weeks later.</summary>
    private IEnumerable<(Instant Due, Func<Counters, Task> Do)> Calls(Ask ask) =>
        Enumerable.Range(0, 3).Select(week => (In(ask, DaysToCall(ask) + (7 * week)), new Func<Counters, Task>(at => at.Forms.WorkTasks(ask))));

    /// <summary>4 in 10 coaches call within two days.</summary>
    private int DaysToCall(Ask ask) =>
        world.Habits.Does(0.4, ask.Who, $"calls {ask.Times}") ? Soon(ask) : 3 + world.Habits.Pick(5, ask.Who, $"calls after {ask.Times}");

    /// <summary>Whether new dates are proposed to them, after dates at which too few could come: then nobody stays silent.</summary>
    private bool IsAskedAgain(Ask ask) => ask.Times > policy.Scheduling.Asks.Count;

    private int Soon(Ask ask) => 1 + world.Habits.Pick(2, ask.Who, $"{ask.Page} soon {ask.Times}");

    /// <summary>So many days later, at the hour of who does it: the reader, where it is nobody else.</summary>
    private static Instant In(Ask ask, int days, string? who = null) => ask.Days.At(ask.Date.PlusDays(days), ask.Community.HourOf(who ?? ask.Name));

    /// <summary>Links with a token.</summary>
    [GeneratedRegex(@"https?://[^/\s]+/[a-z-]+/(?<token>[A-Za-z0-9_.-]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex LinkPattern();
}
