using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>The page on which anybody registers who has the link that the Division forwards.</summary>
public static class RegisterForm
{
    public const string Page = AskPages.Register;

    public static Task<IResult> Get(string token, Door door, Intake intake, CancellationToken cancel) =>
        door.OpenToAll(Page, token, cycle => Show(new Registration(cycle, token, intake.Now)), cancel);

    public static Task<IResult> Post(string token, IFormCollection form, Door door, People people, Intake intake, PromptTurn turn, CancellationToken cancel) =>
        door.OpenToAll(Page, token, cycle => Register(new Registration(cycle, token, intake.Now) { Typed = form }, people, intake, turn, cancel), cancel);

    private static async Task<IResult> Register(Registration page, People people, Intake intake, PromptTurn turn, CancellationToken cancel)
    {
        var (cycle, form) = (page.Cycle, page.Typed!);
        var (name, address, note) = (form["name"].ToString().Trim(), form["address"].ToString().Trim(), ReplyForm.NoteIn(form));
        if (!page.IsOpen)
        {
            return new OpenAnew(page.Path);
        }

        if ((Roster.Check(name, address) ?? ReplyForm.ProblemOf(note)) is { } problem)
        {
            return await Show(page with { Problem = problem });
        }

        var person = await people.FindOrAdd(name, address, cycle.KickOff.Zone, cancel);
        var reply = Seating.Reply(cycle, person, comes: true, person, page.Now) with { Needs = Needs.Ticked(form["need"]), Note = note };
        Fact[] facts = cycle.HasRole(Role.Participant, person) ? [reply] : [new Member(Role.Participant, person, page.Now, person), reply];
        await intake.Record(cycle.Cycle, facts, cancel);
        var standing = Seating.Of(await turn.Take(cycle.Cycle, cancel), person);
        return new OpenAnew(page.Path, Say.Text(Registered(standing), name, address));
    }

    private static string Registered(Standing standing) => standing.Stands switch
    {
        Stands.HasSeat => AttendanceTexts.RegisteredSeat,
        Stands.Waiting => AttendanceTexts.RegisteredWaiting,
        _ => AttendanceTexts.Registered,
    };

    private static Task<IResult> Show(Registration page) => Task.FromResult(Pages.Of<RegisterPage>(
        page.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, (nameof(RegisterPage.Registration), page)));
}

/// <summary>The page as it is shown.</summary>
/// <param name="Cycle">Which community's.</param>
/// <param name="Token">Its link's.</param>
/// <param name="Now">When.</param>
public sealed record Registration(Snapshot Cycle, string Token, NodaTime.Instant Now)
{
    /// <summary>What was typed; it stays where it was refused.</summary>
    public IFormCollection? Typed { get; init; }

    public string? Problem { get; init; }

    public string Path => $"/{RegisterForm.Page}/{Token}";

    public bool IsOpen => ReplyForm.IsOpen(Cycle, Now);

    public bool IsOver => Cycle.Session() is { } session && session.Ends <= Now;
}
