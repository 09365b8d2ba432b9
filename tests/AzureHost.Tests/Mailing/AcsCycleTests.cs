using Azure;
using Azure.Communication.Email;
using Cohesion.Workflows.AzureHost.Mailing;
using Cohesion.Workflows.AzureHost.Tests.Storage;
using Cohesion.Workflows.AzureHost.Tests.Walk;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows.AzureHost.Tests.Mailing;

/// <summary>The same community with a server in Communication Services' place on a socket.</summary>
public sealed class AcsCycleTests(Azurite azurite) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cohesion-").FullName;
    private AcsServer _server = null!;
    private int _refused;
    private InstallationSettings _settings = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await AcsServer.Start();
        var client = new EmailClient(_server.Address, new AzureKeyCredential("a2V5"), AcsMail.Options());
        _settings = new InstallationSettings(await azurite.NewTable(), _folder, new VirtualClock(CedarInletStory.Start))
        {
            Add = services => services
                .AddSingleton(provider => new AcsMailSender(client, "sessions@division.example", provider.GetRequiredService<ILogger<AcsMailSender>>()))
                .AddSingleton<IMailSender>(provider => new Mailboxes(provider.GetRequiredService<AcsMailSender>(), provider.GetRequiredService<MailViewer>(), _server))
                .AddSingleton<IDeliveryStatus>(provider => provider.GetRequiredService<AcsMailSender>()),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_community_goes_the_same_way_and_every_mail_is_one_operation_that_is_followed_up()
    {
        await using var installation = await Installation.Start(_settings);
        var story = await Play(installation, installation);
        (await new CycleReport(installation.Services).Of(story.Cycle)).ShouldBe(File.ReadAllText(Approved.FileOf("whole-cycle")));
        Asked("send").ShouldBe(_server.Operations.Keys, ignoreOrder: true);
        Asked("ask").Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThan(_server.Operations.Count * 9 / 10);
        _server.Operations.Values.Count(mail => mail["attachments"] is not null).ShouldBeGreaterThan(5);
        Canaries.AreNowhereIn(installation.Logs.Lines);
    }

    [Fact]
    public async Task A_service_that_drops_replies_or_says_wait_or_fails_sends_every_mail_once()
    {
        var luck = new Habits(1);
        var (refusals, drops) = (0, 0);
        _server.DropsReply = send => luck.Does(0.2, "drops", $"{send}") && ++drops > 0;
        _server.Refuses = () => luck.Does(0.2, "refuses", $"{++refusals}") ? Refusal(luck.Pick(3, "how", $"{refusals}")) : null;
        await using var installation = await Installation.Start(_settings);
        var story = await Play(installation, new Unhurried(installation, _settings.Clock));
        var report = await new CycleReport(installation.Services).Of(story.Cycle);
        CycleReport.Mails(report).ShouldBe(CycleReport.Mails(File.ReadAllText(Approved.FileOf("whole-cycle"))), ignoreOrder: true);

        // What it dropped the reply of was asked for, and not sent again.
        var sends = Asked("send").CountBy(id => id).ToDictionary(StringComparer.Ordinal);
        (sends.Values.Sum() - _server.Operations.Count).ShouldBe(_refused);
        drops.ShouldBeGreaterThan(5);
        _refused.ShouldBeGreaterThan(5);
        Canaries.AreNowhereIn(installation.Logs.Lines);
    }

    private IResult Refusal(int how)
    {
        _refused++;
        return how switch
        {
            0 => new Waits(),
            1 => AcsServer.Error(StatusCodes.Status500InternalServerError, "InternalServerError"),
            _ => AcsServer.Error(StatusCodes.Status401Unauthorized, "Denied"),
        };
    }

    private IEnumerable<string> Asked(string what) =>
        _server.Requests.Where(request => request.StartsWith(what, StringComparison.Ordinal)).Select(request => request[(what.Length + 1)..]);

    private static async Task<CedarInletStory> Play(Installation installation, IStoryHost host)
    {
        using var coordinator = new Coordinator(installation.Address);
        await host.Act(() => coordinator.SetUp(installation.SetUpPath));
        var story = new CedarInletStory(coordinator, host);
        await story.Play();
        return story;
    }

    /// <summary>What the service took is read in the viewer.</summary>
    private sealed class Mailboxes(AcsMailSender sender, MailViewer viewer, AcsServer server) : IMailSender
    {
        public async Task<MailAnswer> Send(Guid operationId, Mail mail, CancellationToken cancel = default)
        {
            try
            {
                return await sender.Send(operationId, mail, cancel);
            }
            finally
            {
                if (server.Operations.ContainsKey(operationId.ToString("D")))
                {
                    await viewer.Send(operationId, mail, cancel);
                }
            }
        }

        public Task<MailAnswer> Ask(Guid operationId, CancellationToken cancel = default) => sender.Ask(operationId, cancel);
    }

    /// <summary>People look for their mail a little later.</summary>
    private sealed class Unhurried(Installation installation, VirtualClock clock) : IStoryHost
    {
        private static readonly Duration Wait = Duration.FromMinutes(30);

        public async Task StepTo(Instant instant)
        {
            await installation.StepTo(Instant.Max(instant, clock.Now));
            var last = clock.Now + Wait;
            while (await installation.Services.GetRequiredService<PostOffice>().NextDue() is { } next && next <= last)
            {
                await installation.StepTo(Instant.Max(next, clock.Now));
            }
        }

        public Task Act(Func<Task> act) => installation.Act(act);
    }

    private sealed class Waits : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = "60";
            return AcsServer.Error(StatusCodes.Status429TooManyRequests, "TooManyRequests").ExecuteAsync(httpContext);
        }
    }
}
