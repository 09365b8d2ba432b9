using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<string, JsonNode> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = [];
    private WebApplication _app = null!;

    private AcsServer()
    {
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>The mails it took, by their operations.</summary>
    public IReadOnlyDictionary<string, JsonNode> Operations => _operations;

    /// <summary>What it was asked to do, each "send" or "ask" with the operation.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public int Sends { get; private set; }

    /// <summary>What it answers to a send instead of taking it.</summary>
    public Func<IResult?> Refuses { get; set; } = () => null;

    /// <summary>What it answers instead of telling of an operation.</summary>
    public Func<IResult?> RefusesToTell { get; set; } = () => null;

    /// <summary>Whether it takes the mail of the n-th send and drops its reply.</summary>
    public Func<int, bool> DropsReply { get; set; } = _ => false;

    /// <summary>What it says of an operation: "Running", "Succeeded", "Failed".</summary>
    public string Status { get; set; } = "Succeeded";

    /// <summary>What it says of one that failed; null for nothing.</summary>
    public string? Failure { get; set; }

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
        var id = http.Request.Headers["Operation-Id"].ToString();
        _requests.Enqueue($"send {id}");
        if (Refuses() is { } refusal)
        {
            return refusal;
        }

        _operations[id] = (await JsonNode.ParseAsync(http.Request.Body))!;
        if (DropsReply(Sends))
        {
            http.Abort();
        }

        http.Response.Headers["Operation-Location"] = $"{Address}emails/operations/{id}{http.Request.QueryString}";
        http.Response.Headers.RetryAfter = "30";
        return Results.Json(new { id, status = "Running", error = (object?)null }, statusCode: StatusCodes.Status202Accepted);
    }

    private IResult Ask(string id)
    {
        _requests.Enqueue($"ask {id}");
        return RefusesToTell() is { } refusal ? refusal
            : !_operations.ContainsKey(id) ? Error(404, "NotFound")
            : Results.Json(new { id, status = Status, error = Failure is null ? null : new { code = Failure, message = "About ada@clinic.example." } });
    }
}
