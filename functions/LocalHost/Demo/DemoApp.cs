using NodaTime;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>The demo as a program: in the terminal, and its pages in the browser.</summary>
internal static class DemoApp
{
    public static Task<int> Run(DemoSettings settings, CancellationToken cancel) => LocalApp.Explained(settings.Urls, async () =>
    {
        settings.Check();
        if (settings.Data is not null)
        {
            await Walk(settings, settings.Data, cancel);
            return;
        }

        var temporary = Directory.CreateTempSubdirectory("cohesion-demo-").FullName;
        try
        {
            await Walk(settings, temporary, cancel);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    });

    private static async Task Walk(DemoSettings settings, string data, CancellationToken cancel)
    {
        await using var run = await DemoRun.Open(settings, data);
        await run.RunToTheEnd(cancel);
        await Console.Out.WriteAsync(await new DemoSummary(run).Write(settings.Seed));
    }
}
