using System.Security.Cryptography;
using System.Text;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>Somebody has every file of the data folder and tries to join answers to people.</summary>
public sealed class SurveySecrecyTests : OnAHost
{
    private const int People = 12;

    private CycleId Cycle => CycleId.From(Coordinator.Cycle.Split('/')[^1]);

    private SurveyAnswers Survey => Host.Services.GetRequiredService<SurveyAnswers>();

    [Fact]
    public async Task While_the_survey_is_open_the_thief_needs_the_keys()
    {
        await EverybodyAnswers();

        Thief(withKeys: true).Count.ShouldBe(People);
        Thief(withKeys: false).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_the_close_every_file_together_opens_no_answer()
    {
        await EverybodyAnswers();
        await Close();

        Thief(withKeys: true).ShouldBeEmpty();
        Rows().ShouldNotContain(row => row.Row.StartsWith("s.", StringComparison.Ordinal));
        Directory.GetFiles(Path.Combine(Data, "keys", "rounds")).Select(Path.GetFileName).ShouldBe(["pool-adult-mental-health"]);
    }

    [Fact]
    public async Task After_the_close_only_suppressed_results_speak_of_answers()
    {
        await EverybodyAnswers();
        await Close();

        var speaking = Rows().Where(row => row.Text.Contains("FacilitationValued", StringComparison.OrdinalIgnoreCase)).ToList();
        speaking.ShouldAllBe(row => row.Text.Contains("survey-results", StringComparison.Ordinal));
        var results = (await Snapshot()).All<SurveyResults>().Single().Figures;
        results.ShouldBe(new SurveyFigures.Figures(
            People, new YesFigure.AtLeast(8, 66), new YesFigure.Exactly(6, 50), new YesFigure.AtLeast(8, 66), new YesFigure.FewerThanFive()));
    }

    [Fact]
    public async Task The_pool_holds_counts_and_names_no_community()
    {
        await EverybodyAnswers();
        await Close();

        var key = File.ReadAllBytes(Path.Combine(Data, "keys", "rounds", "pool-adult-mental-health"));
        var row = Rows().Single(row => row.Partition == "pool-adult-mental-health");
        row.Row.ShouldNotContain(Cycle.Value);
        SealedAnswer.Open(key, SealedText(row.Text), "pool-adult-mental-health")
            .ShouldStartWith("""{"sum":{"answers":12,"facilitationYes":11,"facilitationNo":1,"moreYes":6,"moreNo":6,"objectivesYes":12,"objectivesNo":0,"freeOfBiasYes":0,"freeOfBiasNo":0},"rounds":[""");
    }

    [Fact]
    public async Task What_people_wrote_stands_apart_from_all_else_and_what_few_wrote_is_gone()
    {
        await EverybodyAnswers();
        await Close();

        (await Snapshot()).All<SurveyText>().Select(text => $"{text.Question} {text.Number} {text.Text}")
            .ShouldBe(["topic 1 Topic 02", "topic 2 Topic 04", "topic 3 Topic 06", "topic 4 Topic 08", "topic 5 Topic 10", "topic 6 Topic 12"]);
        Rows().ShouldNotContain(row => row.Text.Contains("Barrier ", StringComparison.Ordinal));
        Rows().Where(row => row.Text.Contains("Topic 0", StringComparison.Ordinal)).ShouldAllBe(row => row.Row.StartsWith("f.survey-text.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_survey_asks_in_seven_questions_and_says_what_becomes_of_words_before_they_are_typed()
    {
        await EverybodyAnswers(answers: 1);
        using var page = await new Browser(Host.Address).Open(await PathOf(2));
        page.Page.QuerySelectorAll("fieldset").Length.ShouldBe(5);
        page.Text.ShouldContain("word by word, without your name, and only where five or more people wrote something");
        (await page.Press("Review my answers")).Text.ShouldContain("Please answer at least one question.");
        await page.Press("Review my answers", ("free", ["no"]), ("change", [new string('x', 201)]));
        page.Text.ShouldContain("Please say it in 200 characters or fewer.");
        page.Page.QuerySelector("textarea[name=change]")!.TextContent.ShouldBe(new string('x', 201));
        await page.Press("Review my answers", ("free", ["no"]), ("change", ["Ask about sleep\r\n  first <b>"]));
        page.Page.QuerySelectorAll("dd").Select(answer => answer.TextContent).ShouldContain("Ask about sleep first <b>");
        (await page.Press("Send my answers")).Text.ShouldContain("Your answers are recorded.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_round_of_few_answers_leaves_nothing_that_tells_of_them(int answers)
    {
        await EverybodyAnswers(answers);
        await Close();

        Rows().ShouldNotContain(row => row.Text.Contains("\"sealed\"", StringComparison.Ordinal));
        (await Snapshot()).All<SurveyResults>().Single().Figures.ShouldBe(new SurveyFigures.FewerThanFive());
    }

    [Fact]
    public async Task A_pool_counts_a_round_once_and_a_small_one_only_among_others()
    {
        var pool = Host.Services.GetRequiredService<ProgrammePool>();
        await pool.Join("p", "small", new SurveyCounts(1, 1, 0, 0, 1));
        await pool.Join("p", "large", new SurveyCounts(6, 5, 1, 3, 3));
        await pool.Join("p", "large", new SurveyCounts(6, 5, 1, 3, 3));
        await pool.Join("p", "small", new SurveyCounts(1, 1, 0, 0, 1));

        var key = File.ReadAllBytes(Path.Combine(Data, "keys", "rounds", "pool-p"));
        SealedAnswer.Open(key, SealedText(Rows().Single(row => row.Partition == "pool-p").Text), "pool-p")
            .ShouldStartWith("""{"sum":{"answers":7,"facilitationYes":6,"facilitationNo":1,"moreYes":3,"moreNo":4,"objectivesYes":0,"objectivesNo":0,"freeOfBiasYes":0,"freeOfBiasNo":0},"rounds":[""");
    }

    [Fact]
    public async Task What_is_final_stays_final()
    {
        await EverybodyAnswers();
        var person = (await Snapshot()).Attendees().First();
        (await Survey.Submit(Cycle, 1, person, new SurveyAnswer(false, false), Host.Now)).ShouldBe(Submission.AnsweredBefore);
        await Close();
        (await Survey.Submit(Cycle, 1, person, new SurveyAnswer(false, false), Host.Now)).ShouldBe(Submission.Closed);
    }

    /// <summary>Twelve who were there answer: one finds that local facilitation did not help, every second wants more.</summary>
    private async Task EverybodyAnswers(int answers = People)
    {
        await Start(("participants", [string.Join('\n', Enumerable.Range(1, People).Select(i => $"Participant {i}, p{i}@clinic.example"))]));
        var participants = (await Snapshot()).Members(Role.Participant);
        var coordinator = (await Snapshot()).Coordinator;
        await Host.Services.GetRequiredService<CycleRecords>().Record(
            Cycle,
            [
                new StageOpened(StageIds.Attendance, 1, Host.Now),
                new StageOpened(StageIds.SurveyCollection, 1, Host.Now),
                new SurveyRound(1, Closed: false),
                .. participants.Select(person => new Attended(1, person, Was: true, coordinator, Host.Now)),
                new AttendanceListed(1, coordinator, coordinator, Host.Now),
            ],
            Host.Now);
        foreach (var (person, i) in participants.Take(answers).Select((person, i) => (person, i)))
        {
            (await Survey.Submit(Cycle, 1, person, AnswerOf(i), Host.Now)).ShouldBe(Submission.Taken);
        }
    }

    /// <summary>Every second writes which topic they want, the first four what may stand in the way.</summary>
    private static SurveyAnswer AnswerOf(int i) => new(
        i != 0, i % 2 == 0, ObjectivesMet: true, TopicWanted: i % 2 == 0 ? $"Topic {People - i:00}" : null, Barriers: i < 4 ? $"Barrier {i}" : null);

    private async Task Close()
    {
        var cycles = Host.Services.GetRequiredService<CycleRecords>();
        await cycles.Record(Cycle, [new SurveyRound(1, Closed: true)], Host.Now);
        await Survey.Unseal(await Snapshot(), 1, Host.Now);
    }

    private async Task<string> PathOf(int participant)
    {
        var person = await Host.Services.GetRequiredService<People>().Get((await Snapshot()).Members(Role.Participant)[participant - 1]);
        return Host.Services.GetRequiredService<Links>().AskPath(SurveyForm.Page, person, Cycle, Role.Participant, Host.Now);
    }

    private async Task<Snapshot> Snapshot() => (await Host.Services.GetRequiredService<CycleRecords>().Read(Cycle))!.Snapshot;

    /// <summary>Tries every key that lies in the folder on every sealed text in a copy of the database.</summary>
    private List<SurveyAnswer> Thief(bool withKeys)
    {
        var keys = withKeys ? Directory.GetFiles(Path.Combine(Data, "keys"), "*", SearchOption.AllDirectories).Select(File.ReadAllBytes).ToList() : [RandomNumberGenerator.GetBytes(32)];
        var texts = Rows().Where(row => row.Text.Contains("\"sealed\"", StringComparison.Ordinal)).Select(row => SealedText(row.Text));
        return [.. texts.SelectMany(text => keys.Select(key => TryOpen(key, text))).OfType<SurveyAnswer>()];
    }

    private SurveyAnswer? TryOpen(byte[] key, string text)
    {
        try
        {
            return Json.Read<SurveyAnswer>(SealedAnswer.Open(key, text, $"{Cycle}-01"));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string SealedText(string properties) => System.Text.Json.JsonDocument.Parse(properties).RootElement.GetProperty("sealed").GetString()!;

    /// <summary>Every row of the database, its log included, read from a copy of the files.</summary>
    private List<(string Partition, string Row, string Text)> Rows()
    {
        var copy = Directory.CreateTempSubdirectory("thief-").FullName;
        foreach (var file in Directory.GetFiles(Data, "records.db*"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        var rows = ReadRows(Path.Combine(copy, "records.db"));
        Directory.Delete(copy, recursive: true);
        return rows;
    }

    private static List<(string Partition, string Row, string Text)> ReadRows(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select partition, row, properties from record";
        using var reader = command.ExecuteReader();
        var rows = new List<(string, string, string)>();
        while (reader.Read())
        {
            rows.Add((Encoding.UTF8.GetString((byte[])reader[0]), Encoding.UTF8.GetString((byte[])reader[1]), reader.GetString(2)));
        }

        return rows;
    }
}
