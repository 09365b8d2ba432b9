using System.Text.RegularExpressions;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Tests.Web;

public sealed partial class TextsTests
{
    private static string Product { get; } = Repository.PathOf("functions/Workflows");

    public static TheoryData<string> PagesOfTheProduct() =>
        [.. Directory.GetFiles(Product, "*.razor", SearchOption.AllDirectories).Where(IsSource).Select(file => Path.GetRelativePath(Product, file))];

    [Theory]
    [MemberData(nameof(PagesOfTheProduct))]
    public void A_page_holds_no_text_of_its_own(string page)
    {
        var markup = File.ReadAllText(Path.Combine(Product, page)).Split("@code {")[0];
        var left = Expression().Replace(Tag().Replace(Directive().Replace(markup, " "), " "), " ");
        Word().Matches(left).Select(word => word.Value).Except(["else", "if", "foreach", "var"]).ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_of_the_resources_is_used()
    {
        var sources = Directory.GetFiles(Product, "*.*", SearchOption.AllDirectories)
            .Where(file => IsSource(file) && Path.GetExtension(file) is ".cs" or ".razor")
            .Select(File.ReadAllText)
            .Aggregate(string.Concat);
        var unused = Directory.GetFiles(Product, "*Texts.resx", SearchOption.AllDirectories)
            .SelectMany(file => ResourceName().Matches(File.ReadAllText(file)).Select(name => $"{Path.GetFileNameWithoutExtension(file)}.{name.Groups["name"].Value}"))
            .Where(name => !name.Contains('_', StringComparison.Ordinal) && !sources.Contains(name, StringComparison.Ordinal));
        unused.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Cedar Inlet", "choose the case for your session", "Cedar Inlet: choose the case for your session")]
    [InlineData("Northern Interior Rural Division of Family Practice", "choose the case for your session", "Northern Interior Ru…: choose the case for your session")]
    public void A_subject_has_at_most_55_characters(string community, string about, string subject)
    {
        Say.Subject(community, about).ShouldBe(subject);
        subject.Length.ShouldBeLessThanOrEqualTo(55);
    }

    [Theory]
    [InlineData("2027-01-12T18:00", 120, "Tuesday 12 January 2027, 6:00 to 8:00 pm Pacific Time (UTC-7)")]
    [InlineData("2027-07-12T09:30", 90, "Monday 12 July 2027, 9:30 to 11:00 am Pacific Time (UTC-7)")]
    [InlineData("2027-07-12T11:00", 120, "Monday 12 July 2027, 11:00 am to 1:00 pm Pacific Time (UTC-7)")]
    [InlineData("2027-07-12T12:00", 60, "Monday 12 July 2027, 12:00 to 1:00 pm Pacific Time (UTC-7)")]
    [InlineData("2027-07-12T22:00", 120, "Monday 12 July 2027, 10:00 pm to 12:00 am Pacific Time (UTC-7)")]
    public void A_session_is_said_with_its_end_its_zone_and_offset(string starts, int minutes, string said)
    {
        var cycle = PlanDriver.KickedOff("2027-01-04T10:00", change: policy => policy with { Scheduling = policy.Scheduling with { SessionMinutes = minutes } }).Cycle;
        Say.SessionTime(cycle, SchedulingForm.SlotPattern.Parse(starts).Value).ShouldBe(said);
    }

    [Theory]
    [InlineData(0, "0 have a seat, 3.5 %")]
    [InlineData(1, "1 has a seat, 3.5 %")]
    [InlineData(2, "2 have a seat, 3.5 %")]
    public void A_count_has_the_words_that_go_with_it(int count, string said) => Say.Text("{0} {0:has|have} a {1}, {2:0.0} %", count, "seat", 3.5).ShouldBe(said);

    [Theory]
    [InlineData(1, "1 plan of 2 communities")]
    [InlineData(2, "2 plans of 2 communities")]
    public void So_has_a_count_in_what_a_command_prints(int plans, string said) =>
        Say.Counted($"{plans} {plans:plan|plans} of {2} {2:community|communities}").ShouldBe(said);

    [Theory]
    [InlineData("Led by {0}.", "Ada Wong", "Led by Ada Wong.")]
    [InlineData("Led by {0}.", "Ann B.", "Led by Ann B.")]
    [InlineData("{0}. Led by {0}, not {1}.", "Ann B.", "Ann B. Led by Ann B., not “wait …”.")]
    [InlineData("{0}: {1}..", "Dr. Ann B.", "Dr. Ann B.: “wait …”..")]
    public void A_full_stop_after_an_initial_ends_the_sentence_too(string text, string name, string said) => Say.Text(text, name, "“wait …”").ShouldBe(said);

    [Fact]
    public void Every_zone_on_offer_exists_and_has_a_name()
    {
        KickOffForm.Zones.ShouldAllBe(zone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) != null && Say.Zone(zone) != zone);
    }

    [Fact]
    public void Every_stage_and_role_has_a_name()
    {
        CommunityCycle.Stages.ShouldAllBe(stage => Say.Stage(stage.Id).Length > 0);
        Enum.GetValues<Role>().ShouldAllBe(role => Say.Role(role).Length > 0);
    }

    [Fact]
    public void Every_kind_of_message_and_every_fact_has_words_in_the_timeline()
    {
        var person = PersonId.From("p");
        var kinds = CommunityCycle.Stages.SelectMany(stage => stage.Plan.Kinds.Select(kind => new Issued(new MessageKey("c", stage.Id.Value, kind, person, "r1"), default)));
        kinds.Select(issued => TimelineWords.Of(new TimelineEntry(default, issued), "America/Vancouver", _ => "Ada")).ShouldAllBe(line => !line.EndsWith(": ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_timeline_says_of_a_mail_what_became_of_it_last_in_one_line()
    {
        var (issued, other) = (Mail("one"), Mail("another"));
        TimelineEntry[] timeline = [new(issued.At, issued), new(other.At, other), new(issued.At, issued with { Accepted = issued.At })];
        TimelineWords.Lines(timeline, "America/Vancouver", _ => "Ada").Select(line => line.Split(": ")[1])
            .ShouldBe(["Mail sent to Ada", "Mail to Ada is waiting to go out"]);
    }

    private static Issued Mail(string person) => new(new MessageKey("c", "scheduling", "ask", PersonId.From(person), "r1"), Instant.FromUtc(2027, 3, 1, 17, 0));

    [Theory]
    [InlineData("Ada Wong, ada@clinic.example", "Ada Wong", "ada@clinic.example")]
    [InlineData("Wong, Ada; ada@clinic.example", "Wong, Ada", "ada@clinic.example")]
    [InlineData("  Ada Wong\tada@clinic.example  ", "Ada Wong", "ada@clinic.example")]
    [InlineData("O'Brien-Šimůnková, z@c.example", "O'Brien-Šimůnková", "z@c.example")]
    [InlineData("Ada Wong <ada@clinic.example>", "Ada Wong", "ada@clinic.example")]
    [InlineData("\"Peña, José\" <jose@x.example>;", "José Peña", "jose@x.example")]
    [InlineData("\"Ada Wong, MD\" <ada@clinic.example>", "Ada Wong, MD", "ada@clinic.example")]
    [InlineData("\"Wong, Ada, MD\" <ada@clinic.example>", "Wong, Ada, MD", "ada@clinic.example")]
    [InlineData("\"Wong, \" <ada@clinic.example>", "Wong,", "ada@clinic.example")]
    [InlineData("Tom Reed,tom@nanoose.example,", "Tom Reed", "tom@nanoose.example")]
    [InlineData("Reed, Tom; tom@nanoose.example; ;\t", "Reed, Tom", "tom@nanoose.example")]
    [InlineData("\"Tom Reed\",\"tom@nanoose.example\",\"\"", "Tom Reed", "tom@nanoose.example")]
    [InlineData("Wong, Ada, <ada@clinic.example>", "Wong, Ada", "ada@clinic.example")]
    public void A_line_of_a_roster_is_a_name_and_an_address(string line, string name, string address) =>
        Roster.Read(line).People.ShouldBe([new(name, address)]);

    [Theory]
    [InlineData("Ada Wong")]
    [InlineData("ada@clinic.example")]
    [InlineData("Ada, ada@clinic")]
    [InlineData("Ada, ada@@clinic.example")]
    [InlineData("Ada, <ada-at-clinic>")]
    [InlineData("<ada@clinic.example>")]
    [InlineData("Ada <ada@clinic.example")]
    [InlineData("Ada, ada@clinic.example.")]
    [InlineData("Ada, a da@clinic.example")]
    [InlineData("Name, E-mail")]
    public void A_line_that_is_none_is_named(string line)
    {
        var roster = Roster.Read("Bo Li, bo@clinic.example\n\n" + line);
        roster.People.Count.ShouldBe(1);
        roster.Problems.Single().ShouldStartWith("Line 3:");
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("José Peña", new[] { "José Peña" })]
    [InlineData("José Peña and Rémi Dubois", new[] { "José Peña", "Rémi Dubois" })]
    [InlineData("Ada Wong, José Peña and Rémi Dubois", new[] { "Ada Wong", "José Peña", "Rémi Dubois" })]
    public void Names_are_said_as_people_say_them(string said, string[] names) => Say.Names(names).ShouldBe(said);

    [Fact]
    public void Spelling_does_not_make_another_person()
    {
        People.Fold("  ZOË  O’Brien ").ShouldBe(People.Fold("zoë o’brien"));
        People.Fold("E\u0301lise").ShouldBe(People.Fold("\u00C9lise"), "the accent as a character of its own, as some machines type it");
    }

    private static bool IsSource(string file) => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    [GeneratedRegex("""<(?:[^<>"]|"[^"]*")*>""")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^@(using|namespace|inject) .*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Directive();

    /// <summary>@name.name(…), @(…), and the condition behind @if, else if and @foreach.</summary>
    [GeneratedRegex(@"@?(if|foreach)? ?\((?>[^()]+|\((?<open>)|\)(?<-open>))*(?(open)(?!))\)|@[\w.\[\]]+(\((?>[^()]+|\((?<open>)|\)(?<-open>))*(?(open)(?!))\))?", RegexOptions.ExplicitCapture)]
    private static partial Regex Expression();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Word();

    [GeneratedRegex("""<data name="(?<name>\w+)" """, RegexOptions.ExplicitCapture)]
    private static partial Regex ResourceName();
}
