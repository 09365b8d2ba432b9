using System.Collections.Immutable;
using System.Security.Claims;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Coordinators;

/// <summary>The form that starts a community's cycle.</summary>
public static class KickOffForm
{
    /// <summary>The zones that communities of British Columbia live by.</summary>
    public static readonly ImmutableList<string> Zones =
        ["America/Vancouver", "America/Edmonton", "America/Dawson_Creek", "America/Fort_Nelson", "America/Creston"];

    private const int LongestText = 120;

    private static readonly TypedPerson Nobody = new("", "");

    public static IResult Get(ProgrammeFiles programmes, IIdSource ids) =>
        Show(programmes, KickOffFields.Empty(ids.New()), KickOffProblems.None, StatusCodes.Status200OK);

    public static async Task<IResult> Post(
        IFormCollection form, ClaimsPrincipal user, ProgrammeFiles programmes, KickOffs kickOffs, IIdSource ids, CancellationToken cancel)
    {
        var uploaded = await RosterFile.Read(form.Files["participants-file"], cancel);
        var fields = KickOffFields.Of(form);
        fields = uploaded is { Length: > 0 } ? fields with { Participants = uploaded.Trim() } : fields;
        var problems = Check(fields, programmes).With("participants", uploaded is null ? KickOffTexts.FileTooLarge : null);
        if (problems.Any)
        {
            return Show(programmes, fields, problems, StatusCodes.Status422UnprocessableEntity);
        }

        var cycle = await kickOffs.Start(Request(fields, programmes, SignIn.Of(user)), cancel);
        return cycle is null
            ? Show(programmes, fields with { Nonce = ids.New() }, KickOffProblems.None.With("", KickOffTexts.SentBefore), StatusCodes.Status409Conflict)
            : Results.Redirect($"/cycles/{cycle}");
    }

    private static IResult Show(ProgrammeFiles programmes, KickOffFields fields, KickOffProblems problems, int status) => Pages.Of<KickOffPage>(
        status,
        (nameof(KickOffPage.Programmes), programmes.All.ToList()),
        (nameof(KickOffPage.Fields), fields),
        (nameof(KickOffPage.Problems), problems));

    private static KickOffRequest Request(KickOffFields fields, ProgrammeFiles programmes, PersonId coordinator) => new(
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
        Partners = fields.Partners.Where(partner => partner.Value != Nobody).ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    private static KickOffProblems Check(KickOffFields fields, ProgrammeFiles programmes)
    {
        var problems = KickOffProblems.None
            .With("programme", programmes.Find(fields.Programme) is null ? KickOffTexts.NoProgramme : null)
            .With("community", Text(fields.Community))
            .With("zone", Zones.Contains(fields.Zone) ? null : KickOffTexts.NoZone)
            .With("phone", Text(fields.Phone))
            .With("lead", Roster.Check(fields.LeadName, fields.LeadAddress))
            .With("coach", Roster.Check(fields.CoachName, fields.CoachAddress))
            .With("", IdText.IsId(fields.Nonce) ? null : KickOffTexts.NoNonce);
        foreach (var (task, partner) in fields.Partners.Where(partner => partner.Value != Nobody))
        {
            problems = problems.With(KickOffFields.Partner + task, Roster.Check(partner.Name, partner.Address));
        }

        problems = CheckRoster(problems, "facilitators", fields.Facilitators, Enough(fields, programmes));
        problems = CheckRoster(problems, "reserves", fields.Reserves, 0);
        return CheckRoster(problems, "participants", fields.Participants, 1);
    }

    private static int Enough(KickOffFields fields, ProgrammeFiles programmes) =>
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
}

/// <summary>The form as typed; it comes back so where something is wrong.</summary>
public sealed record KickOffFields(
    string Nonce,
    string Programme,
    string Community,
    string Zone,
    string Phone,
    string LeadName,
    string LeadAddress,
    string CoachName,
    string CoachAddress,
    string Facilitators,
    string Participants,
    string Reserves,
    ImmutableSortedDictionary<string, TypedPerson> Partners)
{
    /// <summary>What the names of a partner's fields begin with; the task's id follows.</summary>
    public const string Partner = "partner-";

    public const string Name = "-name";

    public const string Address = "-address";

    public static KickOffFields Empty(string nonce) => new(nonce, "", "", KickOffForm.Zones[0], "", "", "", "", "", "", "", "", ImmutableSortedDictionary<string, TypedPerson>.Empty);

    public static KickOffFields Of(IFormCollection form)
    {
        string Field(string name) => form[name].ToString().Trim();
        return new KickOffFields(
            Field("nonce"),
            Field("programme"),
            Field("community"),
            Field("zone"),
            Field("phone"),
            Field("lead-name"),
            Field("lead-address"),
            Field("coach-name"),
            Field("coach-address"),
            Field("facilitators"),
            Field("participants"),
            Field("reserves"),
            form.Keys.Where(key => key.StartsWith(Partner, StringComparison.Ordinal) && key.EndsWith(Name, StringComparison.Ordinal))
                .ToImmutableSortedDictionary(
                    key => key[Partner.Length..^Name.Length],
                    key => new TypedPerson(Field(key), Field(key[..^Name.Length] + Address)),
                    StringComparer.Ordinal));
    }
}

/// <summary>What is wrong, by field; "" is the whole form.</summary>
public sealed record KickOffProblems(ImmutableList<(string Field, string Text)> All)
{
    public static KickOffProblems None { get; } = new(ImmutableList<(string, string)>.Empty);

    public bool Any => !All.IsEmpty;

    public IEnumerable<string> Of(string field) => All.Where(problem => problem.Field == field).Select(problem => problem.Text);

    public KickOffProblems With(string field, string? problem) => problem is null ? this : new(All.Add((field, problem)));
}
