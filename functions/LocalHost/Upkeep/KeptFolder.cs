using System.CommandLine;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Upkeep;

/// <summary>A data folder that a command works on while the program does not run on it.</summary>
internal static class KeptFolder
{
    /// <summary>Nothing listens there.</summary>
    private const string Urls = "http://127.0.0.1:0";

    public static Option<string> Option() => new("--data") { Description = "The folder that holds everything.", DefaultValueFactory = _ => "./data" };

    /// <summary>Works with the product's services over the folder; what cannot be used is said in one sentence, with exit code 1.</summary>
    public static async Task<int> Use(string data, Func<IServiceProvider, IReadOnlyCollection<string>, Task<int>> work, CancellationToken cancel)
    {
        var code = 0;
        var explained = await Explained(async () =>
        {
            if (!File.Exists(Path.Combine(data, DataFolder.RecordsFile)))
            {
                throw new DataFolderException($"The folder '{data}' holds no records. Give --data and the folder that the program was started with.");
            }

            await using var folder = DataFolder.Open(data);
            await using var app = LocalApp.Build(new LocalSettings(data, Urls), folder, SystemClock.Instance, walks: false);
            var store = (SqliteRecordStore)app.Services.GetRequiredService<IRecordStore>();
            code = await work(app.Services, await store.Partitions(cancel));
        });
        return explained == 0 ? code : explained;
    }

    /// <summary>What a person can mend ends a command with one sentence and exit code 1.</summary>
    public static Task<int> Explained(Func<Task> work) => LocalApp.Explained(Urls, work);
}
