using System.Net;
using System.Net.Sockets;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Graph;
using Cohesion.Workflows.Keeping;
using Cohesion.Workflows.Keys;
using Cohesion.Workflows.LocalHost.Mailing;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Connections;
using NodaTime;

namespace Cohesion.Workflows.LocalHost;

/// <summary>The product in one process on one machine.</summary>
internal static class LocalApp
{
    private const int SecretBytes = 32;

    /// <summary>Serves until it is stopped.</summary>
    public static Task<int> Run(LocalSettings settings, IClock clock, CancellationToken cancel) => Explained(settings.Urls, async () =>
    {
        settings.Check();
        CheckPorts(settings.Urls);
        await using var folder = DataFolder.Open(settings.Data);
        await using var app = Build(settings, folder, clock, walks: true);
        await app.StartAsync(cancel);
        await Welcome(app, folder, settings.Mail);
        await app.WaitForShutdownAsync(cancel);
    });

    /// <summary>Before anything is written: a start that fails at the port leaves no folder behind.</summary>
    /// <exception cref="SocketException">Something else listens there, or this program may not.</exception>
    public static void CheckPorts(string urls)
    {
        foreach (var url in urls.Split(';').Select(url => new Uri(url)))
        {
            var address = IPAddress.TryParse(url.DnsSafeHost, out var ip) ? ip : url.IsLoopback ? IPAddress.Loopback : IPAddress.Any;
            using var port = new TcpListener(address, url.Port);
            port.Start();
        }
    }

    /// <summary>What a person can mend ends a program with one sentence and exit code 1.</summary>
    public static async Task<int> Explained(string urls, Func<Task> run)
    {
        try
        {
            Machine.Prepare();
            await run();
            return 0;
        }
        catch (Exception wrong) when (wrong is DataFolderException or ProgrammeException or MachineException or LocalSettingsException or RecordLinesException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
        }
        catch (Exception taken) when (taken is IOException { InnerException: AddressInUseException } or SocketException)
        {
            await Console.Error.WriteLineAsync($"Cannot listen on {urls}: {taken.Message.TrimEnd('.')}. Stop what listens there, or choose another address with --urls.");
        }

        return 1;
    }

    /// <param name="settings">Where to listen.</param>
    /// <param name="folder">What it stands on.</param>
    /// <param name="clock">Its time.</param>
    /// <param name="walks">Whether turns are taken by themselves; a test and the demo take them step by step.</param>
    /// <param name="replace">Puts other services in place of some.</param>
    public static WebApplication Build(
        LocalSettings settings, DataFolder folder, IClock clock, bool walks, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Host.UseDefaultServiceProvider(options => options.ValidateScopes = true);
        builder.Logging.SetMinimumLevel(settings.LogLevel);
        // It logs paths at lower levels, and in a path stands a person's link.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // What keeps the host from starting is said in one sentence by Run.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.AddWorkflows().AddInstallation(folder.KeyFile("secret", SecretBytes), settings.LinkUrl, settings.ApiKey);
        AddPorts(builder.Services, folder, clock);
        AddMail(builder.Services, settings.Mail);
        builder.Services.AddTelemetry();
        if (settings.GraphOrganizer is { } organizer)
        {
            builder.Services.AddGraphCalendar(new GraphSettings(organizer));
        }

        if (walks)
        {
            builder.Services.AddHostedService(provider => provider.GetRequiredService<Walk>());
        }

        replace?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseWorkflows();
        return app;
    }

    private static void AddPorts(IServiceCollection services, DataFolder folder, IClock clock)
    {
        services.AddSingleton<IRecordStore>(folder.OpenRecords());
        services.AddSingleton<IRoundKeys>(new FileRoundKeys(Path.Combine(folder.Path, "keys", "rounds")));
        services.AddSingleton(clock);
        services.AddSingleton<Walk>().AddSingleton<IBell>(provider => provider.GetRequiredService<Walk>());
    }

    private static void AddMail(IServiceCollection services, MailSettings mail)
    {
        services.AddSingleton(mail.Quota);
        if (mail.Server is { } server)
        {
            services.AddSingleton<IMailSender>(provider => new SmtpSender(server, mail.Sender, provider.GetRequiredService<ILogger<SmtpSender>>()));
        }
        else if (mail.Eml is { } folder)
        {
            services.AddSingleton<IMailSender>(new EmlFolder(folder, mail.Sender));
        }
        else
        {
            services.AddMailViewer(Console.Out);
        }
    }

    /// <summary>Says where to go. The viewer's mail can only be read signed in, so the way in stands here.</summary>
    private static async Task Welcome(WebApplication app, DataFolder folder, MailSettings mail)
    {
        if (mail.Warning is { } warning)
        {
            await Console.Error.WriteLineAsync(warning);
        }

        await Console.Out.WriteLineAsync($"Cohesion Workflows serves {string.Join(", ", app.Urls)} from {folder.Path}.");
        await Console.Out.WriteLineAsync(await app.Services.GetRequiredService<WayIn>().Say());
        await Console.Out.WriteLineAsync("Ctrl-C stops it.");
    }
}
