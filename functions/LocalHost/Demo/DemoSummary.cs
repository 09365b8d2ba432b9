using System.Text;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>What the demo came to, from the records alone: without ids and without minutes, so that it is the same for the same seed.</summary>
internal sealed class DemoSummary(DemoRun run)
{
    private readonly CycleRecords _cycles = run.Get<CycleRecords>();
    private readonly People _people = run.Get<People>();

    public async Task<string> Write(int seed)
    {
        var text = new StringBuilder();
        foreach (var community in run.World.Communities)
        {
            text.Append(Line($"{community.Name} ({community.Crowd.Kind})"));
            text.Append(await _cycles.Read(community.Cycle) is { Snapshot: var cycle } ? await Of(cycle) : Line($"  has not started"));
            text.Append('\n');
        }

        run.Refused.ForEach(refusal => text.Append(Line($"{refusal}")));
        var (communities, (came, twice)) = (run.World.Communities.Count, await Messages());
        return text.Append(Line(
            $"Seed {seed}: {came} {came:message|messages} in {communities} {communities:community|communities}, {(twice == 0 ? "none" : twice)} of them sent twice.")).ToString();
    }

    private async Task<string> Of(Snapshot cycle)
    {
        var lines = new StringBuilder();
        if (cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection) is { } chosen)
        {
            lines.Append(Line($"  case      {cycle.KickOff.TitleOf(chosen.CaseStudy)}, chosen {DateOf(cycle, chosen)}"));
        }

        if (cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining) is { } trained)
        {
            lines.Append(Line($"  trained   {await Names(trained.Facilitators)}, by {DateOf(cycle, trained)}"));
        }

        if (cycle.Session() is { } session)
        {
            lines.Append(Line($"  session   {Say.SessionTime(cycle, session.LocalStart)}"));
        }

        return lines.Append(Counts(cycle)).Append(Survey(cycle)).Append(await End(cycle)).Append(Line($"  mail      {Mail(cycle)}")).ToString();
    }

    private static string Counts(Snapshot cycle)
    {
        var (replies, there) = (cycle.All<Replied>().ToList(), cycle.Attendees().ToHashSet());
        var walkIns = there.Except(replies.Where(reply => reply.Comes).Select(reply => reply.Person)).Count();
        var invited = cycle.MembersOf(Role.Participant).Count(one => !(one.At >= cycle.Session()?.Starts));
        var (yes, asked) = (replies.Count(reply => reply.Comes), cycle.All<CoachRequested>().Count(request => request.Wanted));
        var plans = cycle.CoachTasks().Count(task => task.HasPlan);
        return Line($"  replies   {invited} {(cycle.KickOff.OpenRegistration ? "registered" : "invited")}, {yes} said yes, {replies.Count - yes} not this time")
            + Line($"  came      {there.Count}, {walkIns} of them unannounced; {asked} asked for a coach, {plans} {plans:plan|plans}");
    }

    private static string Survey(Snapshot cycle) => string.Concat(SurveyWords.Of(cycle).Select(words => Line($"  survey    {words}")));

    private async Task<string> End(Snapshot cycle) => cycle.All<CycleEnded>().LastOrDefault() is { } ended
        ? Line($"  ended     {DateOf(cycle, ended)}")
        : Line($"  waits for {await Names(Planner.Plan(cycle, run.Now).WaitingFor)}");

    private static string Mail(Snapshot cycle)
    {
        var issued = cycle.All<Issued>().ToList();
        return Say.Text("{0} {0:message|messages}, {1} bounced", issued.Count(one => one.Accepted is not null), issued.Count(one => one.Bounced is not null));
    }

    private static string DateOf(Snapshot cycle, Outcome outcome) => Say.LongDate(new CommunityDays(cycle.KickOff.Zone).DateOf(outcome.At));

    /// <summary>In the order of the alphabet: ids, which order people elsewhere, differ from run to run.</summary>
    private async Task<string> Names(IEnumerable<PersonId> people)
    {
        var names = new List<string>();
        foreach (var person in people)
        {
            names.Add((await _people.Get(person)).Name);
        }

        return Say.Names(names.Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// How many messages are in the mails that came, and how many more than the communities know to have sent. A coordinator also gets
    /// what is of no community, so only other people's are compared.
    /// </summary>
    private async Task<(int Came, int Twice)> Messages()
    {
        var coordinators = await run.Get<AccountList>().All();
        var (came, others) = (0, 0);
        await foreach (var mail in run.Get<MailViewer>().All())
        {
            var letters = LetterText.Count(mail.Mail.Text);
            came += letters;
            others += coordinators.Any(one => one.Address == mail.Mail.Address) ? 0 : letters;
        }

        return (came, others - await Sent(coordinators));
    }

    private async Task<int> Sent(IReadOnlyList<Person> coordinators)
    {
        var sent = 0;
        foreach (var community in run.World.Communities)
        {
            var issued = (await _cycles.Read(community.Cycle))?.Snapshot.All<Issued>() ?? [];
            sent += issued.Count(one => one.Accepted is not null && coordinators.All(coordinator => coordinator.Id != one.Key.Person));
        }

        return sent;
    }

    private static string Line(FormattableString text) => Say.Counted(text) + "\n";
}
