using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Coordinators;

/// <summary>What a program sends to start a community: what the form asks for.</summary>
/// <param name="Programme">Its id.</param>
/// <param name="Community">The community's name.</param>
/// <param name="Zone">Its IANA time zone.</param>
/// <param name="Phone">A number that people can call.</param>
/// <param name="Coordinator">The address of a coordinator of this installation.</param>
/// <param name="DivisionLead">The Division lead.</param>
/// <param name="Coach">The Practice Support coach.</param>
/// <param name="Facilitators">The local facilitators.</param>
/// <param name="AuthorityStated">Whether the names and addresses may be shared for this purpose.</param>
public sealed record KickOffBody(
    string Programme,
    string Community,
    string Zone,
    string Phone,
    string Coordinator,
    TypedPerson DivisionLead,
    TypedPerson Coach,
    ImmutableList<TypedPerson> Facilitators,
    bool AuthorityStated)
{
    public ImmutableList<TypedPerson> Participants { get; init; } = [];

    public ImmutableList<TypedPerson> Reserves { get; init; } = [];

    public TypedPerson? DivisionStaff { get; init; }

    /// <summary>At which people may call the coach.</summary>
    public string? CoachPhone { get; init; }

    /// <summary>Who prepares which of the programme's tasks, by its id.</summary>
    public ImmutableSortedDictionary<string, TypedPerson> Partners { get; init; } = ImmutableSortedDictionary<string, TypedPerson>.Empty;

    public ImmutableList<DaySpan> Blackouts { get; init; } = [];

    public bool OpenRegistration { get; init; }

    /// <summary>Addresses that several people share, as somebody has checked.</summary>
    public ImmutableList<string> SharedAddresses { get; init; } = [];

    /// <summary>Whether an entry of a list is missing, which the reader of JSON lets pass.</summary>
    internal bool HasNull => new IEnumerable<object?>[] { Facilitators, Participants, Reserves, Partners.Values, Blackouts, SharedAddresses }.Any(list => list.Contains(null));

    /// <summary>The same as the form has it.</summary>
    public KickOffFields AsFields(string nonce) => new(
        nonce,
        Programme.Trim(),
        Community.Trim(),
        Zone,
        Phone.Trim(),
        DivisionLead.Name.Trim(),
        DivisionLead.Address.Trim(),
        Coach.Name.Trim(),
        Coach.Address.Trim(),
        Lines(Facilitators),
        Lines(Participants),
        Lines(Reserves),
        DivisionStaff ?? new TypedPerson("", ""),
        string.Join('\n', Blackouts.Select(span => FormattableString.Invariant($"{span.From:uuuu-MM-dd} to {span.To:uuuu-MM-dd}"))),
        OpenRegistration,
        AuthorityStated,
        [.. SharedAddresses.Select(People.Fold)],
        Partners)
    {
        CoachPhone = CoachPhone?.Trim() ?? "",
    };

    /// <summary>A person a line, whatever they typed: the number of a line is that of the entry.</summary>
    private static string Lines(IEnumerable<TypedPerson> people) => string.Join('\n', people.Select(person => $"{Line(person.Name)}\t{Line(person.Address)}"));

    private static string Line(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');
}

/// <summary>The API that starts a community, as the form does. Problems are told as RFC 9457 has it.</summary>
public static class KickOffApi
{
    public const string Path = "/api/cycles";

    private const int LongestKey = 200;
    private const int LargestBytes = 2 * 1024 * 1024;

    public static async Task<IResult> Post(
        HttpRequest request, ProgrammeVersions programmes, AccountList accounts, KickOffs kickOffs, PromptTurn turn, CancellationToken cancel)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > LongestKey)
        {
            return Problem(StatusCodes.Status400BadRequest, ApiTexts.NoIdempotencyKey);
        }

        if (request.ContentLength > LargestBytes)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, Say.Text(ApiTexts.TooLarge, LargestBytes));
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync<KickOffBody>(request.Body, Json.Options, cancel) ?? throw new JsonException("Null.");
            if (body.HasNull)
            {
                throw new JsonException("An entry of a list is null.");
            }

            return await Start(body, key, programmes, accounts, kickOffs, turn, cancel);
        }
        catch (JsonException wrong)
        {
            return Problem(StatusCodes.Status400BadRequest, Say.Text(ApiTexts.NotJson, wrong.Message));
        }
    }

    private static async Task<IResult> Start(
        KickOffBody body, string key, ProgrammeVersions programmes, AccountList accounts, KickOffs kickOffs, PromptTurn turn, CancellationToken cancel)
    {
        var (fields, at) = (body.AsFields(NonceOf(key)), await accounts.At(body.Coordinator, cancel));
        var coordinator = await at.ToAsyncEnumerable().FirstOrDefaultAsync(async (one, token) => await accounts.Find(one.Id, token) is { } account && KickOffForm.MayStart(account, fields), cancel);
        if (coordinator is null)
        {
            return Wrong(KickOffProblems.None.With("coordinator", ApiTexts.NoCoordinator));
        }

        var (problems, cycle) = await KickOffForm.Start(fields, coordinator.Id, await programmes.Now(cancel), kickOffs, turn, cancel);
        return problems.Any ? Wrong(problems)
            : cycle is { } started ? Results.Created($"/cycles/{started}", new { cycle = started.Value })
            : Problem(StatusCodes.Status422UnprocessableEntity, ApiTexts.SentBefore);
    }

    private static string NonceOf(string key) => IdText.Of(SHA256.HashData(Encoding.UTF8.GetBytes("api " + key)).AsSpan(0, 16));

    private static IResult Wrong(KickOffProblems problems) => Results.Problem(
        ApiTexts.Wrong,
        statusCode: StatusCodes.Status422UnprocessableEntity,
        title: ApiTexts.WrongTitle,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["errors"] = problems.All.Select(problem => new { field = problem.Field, detail = problem.Text }),
        });

    private static IResult Problem(int status, string detail) => Results.Problem(detail, statusCode: status);
}
