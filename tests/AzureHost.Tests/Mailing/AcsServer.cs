using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cohesion.Workflows.AzureHost.Tests.Mailing;

/// <summary>
/// A server on this machine that answers as Azure Communication Services does for e-mail (learn.microsoft.com/rest/api/communication/email).
/// It can take a mail and drop its reply.
/// </summary>
internal sealed class AcsServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<string, JsonNode> _operations = new(StringComparer.Ordinal);

    private AcsServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = new("none:/none");

    /// <summary>The mails it took, by their operations.</summary>
    public IReadOnlyDictionary<string, JsonNode> Operations => _operations;

    public int Sends { get; private set; }

    /// <summary>What it answers to a send instead of taking it.</summary>
    public Func<IResult?> Refuses { get; set; } = () => null;

    public bool DropsReplies { get; set; }

    /// <summary>What it says of an operation: "Running", "Succeeded", "Failed".</summary>
    public string Status { get; set; } = "Succeeded";

    public static async Task<AcsServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new AcsServer(app);
        app.MapPost("/emails:send", (Delegate)server.Send);
        app.MapGet("/emails/operations/{id}", server.Ask);
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
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
        !_operations.ContainsKey(id) ? Error(404, "NotFound")
        : Status == "Failed" ? Results.Json(new { id, status = Status, error = new { code = "EmailDroppedAllRecipientsSuppressed", message = "ada@clinic.example" } })
        : Results.Json(new { id, status = Status });
}
