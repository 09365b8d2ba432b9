using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>The page on which a participant replies, and sees how they stand.</summary>
public static class ReplyForm
{
    public const string Page = "reply";

    public const string Yes = "yes";
    public const string NotThisTime = "not-this-time";

    /// <summary>The part of a link's query that says which answer its reader means to give. It puts that answer first, and gives none.</summary>
    public const string Intends = "intends";

    public static Task<IResult> Get(string token, string? intends, Door door, CancellationToken cancel) =>
        door.Open(Page, token, visit => Show(visit, null, intends), cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, Intake intake, PromptTurn turn, CancellationToken cancel) =>
        door.Open(Page, token, visit => Reply(visit, form, intake, turn, cancel), cancel);

    /// <summary>Replies are taken until the deadline that people were told, and a little longer.</summary>
    public static bool IsOpen(Visit visit) => IsOpen(visit.Cycle, visit.Now);

    public static bool IsOpen(Snapshot cycle, Instant now) =>
        IsBefore(cycle, now) && Closes(cycle) is { } told && now < told + Duration.FromMinutes(cycle.Policy.GraceMinutes);

    /// <summary>Afterwards only what somebody says by phone is recorded for them: they hear at once what it means for the caterer.</summary>
    public static bool IsLate(Visit visit) =>
        visit.Recorder is not null && !IsOpen(visit) && IsBefore(visit.Cycle, visit.Now) && Closes(visit.Cycle) is not null;

    /// <summary>Who wishes to come can take that back until the session starts.</summary>
    public static bool MayCancel(Visit visit) => IsBefore(visit.Cycle, visit.Now) && Seating.Of(visit.Cycle, visit.Person.Id).Wishes;

    /// <summary>Whether the person can take an offered seat now.</summary>
    public static bool MayTake(Visit visit) => IsBefore(visit.Cycle, visit.Now) && Seating.Of(visit.Cycle, visit.Person.Id).Stands == Stands.Offered;

    /// <summary>The deadline that people were told, or null before.</summary>
    public static Instant? Closes(Snapshot cycle) =>
        cycle.RoundOf(StageIds.Attendance) is { } round ? cycle.Find<DeadlineSet>(DeadlineSet.RowOf(StageIds.Attendance, round.Round))?.At : null;

    public static bool IsOver(Visit visit) => visit.Cycle.Session() is { } session && session.Ends <= visit.Now;

    private static bool IsBefore(Snapshot cycle, Instant now) => cycle.Session() is { } session && now < session.Starts;

    private static async Task<IResult> Reply(Visit visit, IFormCollection form, Intake intake, PromptTurn turn, CancellationToken cancel)
    {
        var (cycle, person, answer) = (visit.Cycle, visit.Person.Id, form["answer"].ToString());
        if (answer is HomeworkForm.Done or HomeworkForm.NotDone)
        {
            return await HomeworkForm.Record(visit, answer, intake, cancel);
        }

        if (!cycle.Members(Role.Participant).Contains(person) || !(IsOpen(visit) || IsLate(visit) || MayCancel(visit)))
        {
            return visit.Unchanged();
        }

        Replied? reply = answer switch
        {
            Yes when IsOpen(visit) || IsLate(visit) => Seating.Reply(cycle, person, comes: true, visit.By, visit.Now) with { Needs = Needs.Ticked(form["need"]), Note = NoteIn(form) },
            "take" when MayTake(visit) => Take(visit),
            NotThisTime => Seating.Reply(cycle, person, comes: false, visit.By, visit.Now),
            _ => null,
        };
        var office = form["office"].ToString().Trim() is { Length: > 0 } named ? named : null;
        if ((reply is null ? AttendanceTexts.PickOne : ProblemOf(reply.Note) ?? ProblemOf(office)) is { } problem)
        {
            return await Show(visit.Complaining(problem), form);
        }

        await intake.Record(cycle.Cycle, [reply! with { Office = office }], cancel);
        await turn.Take(cycle.Cycle, cancel);
        return visit.Recorded(visit.ToOrOf(AttendanceTexts.Thanks, AttendanceTexts.ThanksOf));
    }

    private static Replied Take(Visit visit)
    {
        var (cycle, person) = (visit.Cycle, visit.Person.Id);
        return Seating.Reply(cycle, person, comes: true, visit.By, visit.Now) with { Takes = Seating.Of(cycle, person).Seat!.Number };
    }

    internal static string? NoteIn(IFormCollection form) => form["note"].ToString().Trim() is { Length: > 0 } note ? note : null;

    internal static string? ProblemOf(string? note) =>
        note?.Length > Needs.LongestNote ? Say.Text(AttendanceTexts.NoteTooLong, Needs.LongestNote)
        : note is not null && !Roster.IsReadable(note) ? AttendanceTexts.NoteNotReadable
        : null;

    private static Task<IResult> Show(Visit visit, IFormCollection? typed, string? intends = null) => Task.FromResult(Pages.Of<ReplyPage>(
        visit.Notice is { IsProblem: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        (nameof(ReplyPage.Visit), visit),
        (nameof(ReplyPage.Typed), typed),
        (nameof(ReplyPage.Intended), intends)));
}
