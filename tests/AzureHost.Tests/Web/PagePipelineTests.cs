using System.Net;
using Cohesion.Workflows.AzureHost.Tests.Storage;
using Cohesion.Workflows.AzureHost.Tests.Walk;
using Cohesion.Workflows.AzureHost.Web;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.AzureHost.Tests.Web;

public sealed class PagePipelineTests(Azurite azurite) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cohesion-").FullName;
    private Installation _installation = null!;

    public async ValueTask InitializeAsync() =>
        _installation = await Installation.Start(new InstallationSettings(await azurite.NewTable(), _folder, new VirtualClock(CedarInletStory.Start)));

    public async ValueTask DisposeAsync()
    {
        await _installation.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Health_is_asked_without_signing_in() =>
        (await (await Serve(HttpMethods.Get, "/health")).ShouldBe(HttpStatusCode.OK)).ShouldBe("ok");

    [Fact]
    public async Task It_is_ready_while_its_records_answer() =>
        (await (await Serve(HttpMethods.Get, "/health/ready")).ShouldBe(HttpStatusCode.OK)).ShouldBe("ready");

    [Fact]
    public async Task A_page_that_is_not_there_is_404_and_nothing_is_left_of_the_triggers_route()
    {
        var served = await Serve(HttpMethods.Get, "/nowhere");
        await served.ShouldBe(HttpStatusCode.NotFound);
        served.Response.HttpContext.Request.RouteValues.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_with_a_page_that_says_what_to_do() =>
        (await (await Serve(HttpMethods.Post, "/sign-in", "address=robin%40division.example")).ShouldBe(HttpStatusCode.BadRequest)).ShouldContain("Please send the form again");

    [Fact]
    public async Task People_are_sent_to_the_public_address_whatever_the_request_says()
    {
        var http = await Serve(HttpMethods.Get, "/");
        http.Response.StatusCode.ShouldBe(StatusCodes.Status302Found);
        http.Response.Headers.Location.ToString().ShouldStartWith(_installation.Address.ToString());
    }

    /// <summary>A request as the trigger hands it over: with its own endpoint and route values, under the worker's own address.</summary>
    private async Task<Served> Serve(string method, string path, string form = "")
    {
        await using var scope = _installation.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.SetEndpoint(new Endpoint(_ => throw new InvalidOperationException("The trigger's endpoint was run."), null, "trigger"));
        http.Request.RouteValues["path"] = path[1..];
        (http.Request.Method, http.Request.Path, http.Request.Scheme, http.Request.Host) = (method, path, "http", new HostString("localhost", 1));
        (http.Request.ContentType, http.Request.Body) = ("application/x-www-form-urlencoded", new MemoryStream(System.Text.Encoding.ASCII.GetBytes(form)));
        http.Response.Body = new MemoryStream();
        await _installation.Services.GetRequiredService<PagePipeline>().Serve(http);
        return new Served(http.Response);
    }

    private sealed record Served(HttpResponse Response)
    {
        public async Task<string> ShouldBe(HttpStatusCode status)
        {
            ((HttpStatusCode)Response.StatusCode).ShouldBe(status);
            Response.Body.Position = 0;
            return await new StreamReader(Response.Body).ReadToEndAsync();
        }
    }
}
