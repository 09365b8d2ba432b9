using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Coordinators;

/// <summary>
/// What somebody has told a community, as it stands now: for a vote that there is one, not what it is; of the survey nothing at all.
/// </summary>
/// <param name="Sentence">In words.</param>
/// <param name="Answer">When, and by whom it was recorded.</param>
public sealed record PersonAnswer(string Sentence, Answer Answer)
{
    public static ImmutableList<PersonAnswer> Of(Snapshot cycle, PersonId person)
    {
        Answer?[] answers =
        [
            cycle.NewestOf<Voted>(person),
            cycle.NewestOf<LeadingAnswered>(person),
            cycle.NewestOf<TrainedBefore>(person),
            cycle.NewestOf<ModuleDone>(person),
            cycle.NewestOf<Disclosed>(person),
            Newest<SlotsMarked>(cycle, StageIds.Scheduling, person),
            Newest<RegistrationForwarded>(cycle, StageIds.Attendance, person),
            cycle.IsPostponed() ? null : Newest<Replied>(cycle, StageIds.Attendance, person),
            Newest<HomeworkDone>(cycle, StageIds.Attendance, person),
            cycle.List() is { } list ? cycle.Find<Attended>(Attended.RowOf(list.Round, list.List, person)) : Newest<CheckedIn>(cycle, StageIds.Attendance, person),
        ];
        return [.. answers.OfType<Answer>().Select(answer => (Sentence: Words(cycle, answer), answer)).Where(one => one.Sentence is not null).Select(one => new PersonAnswer(one.Sentence!, one.answer))];
    }

    private static T? Newest<T>(Snapshot cycle, StageId stage, PersonId person)
        where T : Answer => cycle.RoundOf(stage) is { } round ? cycle.Answers<T>(round).LastOrDefault(answer => answer.Person == person) : null;

    /// <summary>Null for what was taken back.</summary>
    private static string? Words(Snapshot cycle, Answer answer) => answer switch
    {
        Voted => PersonTexts.Voted,
        LeadingAnswered { Leads: true } => PersonTexts.Leads,
        LeadingAnswered => PersonTexts.LeadsNot,
        TrainedBefore { Month: { } month } => Say.Text(PersonTexts.TrainedBefore, Say.Month(month)),
        ModuleDone { Done: true } done => done.IsRefresh ? PersonTexts.RefreshDone : PersonTexts.ModuleDone,
        Disclosed disclosed => DisclosureWords.Of(disclosed),
        SlotsMarked { Slots.IsEmpty: true } => PersonTexts.MarkedNone,
        SlotsMarked marks => Say.Text(PersonTexts.Marked, string.Join("; ", marks.Slots.Select(slot => Say.SessionTime(cycle, slot)))),
        RegistrationForwarded { Done: true } => PersonTexts.Forwarded,
        Replied reply => string.Join(' ', OfReply(cycle, reply)),
        HomeworkDone { Done: true } => PersonTexts.HomeworkDone,
        Attended attended => attended.Was ? PersonTexts.Attended : PersonTexts.AttendedNot,
        CheckedIn { IsThere: true } => PersonTexts.CheckedIn,
        _ => null,
    };

    private static IEnumerable<string> OfReply(Snapshot cycle, Replied reply)
    {
        yield return OfSeat(cycle, Seating.Of(cycle, reply.Person).Stands);
        if (reply.Office is { } office)
        {
            yield return Say.Text(PersonTexts.Office, office);
        }

        if (Needs.Of(cycle, reply.Person) is { Length: > 0 } needs)
        {
            yield return Say.Text(PersonTexts.Needs, needs);
        }
    }

    private static string OfSeat(Snapshot cycle, Stands stands) => stands switch
    {
        Stands.HasSeat when cycle.List() is not null => PersonTexts.HadSeat,
        Stands.NotThisTime => PersonTexts.NotComing,
        Stands.HasSeat => PersonTexts.HasSeat,
        Stands.Offered => PersonTexts.IsOffered,
        Stands.Lapsed => PersonTexts.LetPass,
        _ => PersonTexts.Waits,
    };
}
