using System.Text;
using Cohesion.Workflows.LocalHost.Mailing;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.LocalHost.Stepped;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Mailing;

/// <summary>The whole product, its mail going elsewhere than to the viewer.</summary>
public sealed class MailOnAHostTests : IDisposable
{
    private const string From = "Cedar Inlet Division <sessions@division.example>";

    private readonly string _data = Directory.CreateTempSubdirectory("cohesion-").FullName;
    private readonly SteppedClock _clock = new(CedarInletStory.Start);

    [Fact]
    public async Task Mails_go_to_the_server_and_their_links_to_the_public_address()
    {
        await using var server = new FakeSmtpServer();
        await FirstMorning(new MailSettings(Smtp: $"127.0.0.1:{server.Port}", From: From));

        server.Mails.Count.ShouldBe(4);
        server.Mails.Select(mail => ReadMail.Of(mail)["Message-ID"]).ShouldBeUnique();
        server.Mails.Select(mail => ReadMail.Of(mail).Parts[0].Text).ShouldAllBe(text => text.Contains("https://sessions.division.example/case-study/"));
    }

    [Fact]
    public async Task A_server_that_is_full_gets_each_mail_once_it_has_room()
    {
        await using var server = new FakeSmtpServer { Says = command => command == "." ? "452 4.3.1 Out of space" : null };
        await FirstMorning(new MailSettings(Smtp: $"127.0.0.1:{server.Port}", From: From), async walk =>
        {
            server.Mails.ShouldBeEmpty();
            server.Says = _ => null;
            _clock.Now += Duration.FromMinutes(2);
            await walk.RunUntilQuiet();
        });

        server.Mails.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Mails_become_files()
    {
        var folder = Path.Combine(_data, "eml");
        await FirstMorning(new MailSettings(From: From, Eml: folder));

        var files = Directory.GetFiles(folder).Select(file => ReadMail.Of(File.ReadAllText(file, Encoding.Latin1))).ToList();
        files.Select(mail => mail["To"]).ShouldContain("\"Lee Larsen\" <lead@division.example>");
        files.Count.ShouldBe(4);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    /// <summary>Cedar Inlet starts, and at nine the first asks go out. Its coordinator's pages lead to no viewer.</summary>
    private async Task FirstMorning(MailSettings mail, Func<Walk, Task>? then = null)
    {
        var settings = new LocalSettings(_data, "http://127.0.0.1:0") { Mail = mail, PublicUrl = "https://sessions.division.example" };
        settings.Check();
        await using var folder = DataFolder.Open(_data);
        await using var app = LocalApp.Build(settings, folder, _clock, walks: false);
        await app.StartAsync();
        await StartCedarInlet(app);
        _clock.Now += Duration.FromHours(1);
        var walk = app.Services.GetRequiredService<Walk>();
        await walk.RunUntilQuiet();
        await (then?.Invoke(walk) ?? Task.CompletedTask);
    }

    private async Task StartCedarInlet(WebApplication app)
    {
        using var coordinator = new Coordinator(new Uri(app.Urls.Single()));
        await coordinator.SetUp(app.Services.GetRequiredService<Web.Links>().ToSetUp(_clock.Now).AbsolutePath);
        await coordinator.Browser.Open("/cycles/new");
        coordinator.Browser.Page.QuerySelector("a[href='/mail']").ShouldBeNull();
        await coordinator.Start(CedarInlet.Form);
    }
}
