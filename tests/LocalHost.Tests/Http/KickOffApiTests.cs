using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.LocalHost.Stepped;
using Cohesion.Workflows.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>A program starts a community, as the form does.</summary>
public sealed class KickOffApiTests : OnAHost
{
    private const string Body = """
        {
          "programme": "adult-mental-health", "community": "Cedar Inlet", "zone": "America/Vancouver", "phone": "250 555 0100",
          "coordinator": "robin@division.example",
          "divisionLead": { "name": "Lee Larsen", "address": "lead@division.example" },
          "coachPhone": "250 555 0199",
          "coach": { "name": "Kim Coach", "address": "kim@psp.example" },
          "facilitators": [ { "name": "Ada Wong", "address": "ada@clinic.example" }, { "name": "Bo Li", "address": "bo@clinic.example" } ],
          "participants": [ { "name": "Eve Stone", "address": "office@clinic.example" }, { "name": "Flo Mercier", "address": "office@clinic.example" } ],
          "blackouts": [ { "from": "2027-05-17", "to": "2027-05-21" } ],
          "sharedAddresses": [ "Office@clinic.example" ],
          "authorityStated": true
        }
        """;

    [Fact]
    public async Task It_starts_once_however_often_it_is_sent()
    {
        using var first = await Send(Body);
        using var again = await Send(Body);
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        var started = (await first.Content.ReadFromJsonAsync<JsonObject>())!["cycle"]!.GetValue<string>();
        var cycle = (await Host.Services.GetRequiredService<CycleRecords>().Read(CycleId.From(started)))!.Snapshot;
        cycle.Members(Role.Participant).Count.ShouldBe(2);
        cycle.KickOff.CoachPhone.ShouldBe("250 555 0199");
        cycle.KickOff.Blackouts.ShouldHaveSingleItem().To.Day.ShouldBe(21);
        await FirstMorning();
        await Coordinator.Browser.Open("/cycles");
        Coordinator.Browser.Page.QuerySelectorAll("a[href^='/cycles/']").Count(link => link.TextContent == "Cedar Inlet").ShouldBe(1);
    }

    [Fact]
    public async Task A_start_shows_at_once_as_from_the_form()
    {
        using var answer = await Send(Body);
        (await Coordinator.Browser.Open("/cycles")).Text.ShouldContain("Cedar Inlet");
        (await Coordinator.Browser.Open(answer.Headers.Location!.OriginalString)).Text.ShouldContain("Case-study selection open");
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_refused()
    {
        using var first = await Send(Body);
        using var other = await Send(Body.Replace("250 555 0100", "250 555 0199", StringComparison.Ordinal));
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Detail(other)).ShouldContain("This key was sent before with other content.");
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_by_field_and_nothing_starts()
    {
        using var answer = await Send(Body.Replace("ada@clinic.example", "ada", StringComparison.Ordinal).Replace("\"sharedAddresses\": [ \"Office@clinic.example\" ],", "", StringComparison.Ordinal));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var errors = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["errors"]!.AsArray();
        errors.Select(error => error!["field"]!.GetValue<string>()).ShouldBe(["shared", "facilitators"]);
        errors[1]!["detail"]!.GetValue<string>().ShouldContain("Line 1:");
        (await Coordinator.Browser.Open("/")).Text.ShouldContain("No community has been started yet.");
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("[]", "cannot be read")]
    [InlineData("""{ "programme": null }""", "cannot be read")]
    [InlineData("""{ "programme": "p", "community": "c", "zone": "z", "phone": "p", "coordinator": "c", "divisionLead": { "name": "n", "address": "a" }, "coach": { "name": "n", "address": "a" }, "facilitators": [ null ], "authorityStated": true }""", "cannot be read")]
    [InlineData("""{ "programme": "x", "programme": "y" }""", "cannot be read")]
    public async Task What_is_no_community_is_refused(string body, string said)
    {
        using var answer = await Send(body);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Detail(answer)).ShouldContain(said);
    }

    [Fact]
    public async Task Without_the_key_or_an_idempotency_key_nothing_is_read()
    {
        using var stranger = await Send(Body, apiKey: "wrong");
        stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var careless = await Send(Body, idempotencyKey: null);
        careless.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Coordinator.Browser.Open("/")).Text.ShouldContain("No community has been started yet.");
    }

    private async Task<HttpResponseMessage> Send(string body, string apiKey = SteppedHost.ApiKey, string? idempotencyKey = "cedar-inlet-2027")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Address, "/api/cycles")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await http.SendAsync(request);
    }

    private static async Task<string> Detail(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonObject>())!["detail"]!.GetValue<string>();
}
