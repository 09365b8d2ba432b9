using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Cohesion.Workflows.LocalHost.Stepped;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>A rule of the sender's mailbox says that mail came back.</summary>
public sealed class BounceApiTests : OnAHost
{
    private const string Body = """{ "address": "lead@division.example", "status": "5.1.1", "at": "2027-03-01T17:00:00Z" }""";

    [Fact]
    public async Task The_community_says_whose_mail_came_back_however_often_it_is_sent()
    {
        await Start();
        await FirstMorning();
        (await Send(Body)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Send(Body)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Coordinator.Browser.Open(Coordinator.Cycle)).Text.ShouldContain("The address of Lee Larsen was refused: 5.1.1.");
        await Host.StepTo(Host.Now + Duration.FromDays(1));
        await Coordinator.Browser.Open("/mail");
        Coordinator.Browser.Page.QuerySelectorAll("tbody a").Count(mail => mail.TextContent == "Lee Larsen: please correct the address").ShouldBe(1);
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest, "cannot be read")]
    [InlineData("""{ "address": null }""", HttpStatusCode.BadRequest, "cannot be read")]
    [InlineData("""{ "address": "lead@division.example", "status": "4.4.7", "at": "2027-03-01T17:00:00Z" }""", HttpStatusCode.UnprocessableEntity, "do not send what is only delayed")]
    [InlineData("""{ "address": "lead@division.example" }""", HttpStatusCode.UnprocessableEntity, "Say in “at” when the mail came back")]
    [InlineData("""{ "address": "lead@division.example", "at": "2027-03-02T18:00:00Z" }""", HttpStatusCode.UnprocessableEntity, "not later than now")]
    [InlineData("""{ "address": "nobody@division.example", "at": "2027-03-01T17:00:00Z" }""", HttpStatusCode.NotFound, "No mail went to this address")]
    public async Task What_is_no_mail_that_came_back_is_refused_and_changes_nothing(string body, HttpStatusCode status, string said)
    {
        await Start();
        await FirstMorning();
        var before = await Everything();
        var answer = await Send(body);
        answer.Status.ShouldBe(status);
        answer.Problem!["detail"]!.GetValue<string>().ShouldContain(said);
        (await Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task Without_the_key_nothing_is_read()
    {
        await Start();
        await FirstMorning();
        (await Send(Body, "wrong")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await Coordinator.Browser.Open(Coordinator.Cycle)).Text.ShouldNotContain("was refused");
    }

    private async Task<(HttpStatusCode Status, JsonObject? Problem)> Send(string body, string apiKey = SteppedHost.ApiKey)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Address, "/api/bounces"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        using var answer = await http.SendAsync(request);
        var isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
        return (answer.StatusCode, isProblem ? await answer.Content.ReadFromJsonAsync<JsonObject>() : null);
    }
}
