using System.Text.RegularExpressions;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Web;
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
internal sealed record Deed(Instant Due, string Order, Func<Task> Do);

/// <summary>
/// The people of the demo: each opens the links in the mails that came and acts a day or more later, in their own way. Of those who
/// act, half do within 48 hours, a quarter after a reminder, and the rest after the last one.
/// </summary>
internal sealed partial class Townspeople(DemoWorld world, Policy policy, SignedLinks links, AtTheForms forms, CoordinatorsDesk desk)
{
    private readonly List<Deed> _toDo = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _times = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Instant> _busyUntil = new(StringComparer.Ordinal);

    public Instant? NextDeed => _toDo.Count == 0 ? null : _toDo.Min(deed => deed.Due);

    /// <summary>The coordinator's forms, those that do not wait for something else.</summary>
    public void PlanForms() => _toDo.AddRange(world.Communities.Where(one => one.StartDay is not null).Select(one =>
        new Deed(CoordinatorsDesk.StartOf(one), $"{one.Number:00}", () => desk.Start(one))));

    /// <summary>Opens a mail.</summary>
    public void Read(ViewedMail mail)
    {
        if (!_read.Add(mail.Id))
        {
            return;
        }

        if (mail.Mail.Address == world.Coordinator.Address)
        {
            CoordinatorReads(mail);
        }

        foreach (Match link in LinkPattern().Matches(mail.Mail.Text))
        {
            if (links.Check(link.Groups["token"].Value, mail.At) is LinkCheck.Valid { Grant: var grant } && world.Find(grant.Scope) is { } community)
            {
                Opens(mail, community, grant, link.Groups["token"].Value);
            }
        }
    }

    /// <summary>Does what is due; what was due before was done before the demo was stopped.</summary>
    public async Task DoWhatIsDue(Instant now)
    {
        var due = _toDo.Where(deed => deed.Due <= now).OrderBy(deed => deed.Due).ThenBy(deed => deed.Order, StringComparer.Ordinal).ToList();
        foreach (var deed in due)
        {
            await deed.Do();
            _toDo.Remove(deed);
        }
    }

    /// <summary>Before the demo goes on: what was due earlier is done.</summary>
    public void ForgetBefore(Instant now) => _toDo.RemoveAll(deed => deed.Due < now);

    /// <summary>The next morning they look after every community that the mail speaks of.</summary>
    private void CoordinatorReads(ViewedMail mail)
    {
        foreach (var community in world.Communities.Where(one => $"{mail.Mail.Subject} {mail.Mail.Text}".Contains(one.Name, StringComparison.Ordinal)))
        {
            Add(mail.At, $"{community.Number:00}", [(CoordinatorsDesk.NextMorning(community, mail.At), () => desk.LookAfter(community))]);
        }
    }

    private void Opens(ViewedMail mail, Community community, LinkGrant grant, string token)
    {
        var key = $"{grant.Scope} {grant.Subject} {grant.Purpose}";
        var times = _times[key] = _times.GetValueOrDefault(key) + 1;
        var date = new CommunityDays(community.Crowd.Zone).DateOf(mail.At);
        var ask = new Ask(community, mail.Mail.Name, grant.Purpose, token, PersonId.From(grant.Subject), times, date);
        Add(mail.At, $"{community.Number:00} {mail.Mail.Name} {ask.Page}", After(ask).Select(one => (At(ask, one.Days), one.Do)));
    }

    /// <summary>Who is about to act on an earlier mail does not act on this one too.</summary>
    private void Add(Instant read, string who, IEnumerable<(Instant Due, Func<Task> Do)> deeds)
    {
        var planned = deeds.Select(one => new Deed(one.Due, who, one.Do)).ToList();
        if (planned.Count > 0 && !(_busyUntil.TryGetValue(who, out var until) && until > read))
        {
            _toDo.AddRange(planned);
            _busyUntil[who] = planned.Max(deed => deed.Due);
        }
    }

    private static Instant At(Ask ask, int days) => ask.Days.At(ask.Date.PlusDays(days), ask.Community.HourOf(ask.Name));

    private IEnumerable<(int Days, Func<Task> Do)> After(Ask ask) => ask.Page switch
    {
        CaseStudySelectionForm.Page when Acts(ask, 0.85, policy.CaseStudySelection.Asks.Count) => [(Soon(ask), () => forms.Vote(ask))],
        FacilitatorTrainingForm.Page => AskedToLead(ask),
        SchedulingForm.Page when Acts(ask, IsAskedAgain(ask) ? 1 : 0.9, policy.Scheduling.Asks.Count) => [(Soon(ask), () => forms.MarkDates(ask))],
        ReplyForm.Page => Invited(ask),
        ListForm.Page when world.Habits.Does(0.8, ask.Who, "list") => [(1, () => forms.ConfirmTheList(ask))],
        SurveyForm.Page when Acts(ask, Share(ask.Community.Crowd.Answer, ask.Community.Crowd.Attend), policy.SurveyCollection.Asks.Count) =>
            [(Soon(ask), () => forms.AnswerTheSurvey(ask))],
        CommitmentForm.Page when world.Habits.Does(0.7, ask.Who, ask.Page) => [(Soon(ask), () => forms.AnswerForTheCommitment(ask))],
        CoachTasksForm.Page => Calls(ask),
        _ => [],
    };

    /// <summary>
    /// 1 in 6 declines. Most do the module and the disclosure within a week of saying yes, 1 in 4 each only after the second reminder.
    /// Stand-ins are quick.
    /// </summary>
    private IEnumerable<(int Days, Func<Task> Do)> AskedToLead(Ask ask)
    {
        var standsIn = ask.Community.StandIns.Exists(one => one.Name == ask.Name);
        var isOnlyOne = ask.Community.Crowd.Facilitators == 1;
        var leads = standsIn || isOnlyOne || world.Habits.Does(5.0 / 6, ask.Who, "leads");
        bool IsReady(string what) => ask.Times >= 3 || standsIn || !world.Habits.Does(0.25, ask.Who, $"{what} late");
        if (!standsIn && !Acts(ask, 0.95, policy.FacilitatorTraining.Asks.Count))
        {
            yield break;
        }

        yield return (1, () => forms.SayWhetherToLead(ask, leads));
        if (leads && IsReady("disclosure"))
        {
            yield return (2, () => forms.Disclose(ask));
        }

        if (leads && IsReady("module"))
        {
            yield return (3 + world.Habits.Pick(4, ask.Who, "module"), () => forms.DoTheModule(ask));
        }
    }

    /// <summary>Of those who will not come, 2 in 5 say so. Of those who will, 1 in 20 finds a week later that they cannot.</summary>
    private IEnumerable<(int Days, Func<Task> Do)> Invited(Ask ask)
    {
        var comes = world.Habits.Does(Share(ask.Community.Crowd.Accept, ask.Community.Crowd.Invited), ask.Who, "comes");
        if (!Acts(ask, comes ? 1 : 0.4, 1 + policy.Attendance.BeforeSession.Count))
        {
            yield break;
        }

        yield return (Soon(ask), () => forms.Reply(ask, comes));
        if (comes && world.Habits.Does(0.05, ask.Who, "cannot"))
        {
            yield return (Soon(ask) + 7, () => forms.Reply(ask, comes: false));
        }
    }

    /// <summary>Whether somebody acts on the present mail, where such a share ever would.</summary>
    private bool Acts(Ask ask, double share, int asks)
    {
        int[] mails = [1, 1, 2, asks];
        return world.Habits.Does(share, ask.Who, ask.Page) && ask.Times >= mails[world.Habits.Pick(mails.Length, ask.Who, $"{ask.Page} when")];
    }

    /// <summary>The call, and what comes of it a week and two weeks later.</summary>
    private IEnumerable<(int Days, Func<Task> Do)> Calls(Ask ask) =>
        Enumerable.Range(0, 3).Select(week => (DaysToCall(ask) + 7 * week, new Func<Task>(() => forms.WorkTasks(ask))));

    /// <summary>4 in 10 coaches call within two days.</summary>
    private int DaysToCall(Ask ask) => world.Habits.Does(0.4, ask.Who, $"calls {ask.Times}") ? Soon(ask) : 3 + world.Habits.Pick(5, ask.Who, $"calls after {ask.Times}");

    /// <summary>Whether new dates are proposed to them, after dates at which too few could come: then nobody stays silent.</summary>
    private bool IsAskedAgain(Ask ask) => ask.Times > policy.Scheduling.Asks.Count;

    private int Soon(Ask ask) => 1 + world.Habits.Pick(2, ask.Who, $"{ask.Page} soon {ask.Times}");

    private static double Share(int some, int of) => (double)some / of;

    /// <summary>Links with a token.</summary>
    [GeneratedRegex(@"https?://[^/\s]+/[a-z-]+/(?<token>[A-Za-z0-9_.-]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex LinkPattern();
}
