using Cohesion.Workflows.Coordinators.Board;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Tests.Coordinators.Board;

/// <summary>Communities as lines, seen at noon of 10 March 2027.</summary>
internal static class Lines
{
    public static LocalDate Today { get; } = new(2027, 3, 10);

    public static Instant Now { get; } = At("2027-03-10T12:00");

    public static Instant At(string local) => new CommunityDays("America/Vancouver").At(LocalDateTimePattern.GeneralIso.Parse(local + ":00").Value);

    /// <summary>A community that waits for its lead since a day.</summary>
    public static BoardLine Of(
        string community,
        StageId? stage = null,
        bool needs = false,
        bool isMine = true,
        string since = "2027-03-01T10:00",
        string? deadline = null,
        string? session = null,
        RiskKind? risk = null,
        string programme = "adult-mental-health",
        bool isParked = false,
        IEnumerable<StageSpan>? stages = null)
    {
        var at = stage ?? StageIds.Scheduling;
        var board = new BoardEntry(
            programme,
            "America/Vancouver",
            PersonId.From("coordinator"),
            [new Waited(Role.DivisionLead, 1)],
            At(since),
            session is null ? null : LocalDateTimePattern.GeneralIso.Parse(session + ":00").Value,
            [.. stages ?? [new StageSpan(at, At(since), null)]],
            risk is { } kind ? [new Risk(kind, At("2027-03-02T09:00"), Count: 5, Of: 6)] : []);
        var next = new NextSteps("America/Vancouver", deadline is null ? [] : [new NextStep(at, "ask", At(deadline))], null);
        return new BoardLine(new HomeRow(CycleId.From(Id(community)), community, at, 1, needs, null, next, board, isParked), "Adult Mental Health", isMine, Now);
    }

    public static BoardLine Complete(string community) =>
        new(new HomeRow(CycleId.From(Id(community)), community, null, 1, false, new LocalDate(2027, 2, 1)), "", true, Now);

    private static string Id(string community) => "c-" + string.Concat(community.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));
}
