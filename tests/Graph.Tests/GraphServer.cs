using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Core;
using Cohesion.Workflows.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cohesion.Workflows.Graph.Tests;

/// <summary>What Microsoft Graph was asked: "PATCH /users/…/events/1", with its body.</summary>
public sealed record Asked(string What, JsonNode? Body);

/// <summary>
/// A server on this machine that answers as Microsoft Graph does for the calendar of one mailbox, after its reference
/// (learn.microsoft.com/graph/api/resources/event) and what users report of it. It can do as asked and drop the reply.
/// </summary>
public sealed class GraphServer : IAsyncDisposable
{
    public const string Organizer = "sessions@division.example";

    private readonly List<JsonObject> _events = [];
    private readonly List<Asked> _asked = [];
    private readonly SemaphoreSlim _calls = new(1);
    private WebApplication _app = null!;

    private GraphServer()
    {
    }

    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<JsonObject> Events => _events;

    public IReadOnlyList<Asked> Asked => _asked;

    /// <summary>What it answers to the n-th call instead of doing as asked; null for doing so.</summary>
    public Func<int, IResult?> Refuses { get; set; } = _ => null;

    /// <summary>Whether it does the n-th call and drops the reply.</summary>
    public Func<int, bool> DropsReply { get; set; } = _ => false;

    /// <summary>The token that it takes; another is answered with a challenge (continuous access evaluation).</summary>
    public string Token { get; set; } = "first";

    public static async Task<GraphServer> Start()
    {
        var server = new GraphServer();
        (server._app, var address) = await LocalServer.Start(server.Map);
        server.Address = new Uri(address, "/v1.0");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _calls.Dispose();
    }

    /// <summary>Somebody answers in their calendar.</summary>
    public void Answer(string address, string response, string at)
    {
        var attendee = Attendees(_events[0]).Single(one => one["emailAddress"]!["address"]!.GetValue<string>() == address);
        attendee["status"] = new JsonObject { ["response"] = response, ["time"] = at };
    }

    public void Remove(string id) => _events.RemoveAll(one => one["id"]!.GetValue<string>() == id);

    public static IReadOnlyList<JsonNode> Attendees(JsonObject one) => [.. one["attendees"]!.AsArray().Select(attendee => attendee!)];

    private void Map(WebApplication app)
    {
        app.Use(Serve);
        var mailbox = app.MapGroup($"/v1.0/users/{Organizer}");
        mailbox.MapPost("/events", (Delegate)Create);
        mailbox.MapGet("/events", Find);
        mailbox.MapGet("/events/{id}", (string id) => With(id, one => Results.Json(one)));
        mailbox.MapPatch("/events/{id}", (string id, HttpContext context) => With(id, one => Change(one, BodyOf(context))));
        mailbox.MapPost("/events/{id}/cancel", (string id) => With(id, Cancel));
        mailbox.MapPost("/calendar/getSchedule", (Delegate)Schedule);
        app.MapFallback(() => Error(404, "ErrorInvalidUser"));
    }

    /// <summary>One call after the other.</summary>
    private async Task Serve(HttpContext context, RequestDelegate next)
    {
        await _calls.WaitAsync();
        try
        {
            await ServeAlone(context, next);
        }
        finally
        {
            _calls.Release();
        }
    }

    private async Task ServeAlone(HttpContext context, RequestDelegate next)
    {
        var body = context.Request.ContentLength > 0 ? await JsonNode.ParseAsync(context.Request.Body) : null;
        context.Items["body"] = body;
        _asked.Add(new Asked($"{context.Request.Method} {context.Request.Path}", body?.DeepClone()));
        var number = _asked.Count;
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"e30=\"";
            await Error(401, "InvalidAuthenticationToken").ExecuteAsync(context);
        }
        else if (Refuses(number) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
        }
        else
        {
            await Answer(context, next, DropsReply(number));
        }
    }

    private static async Task Answer(HttpContext context, RequestDelegate next, bool drops)
    {
        if (!drops)
        {
            await next(context);
            return;
        }

        var unread = context.Response.Body;
        context.Response.Body = Stream.Null;
        await next(context);
        context.Response.Body = unread;
        context.Abort();
    }

    public static IResult Error(int status, string code) =>
        Results.Json(new { error = new { code, message = "Somebody with an address, alex@clinic.example." } }, statusCode: status);

    private static JsonObject BodyOf(HttpContext context) => ((JsonNode)context.Items["body"]!).AsObject();

    /// <summary>The same transaction with the same content is the same event; with other content it is refused.</summary>
    private IResult Create(HttpContext context)
    {
        var draft = BodyOf(context);
        var before = _events.Find(one => one["transactionId"]!.GetValue<string>() == draft["transactionId"]!.GetValue<string>());
        if (before is not null)
        {
            return JsonNode.DeepEquals(before["drafted"], draft) ? Results.Json(before, statusCode: 201) : Error(409, "ErrorDuplicateTransactionId");
        }

        var made = draft.DeepClone().AsObject();
        made["drafted"] = draft.DeepClone();
        made["id"] = (_events.Count + 1).ToString(CultureInfo.InvariantCulture);
        made["attendees"] ??= new JsonArray();
        _events.Add(made);
        return Results.Json(made, statusCode: 201);
    }

    private IResult Find(HttpContext context)
    {
        var filter = context.Request.Query["$filter"].ToString();
        var found = _events.Where(one => filter.Contains($"'{one["singleValueExtendedProperties"]![0]!["value"]}'", StringComparison.Ordinal));
        return Results.Json(new { value = found.Select(one => new { id = one["id"]!.GetValue<string>() }) });
    }

    private static IResult Change(JsonObject one, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            one[name] = value?.DeepClone();
        }

        return Results.Json(one);
    }

    private IResult Cancel(JsonObject one)
    {
        _events.Remove(one);
        return Results.StatusCode(202);
    }

    private IResult With(string id, Func<JsonObject, IResult> answer) =>
        _events.Find(one => one["id"]!.GetValue<string>() == id) is { } found ? answer(found) : Error(404, "ErrorItemNotFound");

    private static IResult Schedule(HttpContext context) => Results.Json(new
    {
        value = BodyOf(context)["Schedules"]!.AsArray().Select(asked => asked!.GetValue<string>()).Select(asked => asked.EndsWith("@division.example", StringComparison.Ordinal)
            ? (object)new
            {
                scheduleId = asked,
                scheduleItems = new[]
                {
                    Item("busy", "2027-05-18T17:30:00.0000000", "2027-05-18T18:30:00.0000000"),
                    Item("free", "2027-05-19T17:30:00.0000000", "2027-05-19T18:30:00.0000000"),
                },
            }
            : new { scheduleId = asked, error = new { message = "Unable to resolve", responseCode = "ErrorMailRecipientNotFound" } }),
    });

    private static object Item(string status, string from, string to) =>
        new { status, start = new { dateTime = from, timeZone = "UTC" }, end = new { dateTime = to, timeZone = "UTC" } };
}

/// <summary>Gives out tokens, a new one where the last was challenged.</summary>
internal sealed class Tokens(params string[] tokens) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var token = tokens[Math.Min(requestContext.Claims is null ? 0 : 1, tokens.Length - 1)];
        return new AccessToken(token, DateTimeOffset.MaxValue);
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
