using System.Text.Json.Nodes;
using Cohesion.Workflows.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.AzureHost.Tests.Mailing;

/// <summary>
/// A server on this machine that answers as Azure Communication Services does for e-mail (learn.microsoft.com/rest/api/communication/email).
/// It can take a mail and drop its reply.
/// </summary>
internal sealed class AcsServer : IAsyncDisposable
{
    private readonly Dictionary<string, JsonNode> _operations = new(StringComparer.Ordinal);
    private WebApplication _app = null!;

    private AcsServer()
    {
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>The mails it took, by their operations.</summary>
    public IReadOnlyDictionary<string, JsonNode> Operations => _operations;

    public int Sends { get; private set; }

    /// <summary>What it answers to a send instead of taking it.</summary>
    public Func<IResult?> Refuses { get; set; } = () => null;

    /// <summary>What it answers instead of telling of an operation.</summary>
    public Func<IResult?> RefusesToTell { get; set; } = () => null;

    public bool DropsReplies { get; set; }

    /// <summary>What it says of an operation: "Running", "Succeeded", "Failed".</summary>
    public string Status { get; set; } = "Succeeded";

    public static async Task<AcsServer> Start()
    {
        var server = new AcsServer();
        (server._app, server.Address) = await LocalServer.Start(app =>
        {
            app.MapPost("/emails:send", (Delegate)server.Send);
            app.MapGet("/emails/operations/{id}", server.Ask);
        });
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public static IResult Error(int status, string code) =>
        Results.Json(new { error = new { code, message = "About ada@clinic.example." } }, statusCode: status);

    private async Task<IResult> Send(HttpContext http)
    {
        Sends++;
        if (Refuses() is { } refusal)
        {
            return refusal;
        }

        var id = http.Request.Headers["Operation-Id"].ToString();
        _operations[id] = (await JsonNode.ParseAsync(http.Request.Body))!;
        if (DropsReplies)
        {
            http.Abort();
        }

        return Results.Json(new { id, status = "Running" }, statusCode: 202);
    }

    private IResult Ask(string id) =>
        RefusesToTell() is { } refusal ? refusal
        : !_operations.ContainsKey(id) ? Error(404, "NotFound")
        : Status == "Failed" ? Results.Json(new { id, status = Status, error = new { code = "EmailDroppedAllRecipientsSuppressed", message = "ada@clinic.example" } })
        : Results.Json(new { id, status = Status });
}
