using Cohesion.Workflows.Asks;
using Cohesion.Workflows.Coordinators.Board;
using Cohesion.Workflows.Coordinators.Decisions;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cohesion.Workflows.Coordinators.Today;

/// <summary>
/// The page on which a coordinator starts the day: what needs them, what is at risk, what comes. It reads one range of rows, and only
/// the communities that need them as they are.
/// </summary>
public sealed class TodayDesk(BoardPages board, WaitingMails waiting, CycleRecords cycles, Wakes wakes, People people, ILogger<TodayDesk> log)
{
    /// <summary>The field of a form that says on which page it stands, and what it says of this one.</summary>
    public const string From = "from";

    /// <inheritdoc cref="From"/>
    public const string Here = "today";

    private const string Path = "/";

    public async Task<IResult> Show(HttpContext http, CancellationToken cancel, Refused? refused = null)
    {
        var all = await board.Read(http, new BoardFilter(BoardFilter.All));
        var reader = await people.Get(SignIn.Of(http.User), cancel);
        var (mine, others) = (all.Lines.Where(line => line.NeedsMe).ToList(), all.Lines.Where(line => line.NeedsCoordinator && !line.IsMine));
        var view = new TodayView(
            all,
            reader.Zone,
            await waiting.Find(reader.Zone, all.Now, cancel),
            await all.Lines.Where(line => line.IsMine && line.Row.IsParked).ToAsyncEnumerable().Where(IsStopped).ToListAsync(cancel),
            await InNeed(mine.Where(line => !line.Row.IsParked), reader, cancel),
            await Named([.. others], cancel),
            await Paused(all.Lines.Where(line => line is { IsMine: true, Row: { IsParked: false, Board.Paused: not null } }), cancel),
            refused);
        return Pages.Of<TodayPage>(
            refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, (nameof(TodayPage.View), view));
    }

    /// <summary>Whether a form stands on this page.</summary>
    public static bool IsFrom(IFormCollection form) => form[From] == Here;

    /// <summary>What was decided here leads back here, and says what was recorded in which community.</summary>
    public static IResult Recorded(string community, string? said) =>
        new OpenAnew(Path, said is null ? null : Say.Text(HomeTexts.Recorded, community, said));

    private async ValueTask<bool> IsStopped(BoardLine line, CancellationToken cancel) => await wakes.Find(line.Row.Cycle, cancel) is { IsParked: true };

    /// <summary>The rows may be behind: where nothing is left to do, the community is not listed.</summary>
    private async Task<List<CommunityInNeed>> InNeed(IEnumerable<BoardLine> lines, Person reader, CancellationToken cancel)
    {
        var found = new List<CommunityInNeed>();
        foreach (var line in lines)
        {
            if (await Tried(line, async () => await cycles.Read(line.Row.Cycle, cancel) is { Snapshot: var cycle } ? await InNeed(cycle, line, reader, cancel) : null) is { } community
                && community.Open.Count + community.ToFindOut.Count > 0)
            {
                found.Add(community);
            }
        }

        return found;
    }

    private async Task<CommunityInNeed> InNeed(Snapshot cycle, BoardLine line, Person reader, CancellationToken cancel)
    {
        var known = (await people.GetAll(Concerned(cycle), cancel)).ToDictionary(person => person.Id);
        var coordinator = known[cycle.Coordinator];
        var visit = new Visit(coordinator, cycle, $"/cycles/{cycle.Cycle}", line.Now, Recorder: reader.Id == coordinator.Id ? null : reader);
        var plan = Planner.Plan(cycle, line.Now);
        return new CommunityInNeed(
            visit,
            OpenDecisions.Of(visit, Planner.Wanted(cycle, line.Now).Select(message => message.Key).ToHashSet()),
            [.. OpenAsk.Of(plan, line.Now).Where(ask => ask.Person == cycle.Coordinator && ToFindOut.IsAbout(ask.For))],
            known);
    }

    private async Task<List<PausedCommunity>> Paused(IEnumerable<BoardLine> lines, CancellationToken cancel)
    {
        var found = new List<PausedCommunity>();
        foreach (var line in lines)
        {
            if (await Tried(line, () => cycles.Read(line.Row.Cycle, cancel)) is { Snapshot: var cycle } && cycle.Pause() is not null && cycle.Adaptations().FindLast(adapted => adapted.What is PauseCycle) is { } pause)
            {
                found.Add(new PausedCommunity(line, pause, (await people.Get(pause.By, cancel)).Name));
            }
        }

        return found;
    }

    /// <summary>One that cannot be read takes no other from the page; once its turns have failed for half an hour it stands there as stopped.</summary>
    private async Task<T?> Tried<T>(BoardLine line, Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "{Cycle} cannot be shown among those of today", line.Row.Cycle);
            return null;
        }
    }

    /// <summary>Not the participants, who are many: no decision names one.</summary>
    private static IEnumerable<PersonId> Concerned(Snapshot cycle) =>
        cycle.All<Member>().Where(member => member.Role != Role.Participant).Select(member => member.Person).Append(cycle.Coordinator).Distinct();

    private async Task<List<InNeedOfAnother>> Named(IReadOnlyList<BoardLine> lines, CancellationToken cancel)
    {
        var names = (await people.GetAll(lines.Select(line => line.Row.Board!.Coordinator).Distinct(), cancel)).ToDictionary(one => one.Id, one => one.Name);
        return [.. lines.Select(line => new InNeedOfAnother(line, names[line.Row.Board!.Coordinator]))];
    }
}
