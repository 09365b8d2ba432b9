using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Coordinators;

/// <summary>The form that starts a community's cycle.</summary>
public static partial class KickOffForm
{
    /// <summary>The zones that communities of British Columbia live by.</summary>
    public static readonly ImmutableList<string> Zones =
        ["America/Vancouver", "America/Edmonton", "America/Dawson_Creek", "America/Fort_Nelson", "America/Creston"];

    private const int LongestText = 120;
    private const int MostRepeats = 3;
    private const int ShortestPhone = 7;

    /// <summary>The button that shows what is to come; its value is the course.</summary>
    private const string See = "preview";

    /// <summary>The button that leads back from there.</summary>
    private const string Edit = "edit";

    private static readonly TypedPerson Nobody = new("", "");

    /// <summary>Starts what was typed or sent, where nothing is wrong with it, and takes its first turn: a start shows at once.</summary>
    public static async Task<(KickOffProblems Problems, CycleId? Cycle)> Start(
        KickOffFields fields, PersonId coordinator, ProgrammeCatalogue programmes, KickOffs kickOffs, PromptTurn turn, CancellationToken cancel)
    {
        var problems = Check(fields, programmes);
        return (problems, problems.Any ? null : await Start(Request(fields, programmes, coordinator), kickOffs, turn, cancel));
    }

    private static async Task<CycleId?> Start(KickOffRequest request, KickOffs kickOffs, PromptTurn turn, CancellationToken cancel)
    {
        var cycle = await kickOffs.Start(request, cancel);
        if (cycle is { } started)
        {
            await turn.Take(started, cancel);
        }

        return cycle;
    }

    public static async Task<IResult> Get(ProgrammeVersions versions, IIdSource ids, CancellationToken cancel) =>
        Show(await versions.Now(cancel), KickOffFields.Empty(ids.New()), KickOffProblems.None, StatusCodes.Status200OK);

    public static async Task<IResult> Post(
        HttpContext http,
        ProgrammeVersions versions,
        KickOffs kickOffs,
        NextCycleForm proposal,
        PreviewDesk preview,
        PromptTurn turn,
        IIdSource ids,
        CancellationToken cancel)
    {
        var (form, programmes) = (await http.Request.ReadFormAsync(cancel), await versions.Now(cancel));
        var uploaded = await RosterFile.Read(form.Files["participants-file"], cancel);
        var fields = KickOffFields.Of(form);
        fields = uploaded is { Length: > 0 } ? fields with { Participants = uploaded.Trim() } : fields;
        if (http.IsForeign() || http.User.Identity is not { IsAuthenticated: true })
        {
            return ShowAgain(http, programmes, fields);
        }

        if (form.ContainsKey(Edit))
        {
            return Show(programmes, fields, KickOffProblems.None, StatusCodes.Status200OK);
        }

        var problems = Check(fields, programmes)
            .With("participants", uploaded is null ? KickOffTexts.FileTooLarge : null)
            .With("community", MayStart(http.Account()!, fields) ? null : KickOffTexts.NotYours);
        if (problems.Any)
        {
            return Show(programmes, fields, problems, StatusCodes.Status422UnprocessableEntity);
        }

        var request = Request(fields, programmes, SignIn.Of(http.User));
        if (form.ContainsKey(See))
        {
            return await ShowPreview(form, fields, preview, request, cancel);
        }

        var cycle = await Start(request, kickOffs, turn, cancel);
        if (cycle is null)
        {
            return Show(programmes, fields with { Nonce = ids.New() }, KickOffProblems.None.With("", KickOffTexts.SentBefore), StatusCodes.Status409Conflict);
        }

        await proposal.Started(fields.After, cycle.Value, http.Account()!, cancel);
        return new OpenAnew($"/cycles/{cycle}", string.Join(' ', [Say.Text(KickOffTexts.Started, fields.Community), .. Repeats(fields)]));
    }

    /// <summary>What is to come, with the form behind it: nothing is started, and what was typed stays.</summary>
    private static async Task<IResult> ShowPreview(IFormCollection form, KickOffFields fields, PreviewDesk preview, KickOffRequest request, CancellationToken cancel)
    {
        string[] buttons = [See, Edit];
        var typed = form.Where(field => !buttons.Contains(field.Key) && !field.Key.StartsWith("__", StringComparison.Ordinal) && field.Key != "participants")
            .SelectMany(field => field.Value.OfType<string>().Select(value => (field.Key, value)))
            .Append(("participants", fields.Participants));
        return Pages.Of<PreviewPage>(
            (nameof(PreviewPage.Shown), await preview.OfStart(request, PreviewDesk.CourseIn(form[See]), cancel)),
            (nameof(PreviewPage.Start), typed.ToList()));
    }

    public static bool MayStart(Account account, KickOffFields fields) => account.May(Right.Run) && account.Covers(fields.Programme, fields.Community);

    /// <summary>The lines of a list that count once with another; of many the first few.</summary>
    public static IReadOnlyList<string> Repeats(string pasted)
    {
        var all = Roster.Read(pasted).Repeats;
        return [.. all.Take(MostRepeats), .. all.Count > MostRepeats ? [Say.Text(KickOffTexts.MoreRepeats, all.Count)] : Array.Empty<string>()];
    }

    private static IEnumerable<string> Repeats(KickOffFields fields) =>
        new[] { (KickOffTexts.Facilitators, fields.Facilitators), (KickOffTexts.Reserves, fields.Reserves), (KickOffTexts.Participants, fields.Participants) }
            .SelectMany(list => Repeats(list.Item2).Select(text => Say.Text(KickOffTexts.RepeatsIn, list.Item1, text)));

    /// <summary>
    /// Who was signed out while they typed, or signed in anew on another page, gets back what they typed: the form is shown, and nothing else
    /// is done. See docs/decisions/0018-a-form-outlives-its-sign-in.md.
    /// </summary>
    private static IResult ShowAgain(HttpContext http, ProgrammeCatalogue programmes, KickOffFields fields)
    {
        var isSignedOut = http.User.Identity is not { IsAuthenticated: true };
        return Pages.Of<KickOffPage>(
            isSignedOut ? StatusCodes.Status401Unauthorized : StatusCodes.Status409Conflict,
            (nameof(KickOffPage.Programmes), programmes.All.ToList()),
            (nameof(KickOffPage.Fields), fields),
            (nameof(KickOffPage.IsSignedOut), isSignedOut),
            (nameof(KickOffPage.Wrong), isSignedOut ? KickOffTexts.SignedOut : KickOffTexts.PressAgain));
    }

    /// <summary>The form filled in from a community's cycle that has ended.</summary>
    public static IResult ShowFilledIn(ProgrammeCatalogue programmes, KickOffFields fields, string community) => Pages.Of<KickOffPage>(
        (nameof(KickOffPage.Programmes), programmes.All.ToList()),
        (nameof(KickOffPage.Fields), fields),
        (nameof(KickOffPage.FilledIn), Say.Text(KickOffTexts.FilledIn, community)));

    private static IResult Show(ProgrammeCatalogue programmes, KickOffFields fields, KickOffProblems problems, int status) => Pages.Of<KickOffPage>(
        status,
        (nameof(KickOffPage.Programmes), programmes.All.ToList()),
        (nameof(KickOffPage.Fields), fields),
        (nameof(KickOffPage.Problems), problems));

    private static KickOffRequest Request(KickOffFields fields, ProgrammeCatalogue programmes, PersonId coordinator) => new(
        fields.Nonce,
        fields.Community,
        fields.Zone,
        fields.Phone,
        programmes.Find(fields.Programme)!,
        coordinator,
        new TypedPerson(fields.LeadName, fields.LeadAddress),
        new TypedPerson(fields.CoachName, fields.CoachAddress),
        Roster.Read(fields.Facilitators).People,
        Roster.Read(fields.Participants).People)
    {
        Reserves = Roster.Read(fields.Reserves).People,
        DivisionStaff = fields.Staff == Nobody ? null : fields.Staff,
        CoachPhone = fields.CoachPhone.Length > 0 ? fields.CoachPhone : null,
        ProgrammeVersion = programmes.NumberOf(fields.Programme),
        Blackouts = Blackouts.Read(fields.Blackouts).Spans,
        OpenRegistration = fields.OpenRegistration,
        Partners = fields.Partners.Where(partner => partner.Value != Nobody).ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    private static KickOffProblems Check(KickOffFields fields, ProgrammeCatalogue programmes)
    {
        var problems = KickOffProblems.None
            .With("programme", programmes.Find(fields.Programme) is null ? KickOffTexts.NoProgramme : null)
            .With("community", Text(fields.Community))
            .With("zone", Zones.Contains(fields.Zone) ? null : KickOffTexts.NoZone)
            .With("phone", Text(fields.Phone) ?? Phone(fields.Phone))
            .With("lead", Roster.Check(fields.LeadName, fields.LeadAddress))
            .With("staff", fields.Staff == Nobody ? null : Roster.Check(fields.Staff.Name, fields.Staff.Address))
            .With("coach", Roster.Check(fields.CoachName, fields.CoachAddress))
            .With("coach", fields.CoachPhone.Length > 0 ? Text(fields.CoachPhone) ?? Phone(fields.CoachPhone) : null)
            .With("", IdText.IsId(fields.Nonce) ? null : KickOffTexts.NoNonce);
        foreach (var (task, partner) in fields.Partners.Where(partner => partner.Value != Nobody))
        {
            problems = problems.With(KickOffFields.Partner + task, Roster.Check(partner.Name, partner.Address));
        }

        problems = Blackouts.Read(fields.Blackouts).Problems.Aggregate(problems, (all, problem) => all.With("blackouts", problem));
        problems = problems.With("authority", fields.StatesAuthority ? null : KickOffTexts.NoAuthority);
        problems = SharedAddresses.Of(fields).Where(shared => !shared.IsConfirmed).Aggregate(problems, (all, shared) => all.With("shared", shared.Question));
        problems = CheckRoster(problems, "facilitators", fields.Facilitators, Enough(fields, programmes));
        problems = CheckRoster(problems, "reserves", fields.Reserves, 0);
        return CheckRoster(problems, "participants", fields.Participants, fields.OpenRegistration ? 0 : 1);
    }

    private static int Enough(KickOffFields fields, ProgrammeCatalogue programmes) =>
        programmes.Find(fields.Programme)?.Policy.FacilitatorTraining.Enough ?? 1;

    private static KickOffProblems CheckRoster(KickOffProblems problems, string field, string pasted, int atLeast)
    {
        var roster = Roster.Read(pasted);
        problems = roster.Problems.Aggregate(problems, (all, problem) => all.With(field, problem));
        return roster.Problems.IsEmpty && roster.People.Count < atLeast ? problems.With(field, Say.Text(KickOffTexts.TooFew, atLeast)) : problems;
    }

    private static string? Text(string typed) => typed.Length switch
    {
        0 => KickOffTexts.Missing,
        > LongestText => Say.Text(KickOffTexts.TooLong, LongestText),
        _ => Roster.IsReadable(typed) ? null : KickOffTexts.NotReadable,
    };

    private static string? Phone(string typed) =>
        PhoneNumber().IsMatch(typed) && typed.Count(char.IsAsciiDigit) >= ShortestPhone ? null : KickOffTexts.NoPhone;

    /// <summary>However people group it, and an extension behind it.</summary>
    [GeneratedRegex(@"^[0-9 +().\-–/]+((extension|ext\.?|x|local|loc\.?|#) *[0-9]+)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex PhoneNumber();
}
