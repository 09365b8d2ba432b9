using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.LocalHost.Stepped;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>A test that has a host of its own, with a coordinator who is set up.</summary>
public abstract class OnAHost : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("cohesion-").FullName;

    protected SteppedHost Host { get; private set; } = null!;

    protected Coordinator Coordinator { get; private set; } = null!;

    protected IRecordStore Records => Host.Services.GetRequiredService<IRecordStore>();

    protected string Data => _data;

    public async ValueTask InitializeAsync()
    {
        Host = await SteppedHost.Start(_data, CedarInletStory.Start);
        Coordinator = new Coordinator(SitDown);
        await Coordinator.SetUp(Host.SetUpPath);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Coordinator.Dispose();
        await Host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A browser for one person.</summary>
    protected virtual Browser SitDown() => new(Host.Address);

    /// <summary>Starts Cedar Inlet, with some fields typed otherwise.</summary>
    protected async Task Start(params (string Field, string[] Values)[] otherwise)
    {
        await Coordinator.Browser.Open("/cycles/new");
        await Coordinator.Start([.. CedarInlet.Form.ExceptBy(otherwise.Select(one => one.Field), one => one.Field), .. otherwise]);
    }

    /// <summary>The coordinator lets somebody in, who signs in.</summary>
    /// <param name="role">"deputy".</param>
    /// <param name="name">Whom.</param>
    /// <param name="scope">Other fields of the form; none for all communities.</param>
    protected async Task<Browser> LetIn(string role, string name, params (string Field, string[] Values)[] scope)
    {
        var address = $"{role}@division.example";
        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Press("Invite", [("name", [name]), ("address", [address]), ("role", [role]), .. scope]);
        var person = (await Host.Services.GetRequiredService<AccountList>().At(address)).Single();
        var browser = await SitDown().Open(Host.Services.GetRequiredService<Links>().ToSignIn(person, Host.Now).AbsolutePath);
        return await browser.Press("Sign in");
    }

    /// <summary>The coordinator stops the community, which ends with the next turn.</summary>
    protected async Task End(string reason = "Nobody has time")
    {
        await Coordinator.Browser.Open($"{Coordinator.Cycle}/adapt?what=end");
        await Coordinator.Browser.Press("Stop the community", ("reason", [reason]));
        await Host.StepTo(Host.Now + NodaTime.Duration.FromMinutes(10));
    }

    /// <summary>The first asks go out.</summary>
    protected Task FirstMorning() => Host.StepTo(CedarInletStory.Start + NodaTime.Duration.FromHours(2));

    /// <summary>Every record of a community, its people and the post, as text.</summary>
    protected async Task<IReadOnlyList<string>> Everything()
    {
        var cycle = Coordinator.Cycle.Split('/')[^1];
        string[] partitions = [$"cycle-{cycle}", "views-home", "coordinators", "mail-viewer", .. Rows.WakePartitions, Rows.PostPartition];
        var all = new List<string>();
        foreach (var partition in partitions)
        {
            all.AddRange(await Records.All(RowRange.Whole(partition)).Select(row => $"{row.Key} {row.ETag} {string.Join(' ', row.Properties)}").ToListAsync());
        }

        return all;
    }
}
