using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.LocalHost.Demo;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.LocalHost.Tests.Records;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Demo;

/// <summary>The demo without its screen, as "--fast" runs it.</summary>
public sealed class DemoTests(DemoToTheEnd demo) : IClassFixture<DemoToTheEnd>
{
    [Fact]
    public async Task The_same_seed_comes_to_the_same_end_however_often_it_is_interrupted()
    {
        using var folder = new TemporaryFolder();
        foreach (var steps in (int[])[1, 30, 4, 60, 200])
        {
            await using var interrupted = await DemoRun.Open(DemoToTheEnd.Settings(seed: 1), folder.Path);
            for (var step = 0; step < steps; step++)
            {
                await interrupted.Step(Instant.MaxValue);
            }
        }

        (await DemoToTheEnd.Summary(DemoToTheEnd.Settings(seed: 1), folder.Path)).ShouldBe(demo.Said);
    }

    [Fact]
    public async Task Another_seed_comes_to_another_end()
    {
        using var folder = new TemporaryFolder();
        (await DemoToTheEnd.Summary(DemoToTheEnd.Settings(seed: 2), folder.Path)).ShouldNotBe(demo.Said.Replace("Seed 1", "Seed 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_demo_that_has_ended_is_as_it_was_when_it_is_opened_again() =>
        (await DemoToTheEnd.Summary(DemoToTheEnd.Settings(seed: 1), demo.Data)).ShouldBe(demo.Said);

    [Fact]
    public void No_page_refused_what_people_sent() => demo.Refused.ShouldBeEmpty();

    [Fact]
    public void Nobody_got_a_message_twice()
    {
        demo.MessageIds.ShouldBeUnique();
    }

    [Fact]
    public void Every_community_has_ended_or_says_whose_move_it_is()
    {
        demo.Cycles.Count.ShouldBe(2);
        demo.Cycles.Where(cycle => !cycle.HasEnded && Planner.Plan(cycle, demo.Now).WaitingFor.IsEmpty).ShouldBeEmpty();
    }

    [Fact]
    public void A_community_is_seen_to_have_come_through_every_stage() =>
        demo.Cycles.SelectMany(StageProgress.Of).ShouldAllBe(stage => stage.Share == 1 && !stage.IsOpen && stage.Words.Length <= 10);

    [Fact]
    public void As_many_come_and_answer_as_its_crowd_says()
    {
        foreach (var (crowd, cycle) in demo.Crowds.Zip(demo.Cycles))
        {
            cycle.All<Replied>().Count(reply => reply.Comes).ShouldBe(crowd.Accept);
            cycle.Attendees().Count().ShouldBe(crowd.Attend);
            cycle.All<SurveyAnswered>().Count().ShouldBe(crowd.Answer);
            cycle.All<CoachRequested>().Count().ShouldBe(crowd.WantCoach);
        }
    }

    [Fact]
    public void People_do_all_that_the_stages_ask()
    {
        demo.Cycles.ShouldAllBe(cycle => cycle.Preparations().Any(task => task.State == PreparationState.Done));
        demo.Cycles.ShouldAllBe(cycle => cycle.Place() != null && cycle.All<CheckedIn>().Any());
        demo.Cycles.SelectMany(cycle => cycle.All<Replied>()).ShouldContain(reply => reply.Office != null);
        demo.Cycles.SelectMany(cycle => cycle.All<HomeworkDone>()).ShouldNotBeEmpty();
    }

    [Fact]
    public void What_it_counts_goes_with_its_words() => demo.Said.ShouldNotMatch(@"\b1 \w+s\b");

    [Fact]
    public void What_it_comes_to_names_every_community_and_no_id()
    {
        demo.Said.ShouldContain("Marten Crossing (mid-size town)");
        demo.Said.ShouldContain("Larkspur Flats (rural town)");
        demo.Said.ShouldContain("none of them sent twice");
        demo.Cycles.SelectMany(cycle => cycle.All<Member>()).ShouldAllBe(member => !demo.Said.Contains(member.Person.Value, StringComparison.Ordinal));
    }
}

/// <summary>A demo of two communities, walked to its end.</summary>
public sealed class DemoToTheEnd : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal string Said { get; private set; } = "";

    internal IReadOnlyList<string> MessageIds { get; private set; } = [];

    internal List<Snapshot> Cycles { get; } = [];

    internal List<Crowd> Crowds { get; } = [];

    internal Instant Now { get; private set; }

    internal IReadOnlyList<string> Refused { get; private set; } = [];

    internal string Data => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        await using var run = await DemoRun.Open(Settings(seed: 1), _folder.Path);
        await run.RunToTheEnd();
        (Said, Now, Refused) = (await new DemoSummary(run).Write(1), run.Now, run.Refused);
        MessageIds = await run.Get<MailViewer>().All().Select(mail => mail.Mail.MessageId).ToListAsync();
        foreach (var community in run.World.Communities)
        {
            Crowds.Add(community.Crowd);
            Cycles.Add((await run.Get<CycleRecords>().Read(community.Cycle))!.Snapshot);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static DemoSettings Settings(int seed) => new(Data: null, "http://127.0.0.1:0", seed, Communities: 2, DemoSettings.UsualSpeed, IsFast: true);

    internal static async Task<string> Summary(DemoSettings settings, string data)
    {
        await using var run = await DemoRun.Open(settings, data);
        await run.RunToTheEnd();
        return await new DemoSummary(run).Write(settings.Seed);
    }
}
