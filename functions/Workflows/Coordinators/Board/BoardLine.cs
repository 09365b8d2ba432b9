using Cohesion.Workflows.Asks;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Coordinators.Board;

/// <summary>A day and hour that comes next in a community, and what it is.</summary>
/// <param name="At">When.</param>
/// <param name="What">In a word or two: "dates".</param>
public sealed record NextDate(Instant At, string What);

/// <summary>A community as one line.</summary>
/// <param name="Row">What the view holds of it; an older row says less.</param>
/// <param name="Programme">The programme's name; "" where the row does not say it.</param>
/// <param name="IsMine">Whether the reader is its coordinator, or stands in for them.</param>
/// <param name="Now">When it is read.</param>
public sealed record BoardLine(HomeRow Row, string Programme, bool IsMine, Instant Now)
{
    /// <summary>All that is at risk now.</summary>
    public IReadOnlyList<Risk> Risks { get; } =
    [
        .. Row.IsParked ? [new Risk(RiskKind.Stopped, Now)] : Array.Empty<Risk>(),
        .. Row.Board?.Risks.Where(risk => risk.IsAt(Now)) ?? [],
    ];

    /// <summary>What comes next; null where nothing is known.</summary>
    public NextDate? Next { get; } = NextOf(Row, Now);

    public bool IsOpen => Row.Stage is not null;

    /// <summary>Also where it could go on without: the place of the session is missing.</summary>
    public bool NeedsCoordinator => Row.NeedsCoordinator || (Row.Next?.Now.Exists(step => step.IsCoordinators) ?? false);

    public bool NeedsMe => NeedsCoordinator && IsMine;

    /// <summary>The stages that are open, in the order of the cycle.</summary>
    public IEnumerable<StageId> Stages =>
        Row.Board?.Stages.Where(span => span.To is null).Select(span => span.Stage) ?? (Row.Stage is { } stage ? [stage] : []);

    /// <summary>Of all that the row says of times. A row that names none needs none.</summary>
    public string Zone => Row.Board?.Zone ?? Row.Next?.Zone ?? "America/Vancouver";

    /// <summary>"Scheduling, facilitator training", or since when it is complete.</summary>
    public string Where => Row switch
    {
        { Ended: null, Board: { Paused: { } since } board } => Say.Text(BoardTexts.PausedSince, Say.Date(new CommunityDays(board.Zone).DateOf(since))),
        { Stage: not null } => string.Join(", ", Stages.Select(Say.Stage)),
        { Ended: { } day } => Say.Text(HomeTexts.CompleteSince, Say.LongDate(day)),
        { NeedsCoordinator: true } => HomeTexts.DecisionOpen,
        _ => HomeTexts.Complete,
    };

    /// <summary>Who is to do something beside the coordinator: "1 Division lead, 2 facilitators".</summary>
    public string Others => string.Join(", ", (Row.Board?.Waiting ?? []).Select(waited => Say.Text(BoardWords.Of("Waited_" + waited.Role), waited.People)));

    /// <summary>The same, and the coordinator.</summary>
    public string Waiting => string.Join(", ", new[] { Coordinator, Others }.Where(words => words.Length > 0));

    public string Coordinator => !NeedsCoordinator ? "" : IsMine ? BoardTexts.You : Say.Role(Role.Coordinator);

    public Session? Session => Row.Board is { Session: { } local } board ? new Session(local, new CommunityDays(board.Zone).At(local), default) : null;

    private static NextDate? NextOf(HomeRow row, Instant now)
    {
        var asked = (row.Next?.Now ?? []).Append(row.Next?.Later)
            .Where(step => step?.At > now)
            .Select(step => new NextDate(step!.At!.Value, step.Kind.Length == 0 ? BoardTexts.Session : AskWords.InShort(new AskKind(step.Stage, step.Kind))));
        var session = row.Board is { Session: { } local } board ? new NextDate(new CommunityDays(board.Zone).At(local), BoardTexts.Session) : null;
        return (session?.At > now ? asked.Append(session) : asked).MinBy(next => next!.At);
    }
}
