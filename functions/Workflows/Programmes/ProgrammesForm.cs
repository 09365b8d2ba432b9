using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Programmes;

/// <summary>The programmes for coordinators: each can be edited, which makes a new version, and a new one begins as a copy.</summary>
public sealed class ProgrammesForm(ProgrammeVersions programmes, HomeRows home, People people, IClock clock)
{
    public const string Path = "/programmes";
    public const int LongestReason = 200;

    public Task<IResult> List(ClaimsPrincipal user, CancellationToken cancel) => List(user, null, null, cancel);

    /// <summary>Begins a programme as a copy of another, under an id made of its name.</summary>
    public async Task<IResult> Copy(IFormCollection form, ClaimsPrincipal user, CancellationToken cancel)
    {
        var (name, known) = (form["name"].ToString().Trim(), await programmes.Now(cancel));
        if (known.Find(form["copy"].ToString()) is not { } original || !Roster.IsName(name))
        {
            return await List(user, form, ProgrammeTexts.NoName, cancel);
        }

        var copy = original with { Id = ProgrammeInput.Slug(name), Name = name };
        var version = new ProgrammeVersion(1, copy, SignIn.Of(user), clock.GetCurrentInstant(), Say.Text(ProgrammeTexts.CopyReason, original.Name));
        return known.Find(copy.Id) is null && await programmes.Add(version, cancel)
            ? new OpenAnew($"{Path}/{copy.Id}", Say.Text(ProgrammeTexts.Copied, name))
            : await List(user, form, ProgrammeTexts.NameTaken, cancel);
    }

    public async Task<IResult> Show(string id, ClaimsPrincipal user, CancellationToken cancel) =>
        await View(id, user, cancel) is { } view ? Page(view, StatusCodes.Status200OK) : Results.NotFound();

    public async Task<IResult> Save(string id, IFormCollection form, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await View(id, user, cancel) is not { } view)
        {
            return Results.NotFound();
        }

        var input = ProgrammeInput.Of(form);
        var (typed, problems) = input.Read(view.Programme);
        var reason = form["reason"].ToString().Trim();
        problems = ReasonProblem(reason) is { } wrong ? problems.Add(("reason", wrong)) : problems;
        view = view with { Input = input, Reason = reason, Problems = problems };
        if (typed is null || view.Problems.Count > 0)
        {
            return Page(view, StatusCodes.Status422UnprocessableEntity, ProgrammeTexts.Problems);
        }

        var seen = SeenIn(form);
        return seen == view.Number && ProgrammeChanges.Between(view.Programme, typed).Count == 0
            ? Page(view, StatusCodes.Status422UnprocessableEntity, ProgrammeTexts.NothingChanged)
            : await Add(view, typed, seen, reason, user, number => Say.Text(ProgrammeTexts.Saved, number), cancel);
    }

    /// <summary>What an earlier version said becomes the newest.</summary>
    public async Task<IResult> GoBack(string id, IFormCollection form, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await View(id, user, cancel) is not { } view)
        {
            return Results.NotFound();
        }

        var reason = form["reason"].ToString().Trim();
        view = view with { BackReason = reason };
        if (!int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || (await programmes.Now(cancel)).At(id, number) is not { } earlier
            || ReasonProblem(reason) is not null)
        {
            view = view with { Problems = [("back", ReasonProblem(reason) ?? ProgrammeTexts.Misfit)] };
            return Page(view, StatusCodes.Status422UnprocessableEntity);
        }

        return await Add(view, earlier, SeenIn(form), reason, user, made => Say.Text(number == 0 ? ProgrammeTexts.WentBackToDelivered : ProgrammeTexts.WentBack, made, number), cancel);
    }

    /// <summary>The newest version when the page was opened.</summary>
    public static int SeenIn(IFormCollection form) =>
        int.TryParse(form["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static string NameOf(int number) => number == 0 ? ProgrammeTexts.AsDelivered : Say.Text(ProgrammeTexts.VersionNumber, number);

    /// <summary>Where somebody saved since the page was opened, what was typed stays, and what they changed is shown.</summary>
    private async Task<IResult> Add(
        ProgrammeView view, Programme content, int seen, string reason, ClaimsPrincipal user, Func<int, string> said, CancellationToken cancel)
    {
        var version = new ProgrammeVersion(seen + 1, content, SignIn.Of(user), clock.GetCurrentInstant(), reason);
        if (await programmes.Add(version, cancel))
        {
            return new OpenAnew($"{Path}/{content.Id}", said(version.Number));
        }

        var known = await programmes.Now(cancel);
        var newest = known.SavedOf(content.Id).FindLast(saved => saved.Number > seen);
        var theirs = newest is not null && known.At(content.Id, seen) is { } before ? ProgrammeChanges.Between(before, newest.Content) : [];
        view = (await View(content.Id, user, cancel))! with { Input = view.Input, Reason = view.Reason, BackReason = view.BackReason, Theirs = theirs };
        var told = newest is null ? ProgrammeTexts.VersionGone : Say.Text(ProgrammeTexts.SavedBefore, view.Names[newest.By], newest.Number);
        return Page(view, StatusCodes.Status409Conflict, told);
    }

    public static string? ReasonProblem(string reason) => reason.Length switch
    {
        0 => ProgrammeTexts.ReasonMissing,
        > LongestReason => Say.Text(ProgrammeTexts.ReasonTooLong, LongestReason),
        _ => Roster.IsReadable(reason) ? null : ProgrammeTexts.Unreadable,
    };

    private static IResult Page(ProgrammeView view, int status, string? problem = null) =>
        Pages.Of<ProgrammePage>(status, (nameof(ProgrammePage.View), view), (nameof(ProgrammePage.Problem), problem));

    private async Task<IResult> List(ClaimsPrincipal user, IFormCollection? typed, string? problem, CancellationToken cancel)
    {
        var (known, open, views) = (await programmes.Now(cancel), await Open(cancel), new List<ProgrammeView>());
        foreach (var programme in known.All)
        {
            views.Add(await View(programme, known, open, user, cancel));
        }

        return Pages.Of<ProgrammesPage>(
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(ProgrammesPage.Programmes), views),
            (nameof(ProgrammesPage.Typed), typed),
            (nameof(ProgrammesPage.Problem), problem));
    }

    private async Task<ProgrammeView?> View(string id, ClaimsPrincipal user, CancellationToken cancel)
    {
        var known = await programmes.Now(cancel);
        return known.Find(id) is { } programme ? await View(programme, known, await Open(cancel), user, cancel) : null;
    }

    /// <summary>The versions that open communities run on, by programme.</summary>
    private async Task<ILookup<string, int>> Open(CancellationToken cancel) =>
        (await home.All(cancel).Where(row => row.Stage is not null).Select(row => row.Board).OfType<BoardEntry>().ToListAsync(cancel))
        .ToLookup(board => board.Programme, board => board.ProgrammeVersion, StringComparer.Ordinal);

    private async Task<ProgrammeView> View(
        Programme programme, ProgrammeCatalogue known, ILookup<string, int> open, ClaimsPrincipal user, CancellationToken cancel)
    {
        var id = programme.Id;
        var saved = known.SavedOf(id);
        var names = await people.GetAll(saved.Select(version => version.By).Distinct(), cancel);
        return new ProgrammeView(
            programme,
            known.NumberOf(id),
            known.At(id, 0),
            saved,
            open[id].CountBy(number => number).ToImmutableSortedDictionary(),
            names.ToImmutableDictionary(person => person.Id, person => person.Name),
            (await people.Get(SignIn.Of(user), cancel)).Zone)
        {
            Input = ProgrammeInput.Of(programme),
        };
    }
}

/// <summary>A programme as its page shows it.</summary>
/// <param name="Programme">As it stands.</param>
/// <param name="Number">Its version.</param>
/// <param name="Delivered">As its file has it; null where it has none.</param>
/// <param name="Saved">Its versions, in order.</param>
/// <param name="Open">How many open communities run on which version.</param>
/// <param name="Names">Of those who saved.</param>
/// <param name="Zone">The reader's.</param>
public sealed record ProgrammeView(
    Programme Programme,
    int Number,
    Programme? Delivered,
    ImmutableList<ProgrammeVersion> Saved,
    ImmutableSortedDictionary<int, int> Open,
    ImmutableDictionary<PersonId, string> Names,
    string Zone)
{
    /// <summary>What stands in the fields.</summary>
    public required ProgrammeInput Input { get; init; }

    public string Reason { get; init; } = "";

    public string BackReason { get; init; } = "";

    public ImmutableList<(string Path, string Text)> Problems { get; init; } = [];

    /// <summary>What somebody else changed meanwhile.</summary>
    public IReadOnlyList<ProgrammeChange> Theirs { get; init; } = [];

    public IEnumerable<string> ProblemsOf(string path) => Problems.Where(problem => problem.Path == path).Select(problem => problem.Text);

    /// <summary>The version's, against the one before it; none where it is the first of all.</summary>
    public IReadOnlyList<ProgrammeChange> ChangesOf(ProgrammeVersion version) =>
        (version.Number == 1 ? Delivered : Saved[version.Number - 2].Content) is { } before ? ProgrammeChanges.Between(before, version.Content) : [];
}
