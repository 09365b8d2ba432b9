using System.Security.Cryptography;
using System.Text;
using Cohesion.Workflows.Texts;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Web;

/// <summary>What programs show that may use the API: "Authorization: Bearer KEY".</summary>
/// <param name="Value">The key, or null where this installation has no API.</param>
public sealed record ApiKey(string? Value)
{
    /// <summary>The shortest key that is taken, in characters.</summary>
    public const int ShortestLength = 32;

    private const string Scheme = "Bearer ";

    /// <summary>Lets only those through who show the key. Compared in constant time.</summary>
    public async ValueTask<object?> Guard(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (Value is null)
        {
            return Results.Problem(ApiTexts.NoApi, statusCode: StatusCodes.Status404NotFound);
        }

        var shown = context.HttpContext.Request.Headers.Authorization.ToString();
        return shown.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && IsKey(shown[Scheme.Length..].Trim())
            ? await next(context)
            : Results.Problem(ApiTexts.NoKey, statusCode: StatusCodes.Status401Unauthorized);
    }

    private bool IsKey(string shown) => CryptographicOperations.FixedTimeEquals(Hash(shown), Hash(Value!));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
