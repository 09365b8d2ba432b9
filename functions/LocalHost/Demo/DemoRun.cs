using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>
/// A demo on a data folder. Its time goes from one instant at which something is due to the next, however fast that is shown, so
/// that the same seed comes to the same end; stopped anywhere and opened again, it goes on.
/// </summary>
internal sealed class DemoRun : IAsyncDisposable
{
    /// <summary>By then every community has ended, or waits for somebody who will not act.</summary>
    private static readonly Duration Longest = Duration.FromDays(500);

    private readonly DemoSettings _settings;
    private readonly DataFolder _folder;
    private readonly DemoClock _clock;
    private readonly Counters _counters;
    private readonly Townspeople _people;
    private readonly DemoPost _post;
    private readonly DemoRecord _record;

    private DemoRun(DemoSettings settings, DataFolder folder, WebApplication app, DemoClock clock, DemoWorld world)
    {
        (_settings, _folder, App, _clock, World) = (settings, folder, app, clock, world);
        _record = new DemoRecord(Get<IRecordStore>());
        _post = (DemoPost)Get<IMailSender>();
        _counters = Counters.Of(app.Services, world, Refused);
        _people = new Townspeople(world, CoordinatorsDesk.ProgrammeOf(Get<ProgrammeFiles>()).Policy, Get<SignedLinks>());
    }

    public WebApplication App { get; }

    public DemoWorld World { get; }

    /// <summary>What pages refused, since the demo was opened.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Is told each mail that came.</summary>
    public Action<ViewedMail>? Came { get; set; }

    /// <summary>How many mails have gone out.</summary>
    public int Mails { get; private set; }

    public Instant Now => _clock.GetCurrentInstant();

    /// <summary>Opens a folder's demo where it was stopped, or a new one.</summary>
    /// <exception cref="DataFolderException">The folder cannot be used, or holds something else.</exception>
    public static async Task<DemoRun> Open(DemoSettings settings, string data)
    {
        var (world, clock, folder) = (new DemoWorld(settings.Seed, settings.Communities), new DemoClock(DemoWorld.Start), DataFolder.Open(data));
        try
        {
            var app = LocalApp.Build(new LocalSettings(data, settings.Urls), folder, clock, walks: false, services =>
                services.AddSingleton(world).AddSingleton<IMailSender, DemoPost>());
            var run = new DemoRun(settings, folder, app, clock, world);
            await run.GoOn();
            return run;
        }
        catch
        {
            await folder.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything that is due next, if that is by then. False where nothing is.</summary>
    public async Task<bool> Step(Instant until, CancellationToken cancel = default)
    {
        if (await NextDue(cancel) is not { } next || next > until)
        {
            return false;
        }

        _clock.MoveTo(next);
        await _record.Reach(_settings, Now);
        await DoWhatIsDue();
        await Get<Walk>().RunUntilQuiet(cancel);
        while (_post.Unread.TryDequeue(out var mail))
        {
            Read(mail);
            Came?.Invoke(mail);
        }

        return true;
    }

    /// <summary>Goes on to the end, in as many steps as it takes.</summary>
    public async Task RunToTheEnd(CancellationToken cancel = default)
    {
        while (await Step(Instant.MaxValue, cancel))
        {
        }
    }

    /// <summary>Lets time pass in which nothing is due.</summary>
    public void MoveTo(Instant instant) => _clock.MoveTo(instant);

    /// <summary>When the next thing is due, or null where all is done or the demo has lasted too long.</summary>
    public async Task<Instant?> NextDue(CancellationToken cancel = default)
    {
        var turns = await Get<Wakes>().All(cancel).Select(wake => (Instant?)wake.Next).ToListAsync(cancel);
        var next = turns.Append(await Get<PostOffice>().NextDue(cancel)).Append(_people.NextDeed).Min();
        return next <= DemoWorld.Start + Longest ? next : null;
    }

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _folder.DisposeAsync();
    }

    private async Task DoWhatIsDue()
    {
        while (_people.Due(Now) is { } deed)
        {
            await deed.Do(_counters);
            _people.Done(deed);
        }
    }

    private void Read(ViewedMail mail)
    {
        _people.Read(mail);
        Mails++;
    }

    private async Task GoOn()
    {
        var coordinators = Get<AccountList>();
        MoveTo(await _record.Find(_settings, coordinators));
        await _record.Reach(_settings, Now);
        await coordinators.AddFirst(World.Coordinator.Name, World.Coordinator.Address, "America/Vancouver");
        await coordinators.Add(World.Deputy.Name, World.Deputy.Address, "America/Vancouver");
        _people.PlanAhead();
        await foreach (var mail in Get<MailViewer>().All())
        {
            Read(mail);
        }

        _people.ForgetBefore(Now);
    }
}
