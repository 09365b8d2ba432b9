using System.Text.Json;
using System.Text.RegularExpressions;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Coordinators;

/// <summary>What a program sends where mail came back to the sender's mailbox.</summary>
/// <param name="Address">To which it did not get.</param>
public sealed record BounceBody(string Address)
{
    /// <summary>Why (RFC 3463): "5.1.1"; null where the mailbox does not say.</summary>
    public string? Status { get; init; }

    /// <summary>
    /// When it came back. A report that is sent again says the same: so it is known again, and is nothing about mail that went out since.
    /// </summary>
    public Instant? At { get; init; }
}

/// <summary>The API by which a rule of the sender's mailbox says that mail came back, as a coordinator does on a person's page.</summary>
public static partial class BounceApi
{
    public const string Path = "/api/bounces";

    public static async Task<IResult> Post(HttpRequest request, Refusals refusals, IBell bell, IClock clock, CancellationToken cancel)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<BounceBody>(request.Body, Json.Options, cancel);
            return await CameBack(body ?? throw new JsonException("Null."), refusals, bell, clock.GetCurrentInstant(), cancel);
        }
        catch (JsonException wrong)
        {
            return Problem(StatusCodes.Status400BadRequest, Say.Text(ApiTexts.NoBounce, wrong.Message));
        }
    }

    private static async Task<IResult> CameBack(BounceBody body, Refusals refusals, IBell bell, Instant now, CancellationToken cancel)
    {
        if (body.Status is { } status && !Permanent().IsMatch(status))
        {
            return Problem(StatusCodes.Status422UnprocessableEntity, Say.Text(ApiTexts.NotForGood, status));
        }

        if (body.At is not { } at || at > now + Refusals.ClocksDiffer)
        {
            return Problem(StatusCodes.Status422UnprocessableEntity, ApiTexts.NoTime);
        }

        if (!await refusals.CameBack(body.Address.Trim(), new Bounce(body.Status ?? "", Instant.Min(at, now)), cancel))
        {
            return Problem(StatusCodes.Status404NotFound, ApiTexts.NoMailWentThere);
        }

        await bell.HastenPost(cancel);
        return Results.NoContent();
    }

    private static IResult Problem(int status, string detail) => Results.Problem(detail, statusCode: status);

    /// <summary>RFC 3463, 2: a status of what will never be; mail that is only late may arrive yet.</summary>
    [GeneratedRegex(@"^5\.\d{1,3}\.\d{1,3}$")]
    private static partial Regex Permanent();
}
