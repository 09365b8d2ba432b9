using System.Text.Json;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Programmes;

public sealed class ProgrammeFilesTests
{
    private const string Shipped = "functions/Workflows/Programmes/adult-mental-health.json";
    private const string Misfit = "This value does not fit here; programme.schema.json tells which do.";

    private static readonly string Text = File.ReadAllText(Repository.PathOf(Shipped));

    [Fact]
    public void The_shipped_programmes_load()
    {
        var programmes = ProgrammeFiles.Load(Path.Combine(AppContext.BaseDirectory, "Programmes"));
        programmes.All.Select(programme => programme.Name).ShouldBe(["Adult Mental Health", "Child and Youth Mental Health"], ignoreOrder: true);
        programmes.All.ShouldAllBe(programme => programme.CaseStudies.Count == 4);
        programmes.Find("no-such-programme").ShouldBeNull();
    }

    [Fact]
    public void A_programme_without_a_schema_loads_the_same()
    {
        var without = ProgrammeFiles.Read("it.json", Text.Replace("\"$schema\": \"./programme.schema.json\",", "", StringComparison.Ordinal));
        Json.Write(without).ShouldBe(Json.Write(ProgrammeFiles.Read("it.json", Text)));
    }

    [Theory]
    [InlineData("\"name\": \"Adult Mental Health\",", "", "$", "Add what is missing: 'name'.")]
    [InlineData("\"slots\": 3,", "", "$.policy.scheduling", "Add what is missing: 'slots'.")]
    [InlineData("\"slots\": 3,", "\"slots\": 3, \"slotz\": 4,", "$.policy.scheduling.slotz", "There is no such field; programme.schema.json lists those there are.")]
    [InlineData("\"slots\": 3,", "\"Slots\": 3,", "$.policy.scheduling.Slots", "There is no such field; programme.schema.json lists those there are.")]
    [InlineData("\"slots\": 3,", "\"slots\": 3, \"slots\": 4,", "$.policy.scheduling.slots", "This field stands here twice; keep one.")]
    [InlineData("\"slots\": 3,", "\"slots\": \"3\",", "$.policy.scheduling.slots", Misfit)]
    [InlineData("\"slots\": 3,", "\"slots\": 3.5,", "$.policy.scheduling.slots", Misfit)]
    [InlineData("\"slots\": 3,", "\"slots\": null,", "$.policy.scheduling.slots", Misfit)]
    [InlineData("\"slots\": 3,", "\"slots\": 99999999999,", "$.policy.scheduling.slots", Misfit)]
    [InlineData("\"name\": \"Adult Mental Health\"", "\"name\": null", "$.name", Misfit)]
    [InlineData("\"asksAt\": \"09:00\"", "\"asksAt\": \"9am\"", "$.policy.asksAt", "Write '9am' like 17:00.")]
    [InlineData("\"asksAt\": \"09:00\"", "\"asksAt\": 9", "$.policy.asksAt", Misfit)]
    [InlineData("\"day\": 4", "\"day\": \"4\"", "$.policy.caseStudySelection.asks[1].day", Misfit)]
    [InlineData("\"policy\": {", "\"policy\": {,", "$.policy", "',' is an invalid start of a property name. Expected a '\"'.")]
    public void A_file_of_another_shape_is_refused_with_its_place_and_what_to_do(string whole, string broken, string path, string reason)
    {
        var refused = Refused(whole, broken);
        refused.ShouldStartWith($"it.json, {path}: {reason} (line ");
        if (broken.Length > 0)
        {
            refused.ShouldEndWith($"(line {LineOf(whole)})", customMessage: "The place is the field's.");
        }
    }

    [Theory]
    [InlineData("\"id\": \"adult-mental-health\"", "\"id\": \"Adult Mental Health\"", "$.id", "An id has 1 to 64 characters of [a-z0-9-].")]
    [InlineData("\"name\": \"Adult Mental Health\"", "\"name\": \" \"", "$.name", "Name the programme.")]
    [InlineData("\"asksAt\": \"09:00\"", "\"asksAt\": \"07:59\"", "$.policy.asksAt", "Mail goes out from 8:00 am on and before 6:00 pm. Use a time in between.")]
    [InlineData("\"asksAt\": \"09:00\"", "\"asksAt\": \"18:00\"", "$.policy.asksAt", "Mail goes out from 8:00 am on and before 6:00 pm. Use a time in between.")]
    [InlineData("\"id\": \"alcohol-and-low-mood\"", "\"id\": \"after-the-emergency-visit\"", "$.caseStudies", "Give each case study an id of its own.")]
    [InlineData("\"title\": \"Low mood and alcohol\"", "\"title\": \"\"", "$.caseStudies", "Give each case study a title and a summary.")]
    [InlineData("\"caseStudies\": [", "\"caseStudies\": [null,", "$.caseStudies", "An entry is null; fill it in or take it out.")]
    [InlineData("{ \"id\": \"reminder-1\", \"day\": 4 }", "null", "$.policy.caseStudySelection.asks", "An entry is null; fill it in or take it out.")]
    [InlineData("\"enough\": 2", "\"enough\": 0", "$.policy.facilitatorTraining.enough", "Use 1 to 20.")]
    [InlineData("\"refreshMonths\": 36", "\"refreshMonths\": 0", "$.policy.facilitatorTraining.refreshMonths", "Use 1 to 240.")]
    [InlineData("\"credits\": \"2 group learning credits\"", "\"credits\": \" \"", "$.accreditation.credits", "Use 1 to 80 characters.")]
    [InlineData("\"daysAhead\": 42", "\"daysAhead\": 2147483647", "$.policy.scheduling.daysAhead", "Use 1 to 365.")]
    [InlineData("\"day\": 8 }", "\"day\": 8 }, { \"id\": \"reminder-3\", \"day\": 10 }", "$.policy.caseStudySelection.asks", "Every mail goes out before day 10, the close.")]
    [InlineData("\"day\": -18", "\"day\": -10", "$.policy.attendance.beforeSession", "Every mail goes out before day -15, the close.")]
    [InlineData("\"id\": \"t-18\", \"day\": -18", "\"id\": \"t-18\", \"day\": -29", "$.policy.attendance.beforeSession", "Put the mails in the order of their days, each on a day of its own.")]
    [InlineData("\"id\": \"t-18\"", "\"id\": \"t-28\"", "$.policy.attendance.beforeSession", "Give each mail an id of its own.")]
    [InlineData("\"id\": \"t-18\"", "\"id\": \"T minus 18\"", "$.policy.attendance.beforeSession", "An id has 1 to 64 characters of [a-z0-9-].")]
    [InlineData("\"id\": \"ask\", \"day\": 0", "\"id\": \"ask\", \"day\": -1", "$.policy.decisions", "Use days from 0 on.")]
    public void A_file_that_breaks_a_rule_is_refused_with_its_place_and_what_to_do(string whole, string broken, string path, string reason) =>
        Refused(whole, broken).ShouldBe($"it.json, {path}: {reason}");

    [Fact]
    public void A_programme_without_case_studies_is_refused() =>
        Refused(Json.Write(Read() with { CaseStudies = [] })).ShouldBe("it.json, $.caseStudies: Name at least one case study.");

    [Fact]
    public void A_ladder_without_rungs_is_refused()
    {
        var policy = Read().Policy;
        var broken = Read() with { Policy = policy with { Scheduling = policy.Scheduling with { Asks = [] } } };
        Refused(Json.Write(broken)).ShouldBe("it.json, $.policy.scheduling.asks: There is one mail at least: the ask.");
    }

    [Fact]
    public void Reminders_before_the_session_may_be_left_out()
    {
        var policy = Read().Policy;
        var quiet = Read() with { Policy = policy with { Attendance = policy.Attendance with { BeforeSession = [] } } };
        ProgrammeFiles.Read("it.json", Json.Write(quiet)).Policy.Attendance.BeforeSession.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "$", "The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true. (line 1)")]
    [InlineData("null", "$", "A programme is a JSON object. (line 1)")]
    [InlineData("[]", "$", Misfit + " (line 1)")]
    [InlineData("hello", "$", "'h' is an invalid start of a value. (line 1)")]
    public void What_is_no_programme_at_all_is_refused(string text, string path, string reason) =>
        Refused(text).ShouldBe($"it.json, {path}: {reason}");

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_with_its_name()
    {
        var whole = Text.TrimEnd();
        for (var length = 0; length < whole.Length; length++)
        {
            Refused(whole[..length]).ShouldStartWith("it.json, $");
        }
    }

    [Fact]
    public void Two_files_of_one_id_are_refused()
    {
        var folder = Directory.CreateTempSubdirectory("programmes").FullName;
        File.WriteAllText(Path.Combine(folder, "a.json"), Text);
        File.WriteAllText(Path.Combine(folder, "b.json"), Text);
        File.WriteAllText(Path.Combine(folder, "programme.schema.json"), "{}");
        Should.Throw<ProgrammeException>(() => ProgrammeFiles.Load(folder)).Message
            .ShouldBe($"{Path.Combine(folder, "b.json")}, $.id: 'adult-mental-health' is the id of another file too.");
        Directory.Delete(folder, recursive: true);
    }

    private static Programme Read() => ProgrammeFiles.Read("it.json", Text);

    private static int LineOf(string text) => 1 + Text[..Text.IndexOf(text, StringComparison.Ordinal)].Count(character => character == '\n');

    private static string Refused(string whole, string broken)
    {
        Text.ShouldContain(whole, Case.Sensitive);
        var at = Text.IndexOf(whole, StringComparison.Ordinal);
        return Refused(Text[..at] + broken + Text[(at + whole.Length)..]);
    }

    private static string Refused(string text) => Should.Throw<ProgrammeException>(() => ProgrammeFiles.Read("it.json", text)).Message;
}
