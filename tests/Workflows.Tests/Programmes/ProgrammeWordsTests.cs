using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Texts;

namespace Cohesion.Workflows.Tests.Programmes;

/// <summary>Words of a programme's own in its letters.</summary>
public sealed partial class ProgrammeWordsTests
{
    private const string List = "functions/Workflows/Programmes/letter-texts.txt";
    private const string Stages = "functions/Workflows/Stages";
    private const string Ask = "attendance.LastReminderSubject";

    [Fact]
    public void Every_text_that_a_letter_names_is_on_the_list()
    {
        var named = string.Join('\n', Named()) + "\n";
        if (Repository.Approves)
        {
            File.WriteAllText(Repository.PathOf(List), named);
        }

        File.ReadAllText(Repository.PathOf(List)).ReplaceLineEndings("\n").ShouldBe(named, $"Write {List} anew: {Repository.Approve}=1");
    }

    [Fact]
    public void Every_delivered_text_could_be_a_programme_s_own()
    {
        ProgrammeWords.Names.Count.ShouldBeGreaterThan(200);
        ProgrammeWords.Names.Where(name => ProgrammeWords.Problem(name, ProgrammeWords.Delivered(name)!) is not null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Ask, "{0}: come by {1}", null)]
    [InlineData(Ask, "{0}: come", "Keep {1}: what belongs there is put in when the letter is written.")]
    [InlineData(Ask, "{0} {1} {2}", "Take {2} out: nothing can be put in there.")]
    [InlineData(Ask, "{0} {1} {name}", "Use { and } only as the delivered words have them.")]
    [InlineData(Ask, "{0} {1} }", "Use { and } only as the delivered words have them.")]
    [InlineData(Ask, "{0} {0:day|days} {1}", null)]
    [InlineData(Ask, "{0} date{0:s} {1}", "Use { and } only as the delivered words have them.")]
    [InlineData(Ask, "{0:s} {1}", "Use { and } only as the delivered words have them.")]
    [InlineData(Ask, "{0} {0:a|b|c} {1}", "Use { and } only as the delivered words have them.")]
    [InlineData(Ask, "{0}, {1}: a dinner session that you will remember", "This subject is")]
    [InlineData("attendance.SeatChange", " ", "Use 1 to 600 characters.")]
    [InlineData("attendance.NoSuch", "Words", "There is no such text.")]
    [InlineData("nothing", "Words", "There is no such text.")]
    public void Words_that_a_letter_cannot_be_written_in_are_refused(string name, string own, string? problem) =>
        (ProgrammeWords.Problem(name, own) ?? "").ShouldStartWith(problem ?? "");

    [Fact]
    public async Task They_stand_for_the_delivered_ones_where_they_are_in_force_and_nowhere_else()
    {
        var own = ImmutableSortedDictionary<string, string>.Empty.Add(Ask, "{0}: come by {1}");
        var delivered = AttendanceTexts.LastReminderSubject;
        var wording = new Wording(own);
        (await ProgrammeWords.In(wording, () => Task.FromResult(AttendanceTexts.LastReminderSubject + WrapUpTexts.Next))).ShouldBe(own[Ask] + WrapUpTexts.Next);
        AttendanceTexts.LastReminderSubject.ShouldBe(delivered);
        wording.Asked.ShouldBe([Ask, "wrap-up.Next"], ignoreOrder: true);
    }

    [Fact]
    public async Task Two_programmes_letters_are_written_at_once_each_in_its_own()
    {
        var texts = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => ProgrammeWords.In(
            new Wording(ImmutableSortedDictionary<string, string>.Empty.Add(Ask, $"{i}")),
            async () =>
            {
                await Task.Yield();
                return AttendanceTexts.LastReminderSubject;
            }))));
        texts.ShouldBe(Enumerable.Range(0, 20).Select(i => $"{i}"));
    }

    /// <summary>In the order of the stages, and of their files.</summary>
    private static IEnumerable<string> Named()
    {
        var sources = Repository.Files(Stages, "*.cs").Where(file => Writers().IsMatch(file)).Select(file => File.ReadAllText(Repository.PathOf(file))).ToList();
        foreach (var (stage, texts) in CommunityCycle.Stages.Select(stage => (stage.Id.Value, Class(stage.Id))).Append((ProgrammeWords.EveryStage, "StageTexts")))
        {
            var named = sources.SelectMany(source => Regex.Matches(source, $@"\b{texts}\.(\w+)").Select(match => match.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
            var file = Repository.Files(Stages, $"{texts}.resx").Single();
            foreach (Match name in Regex.Matches(File.ReadAllText(Repository.PathOf(file)), """<data name="(\w+)" """).Where(match => named.Contains(match.Groups[1].Value)))
            {
                yield return $"{stage}.{name.Groups[1].Value}";
            }
        }
    }

    private static string Class(StageId stage) => string.Concat(stage.Value.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..])) + "Texts";

    [GeneratedRegex(@"(Letters(\.\w+)?|Words)\.cs$", RegexOptions.ExplicitCapture)]
    private static partial Regex Writers();
}
