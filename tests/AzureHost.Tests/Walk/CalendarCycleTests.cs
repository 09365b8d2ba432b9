using Azure;
using Cohesion.Workflows.AzureHost.Tests.Storage;
using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Graph;
using Cohesion.Workflows.Graph.Tests;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.AzureHost.Tests.Walk;

/// <summary>The same community where a mailbox in Microsoft 365 holds its session, with a server in Graph's place on a socket.</summary>
public sealed class CalendarCycleTests(Azurite azurite) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cohesion-").FullName;
    private GraphServer _graph = null!;
    private InstallationSettings _settings = null!;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphServer.Start();
        var settings = new GraphSettings(GraphServer.Organizer) { Address = _graph.Address };
        _settings = new InstallationSettings(await azurite.NewTable(), _folder, new VirtualClock(CedarInletStory.Start))
        {
            Add = services => services.AddSingleton<ICalendarService>(new GraphCalendar(GraphServices.ClientOf(settings, new Tokens(_graph.Token)), settings)),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _graph.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_community_goes_the_same_way_and_the_calendar_holds_who_comes()
    {
        await using var installation = await Installation.Start(_settings);
        var story = await Play(installation, installation);
        var report = await new CycleReport(installation.Services).Of(story.Cycle);
        WithoutEvents(report).ShouldBe(File.ReadAllText(Approved.FileOf("whole-cycle")));
        HoldsTheSession();
        Canaries.AreNowhereIn(installation.Logs.Lines);
        Canaries.AreNowhereIn(installation.Histories.Requests.Select(request => request.ToString()));
    }

    [Fact]
    public async Task A_worker_that_dies_and_a_Graph_that_drops_replies_or_says_wait_change_nothing_that_people_see()
    {
        var luck = new Habits(1);
        _graph.DropsReply = call => luck.Does(0.2, "drops", $"{call}");
        _graph.Refuses = call => luck.Does(0.2, "waits", $"{call}") ? GraphServer.Error(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable") : null;
        await using var mortal = new Mortal(_settings, seed: 1);
        await mortal.Restart();
        var story = await Play(mortal.Installation, mortal);
        mortal.Deaths.ShouldBeGreaterThan(10);
        await SentTheApprovedMails(mortal.Installation, story);
        HoldsTheSession();
    }

    [Fact]
    public async Task Two_installations_make_one_event()
    {
        await using var one = await Installation.Start(_settings);
        await using var other = await Installation.Start(_settings with { Port = FreePort.Find() });
        var story = await Play(one, new Both(one, other));
        await SentTheApprovedMails(one, story);
        HoldsTheSession();
    }

    [Fact]
    public async Task Storage_that_is_cut_off_again_and_again_loses_nothing_and_doubles_nothing()
    {
        var cut = new Cut();
        await using var installation = await Installation.Start(_settings with { Store = store => new CutRecordStore(store, cut) });
        var patient = new Patient(installation, cut);
        var story = await Play(installation, patient);
        cut.Failures.ShouldBeGreaterThan(200);
        cut.IsOver = true;
        await SentTheApprovedMails(installation, story);
        HoldsTheSession();
    }

    private static async Task<CedarInletStory> Play(Installation installation, IStoryHost host)
    {
        using var coordinator = new Coordinator(installation.Address);
        await host.Act(() => coordinator.SetUp(installation.SetUpPath));
        var story = new CedarInletStory(coordinator, host);
        await story.Play();
        return story;
    }

    private static string WithoutEvents(string report) =>
        string.Join('\n', report.Split('\n').Where(line => !line.EndsWith(nameof(EventWanted), StringComparison.Ordinal) && !line.EndsWith(nameof(EventKept), StringComparison.Ordinal)));

    private static async Task SentTheApprovedMails(Installation installation, CedarInletStory story)
    {
        var report = await new CycleReport(installation.Services).Of(story.Cycle);
        CycleReport.Mails(report).ShouldBe(CycleReport.Mails(File.ReadAllText(Approved.FileOf("whole-cycle"))), ignoreOrder: true);
    }

    private void HoldsTheSession()
    {
        var session = _graph.Events.ShouldHaveSingleItem();
        session["start"]!["dateTime"]!.GetValue<string>().ShouldBe("2027-05-28T01:00:00");
        GraphServer.Attendees(session).Select(attendee => attendee["emailAddress"]!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal)
            .ShouldBe(["Ada Wong", "Dov Katz", "Eve Stone", "Gus xʷməθkʷəy̓əm", "Kim Coach", "Lee Larsen"]);
    }

    /// <summary>Storage answers nothing for a while, and is there again.</summary>
    private sealed class Cut
    {
        private int _operations;
        private int _failures;

        public int Failures => _failures;

        /// <summary>Whether storage answers from now on.</summary>
        public bool IsOver { get; set; }

        public void Pass()
        {
            if (!IsOver && Interlocked.Increment(ref _operations) % 500 > 460)
            {
                Interlocked.Increment(ref _failures);
                throw new RequestFailedException(StatusCodes.Status503ServiceUnavailable, "The storage is away.");
            }
        }
    }

    private sealed class CutRecordStore(IRecordStore records, Cut cut) : IRecordStore
    {
        public Task<Record?> Find(RecordKey key, CancellationToken cancel = default)
        {
            cut.Pass();
            return records.Find(key, cancel);
        }

        public Task<RecordPage> Query(RowRange range, string? continuation = null, CancellationToken cancel = default)
        {
            cut.Pass();
            return records.Query(range, continuation, cancel);
        }

        public Task<IReadOnlyList<string?>> Commit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel = default)
        {
            cut.Pass();
            return records.Commit(writes, cancel);
        }
    }

    /// <summary>Tries again what failed because of the cut.</summary>
    private sealed class Patient(Installation installation, Cut cut) : IStoryHost
    {
        public Task StepTo(Instant instant) => Retried(() => installation.StepTo(instant));

        public Task Act(Func<Task> act) => Retried(() => installation.Act(act));

        private async Task Retried(Func<Task> act)
        {
            var failures = -1;
            while (failures != cut.Failures)
            {
                failures = cut.Failures;
                try
                {
                    await act();
                    return;
                }
                catch (Exception) when (cut.Failures > failures)
                {
                    failures = -1;
                }
            }
        }
    }
}
