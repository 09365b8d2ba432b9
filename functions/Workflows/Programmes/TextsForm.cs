using System.Collections.Immutable;
using System.Security.Claims;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Programmes;

/// <summary>What a programme's letters of a stage say: beside each delivered text there is room for words of the programme's own.</summary>
public sealed class TextsForm(ProgrammeVersions programmes, SampleLetters samples, People people, IClock clock)
{
    /// <summary>Before a text's name: its field.</summary>
    public const string Own = "own.";

    /// <summary>The button that shows the letters in the words that were typed.</summary>
    public const string See = "see";

    public static string PathOf(Programme programme, string stage) => $"{ProgrammesForm.Path}/{programme.Id}/texts/{stage}";

    public async Task<IResult> Show(string id, string stage, ClaimsPrincipal user, CancellationToken cancel) =>
        await View(id, stage, user, null, cancel) is { } view ? Page(view, StatusCodes.Status200OK) : Results.NotFound();

    public async Task<IResult> Save(string id, string stage, IFormCollection form, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await View(id, stage, user, form, cancel) is not { } view)
        {
            return Results.NotFound();
        }

        if (form.ContainsKey(See) || view.IsWrong)
        {
            return view.IsWrong
                ? Page(view, StatusCodes.Status422UnprocessableEntity, ProgrammeTexts.Problems)
                : Page(view, StatusCodes.Status200OK);
        }

        if (ProgrammesForm.ReasonProblem(view.Reason) is { } wrong)
        {
            return Page(view with { ReasonProblem = wrong }, StatusCodes.Status422UnprocessableEntity, ProgrammeTexts.Problems);
        }

        var edited = view.Programme with { Texts = view.Edited.Count == 0 ? null : view.Edited };
        if (ProgrammeChanges.Between(view.Programme, edited).Count == 0)
        {
            return Page(view, StatusCodes.Status422UnprocessableEntity, ProgrammeTexts.NothingChanged);
        }

        var seen = ProgrammesForm.SeenIn(form);
        if (await programmes.Add(new ProgrammeVersion(seen + 1, edited, SignIn.Of(user), clock.GetCurrentInstant(), view.Reason), cancel))
        {
            return new OpenAnew(PathOf(edited, stage), Say.Text(ProgrammeTexts.TextsSaved, seen + 1));
        }

        var newest = (await programmes.Now(cancel)).SavedOf(id).FindLast(saved => saved.Number > seen);
        var told = newest is null
            ? ProgrammeTexts.VersionGone
            : Say.Text(ProgrammeTexts.TextsSavedBefore, (await people.Get(newest.By, cancel)).Name, newest.Number);
        return Page((await View(id, stage, user, form, cancel))!, StatusCodes.Status409Conflict, told);
    }

    private static IResult Page(TextsView view, int status, string? problem = null) =>
        Pages.Of<TextsPage>(status, (nameof(TextsPage.View), view), (nameof(TextsPage.Problem), problem));

    private async Task<TextsView?> View(string id, string stage, ClaimsPrincipal user, IFormCollection? form, CancellationToken cancel)
    {
        var known = await programmes.Now(cancel);
        var names = ProgrammeWords.Names.FindAll(name => ProgrammeWords.StageOf(name) == stage);
        if (known.Find(id) is not { } programme || names.IsEmpty)
        {
            return null;
        }

        var own = programme.Texts ?? ImmutableSortedDictionary<string, string>.Empty;
        var typed = form is null ? own : own.RemoveRange(names).AddRange(Typed(names, form));
        var problems = typed.Select(text => (text.Key, Text: ProgrammeWords.Problem(text.Key, text.Value)))
            .Where(problem => problem.Text is not null)
            .ToImmutableDictionary(problem => problem.Key, problem => problem.Text!, StringComparer.Ordinal);
        var letters = await samples.Of(programme, stage, typed.RemoveRange(problems.Keys), SignIn.Of(user), cancel);
        return new TextsView(programme, known.NumberOf(id), stage, typed, problems, letters)
        {
            Reason = form?["reason"].ToString().Trim() ?? "",
        };
    }

    /// <summary>What is empty, or as delivered, is none of its own.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Typed(IEnumerable<string> names, IFormCollection form) => names
        .Select(name => KeyValuePair.Create(name, form[Own + name].ToString().ReplaceLineEndings(" ").Trim()))
        .Where(text => text.Value.Length > 0 && text.Value != ProgrammeWords.Delivered(text.Key));
}

/// <summary>The texts of a stage's letters as the page shows them.</summary>
/// <param name="Programme">As it stands.</param>
/// <param name="Number">Its version.</param>
/// <param name="Stage">Which stage's.</param>
/// <param name="Edited">The programme's own words, as they were typed.</param>
/// <param name="Problems">What is wrong with them, by the text's name.</param>
/// <param name="Samples">The letters in these words.</param>
public sealed record TextsView(
    Programme Programme,
    int Number,
    string Stage,
    ImmutableSortedDictionary<string, string> Edited,
    ImmutableDictionary<string, string> Problems,
    ImmutableList<LetterSample> Samples)
{
    public string Reason { get; init; } = "";

    public string? ReasonProblem { get; init; }

    public bool IsWrong => Problems.Keys.Any(name => ProgrammeWords.StageOf(name) == Stage) || Samples.Exists(sample => sample.IsTooLong);
}
