using System.Diagnostics;
using System.Text;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Builder;
using NodaTime;
using Spectre.Console;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>The demo as a program: in the terminal, and its pages in the browser.</summary>
internal static class DemoApp
{
    private const string WayIn = "/demo";

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(50);

    /// <summary>So a morning of many mails slows the clock down, and does not make it jump.</summary>
    private static readonly TimeSpan LongestFrame = TimeSpan.FromMilliseconds(100);

    public static Task<int> Run(DemoSettings settings, CancellationToken cancel) => LocalApp.Explained(settings.Urls, async () =>
    {
        settings.Check();
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (!settings.IsFast)
        {
            LocalApp.CheckPorts(settings.Urls);
        }

        var data = settings.Data ?? Directory.CreateTempSubdirectory("cohesion-demo-").FullName;
        try
        {
            await Open(settings, data, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Out.WriteLineAsync(settings.Data is null ? "Stopped." : $"Stopped. Started again with --data {settings.Data} it goes on.");
        }
        finally
        {
            if (settings.Data is null)
            {
                Directory.Delete(data, recursive: true);
            }
        }
    });

    private static async Task Open(DemoSettings settings, string data, CancellationToken cancel)
    {
        await using var run = await DemoRun.Open(settings, data);
        await (settings.IsFast ? Hurry(run, cancel) : Show(run, settings, cancel));
        await Console.Out.WriteAsync(await new DemoSummary(run).Write(settings.Seed));
        if (!settings.IsFast && !Console.IsOutputRedirected)
        {
            await Console.Out.WriteLineAsync($"Its pages stay at {Address(run)} until Ctrl-C.");
            await run.App.WaitForShutdownAsync(cancel);
        }
    }

    /// <summary>On a terminal, one line says how far it is.</summary>
    private static Task Hurry(DemoRun run, CancellationToken cancel) => Console.IsOutputRedirected
        ? run.RunToTheEnd(cancel)
        : AnsiConsole.Status().StartAsync("Walking the communities", context =>
        {
            run.Came = mail => context.Status = Markup.Escape(MailStream.LineOf(mail));
            return run.RunToTheEnd(cancel);
        });

    /// <summary>On a terminal a picture, else a line for each mail.</summary>
    private static async Task Show(DemoRun run, DemoSettings settings, CancellationToken cancel)
    {
        await Serve(run, cancel);
        if (Console.IsOutputRedirected)
        {
            await Console.Out.WriteLineAsync($"See every page as its coordinator: {Address(run)}");
            run.Came = mail => Console.Out.WriteLine(MailStream.LineOf(mail));
            await Play(run, settings.Speed, cancel);
            return;
        }

        await new DemoScreen(run, Address(run), settings.Speed).Show(() => Play(run, settings.Speed, cancel));
    }

    /// <summary>One short address leads in, and who signs out is led in again: everybody in the demo is invented.</summary>
    private static async Task Serve(DemoRun run, CancellationToken cancel)
    {
        var coordinator = (await run.Get<AccountList>().At(run.World.Coordinator.Address, cancel)).Single();
        var signIn = run.Get<Links>().ToSignIn(coordinator, DemoWorld.Start + Duration.FromDays(1000)).PathAndQuery;
        run.App.Use((http, next) =>
        {
            if (http.Request.Path != WayIn && http.Request.Path != "/sign-in")
            {
                return next(http);
            }

            http.Response.Redirect(signIn);
            return Task.CompletedTask;
        });
        await run.App.StartAsync(cancel);
    }

    /// <summary>Lets time pass as fast as is asked for, or slower where there is much to do.</summary>
    private static async Task Play(DemoRun run, double speed, CancellationToken cancel)
    {
        for (var since = Stopwatch.GetTimestamp(); await run.NextDue(cancel) is not null;)
        {
            await Task.Delay(Frame, cancel);
            var passed = Stopwatch.GetElapsedTime(since);
            since = Stopwatch.GetTimestamp();
            var target = run.Now + Duration.FromDays(speed * Math.Min(passed.TotalSeconds, LongestFrame.TotalSeconds));
            while (await run.Step(target, cancel))
            {
            }

            run.MoveTo(target);
        }
    }

    private static string Address(DemoRun run) => run.App.Urls.First() + WayIn;
}
