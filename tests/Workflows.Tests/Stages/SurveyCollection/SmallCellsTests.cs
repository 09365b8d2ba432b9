using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.SurveyCollection;
using FsCheck;
using FsCheck.Fluent;

namespace Cohesion.Workflows.Tests.Stages.SurveyCollection;

public sealed class SmallCellsTests
{
    /// <summary>How one question was answered.</summary>
    private sealed record Split(int Yes, int No, int Open)
    {
        public int Answers => Yes + No + Open;

        public IEnumerable<bool?> Each() =>
            [.. Enumerable.Repeat<bool?>(true, Yes), .. Enumerable.Repeat<bool?>(false, No), .. Enumerable.Repeat<bool?>(null, Open)];
    }

    // Every way in which up to 30 people can answer one question, by what somebody sees who also knows how many answered.
    private static readonly ILookup<(int, SurveyFigures), Split> Shown =
        (from answers in Enumerable.Range(0, 31)
         from yes in Enumerable.Range(0, answers + 1)
         from no in Enumerable.Range(0, answers - yes + 1)
         select new Split(yes, no, answers - yes - no)).ToLookup(split => (split.Answers, Show(split)));

    [Fact]
    public void Fewer_than_five_answers_show_nothing_but_that() =>
        Enumerable.Range(0, 5).ShouldAllBe(answers => Show(new Split(answers, 0, 0)) == new SurveyFigures.FewerThanFive());

    [Theory]
    [InlineData(5, 2, YesBand.FewerThanHalf)]
    [InlineData(5, 3, YesBand.HalfOrMore)]
    [InlineData(8, 4, YesBand.HalfOrMore)]
    [InlineData(9, 4, YesBand.FewerThanHalf)]
    [InlineData(9, 9, YesBand.HalfOrMore)]
    public void Five_to_nine_answers_show_bands(int answers, int yes, YesBand band) =>
        Show(new Split(yes, answers - yes, 0)).ShouldBeOfType<SurveyFigures.Bands>().LocalFacilitationValued.ShouldBe(band);

    [Theory]
    [InlineData(10, 5, 50)]
    [InlineData(12, 7, 58)]
    [InlineData(18, 13, 72)]
    [InlineData(200, 125, 63)]
    public void Ten_answers_and_more_show_figures(int answers, int yes, int percent) =>
        FigureOf(answers, yes).ShouldBe(new YesFigure.Exactly(yes, percent));

    [Theory]
    [InlineData(10, 9, 6, 60)]
    [InlineData(10, 10, 6, 60)]
    [InlineData(18, 14, 14, 77)]
    [InlineData(200, 200, 196, 98)]
    public void When_nearly_all_said_yes_only_at_least_how_many_is_shown(int answers, int yes, int atLeast, int percent) =>
        FigureOf(answers, yes).ShouldBe(new YesFigure.AtLeast(atLeast, percent));

    [Theory]
    [InlineData(10, 0)]
    [InlineData(200, 4)]
    public void When_few_said_yes_only_that_is_shown(int answers, int yes) =>
        FigureOf(answers, yes).ShouldBe(new YesFigure.FewerThanFive());

    [Fact]
    public void Each_question_shows_its_own_answers()
    {
        var answers = Enumerable.Repeat(new SurveyAnswer(true, false, true, true), 6).Concat(Enumerable.Repeat(new SurveyAnswer(null, true, true, null), 5));
        SmallCells.Show([.. answers]).ShouldBe(new SurveyFigures.Figures(
            11, new YesFigure.Exactly(6, 55), new YesFigure.Exactly(5, 45), new YesFigure.AtLeast(7, 63), new YesFigure.Exactly(6, 55)));
        SmallCells.Show([.. answers.Take(7)]).ShouldBe(new SurveyFigures.Bands(YesBand.HalfOrMore, YesBand.FewerThanHalf, YesBand.HalfOrMore, YesBand.HalfOrMore));
    }

    [Fact]
    public void What_people_wrote_is_shown_in_the_order_of_its_letters_where_five_wrote_something()
    {
        var wrote = new[] { "Sleep", "ADHD", "Pain", "Sleep", null }.Select(topic => new SurveyAnswer(true, null, TopicWanted: topic)).ToList();
        SmallCells.ShowWords(wrote, SurveyQuestions.TopicWanted).ShouldBeEmpty();
        wrote.Add(new SurveyAnswer(true, null, TopicWanted: "Grief", Barriers: "Time"));
        SmallCells.ShowWords(wrote, SurveyQuestions.TopicWanted).ShouldBe(["ADHD", "Grief", "Pain", "Sleep", "Sleep"]);
        SmallCells.ShowWords(wrote, SurveyQuestions.Barriers).ShouldBeEmpty();
    }

    [Fact]
    public void No_small_cell_can_be_told_from_what_is_shown()
    {
        foreach (var alike in Shown)
        {
            ShouldNotTell(alike, split => split.Yes);
            ShouldNotTell(alike, split => split.No);
            ShouldNotTell(alike, split => split.Open);
            ShouldNotTell(alike, split => split.No + split.Open);
        }
    }

    // Every way in which people answer several questions together: of each set of questions, how many said yes to just these.
    [Theory]
    [InlineData(2, 5)]
    [InlineData(2, 9)]
    [InlineData(2, 10)]
    [InlineData(2, 15)]
    [InlineData(3, 5)]
    [InlineData(3, 9)]
    [InlineData(3, 10)]
    [InlineData(4, 5)]
    public void No_small_cell_of_several_questions_together_can_be_told_from_what_is_shown(int questions, int answers)
    {
        var possible = new Dictionary<SurveyFigures, (int Least, int Most)[]>();
        foreach (var joint in Splits(answers, 1 << questions))
        {
            var cells = CellsOf(joint, questions);
            var shown = SmallCells.Show(AnswersOf(joint));
            possible[shown] = possible.TryGetValue(shown, out var before)
                ? [.. before.Zip(cells, (one, cell) => (Math.Min(one.Least, cell), Math.Max(one.Most, cell)))]
                : [.. cells.Select(cell => (cell, cell))];
        }

        foreach (var (shown, cells) in possible)
        {
            cells.ShouldAllBe(cell => cell.Least != cell.Most || cell.Least < 1 || cell.Least > 4, $"{shown}");
        }
    }

    // All four questions by how many said yes to each: of so many, a cell of several questions may be anything from the least to
    // the most that sets of such sizes can have in common, and both occur.
    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(13)]
    [InlineData(16)]
    public void Nor_of_all_four_questions(int answers)
    {
        var yes = Enumerable.Range(0, answers + 1).ToLookup(count => FigureOrBand(answers, count));
        foreach (var shown in Splits(4, yes.Count).Select(split => yes.SelectMany((alike, i) => Enumerable.Repeat(alike.ToList(), split[i])).ToList()))
        {
            foreach (var (asked, isYes) in Patterns(4))
            {
                var sizes = asked.Select(question => shown[question].ConvertAll(count => isYes(question) ? count : answers - count)).ToList();
                var least = Math.Max(0, sizes.Sum(size => size.Min()) - (asked.Count - 1) * answers);
                var most = sizes.Min(size => size.Max());
                (least == most && least is >= 1 and <= 4).ShouldBeFalse();
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_knows_one_answer_cannot_tell_that_all_others_said_yes_or_that_none_did(bool itIsYes)
    {
        foreach (var alike in Shown.Where(alike => alike.Key.Item1 > 1))
        {
            var possible = alike.Select(split => (Others: split.Answers - 1, Yes: split.Yes - (itIsYes ? 1 : 0)))
                .Where(others => others.Yes >= 0 && others.Yes <= others.Others)
                .ToList();
            possible.All(others => others.Yes == others.Others).ShouldBeFalse($"{alike.Key}");
            possible.All(others => others.Yes == 0).ShouldBeFalse($"{alike.Key}");
        }
    }

    // So what holds of one question in all its splits holds of each.
    [Fact]
    public void What_one_question_shows_does_not_depend_on_the_others() =>
        Prop.ForAll(Surveys.ToArbitrary(), answers => FirstOf(answers).Equals(FirstOf(WithoutOthers(answers))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_shown_does_not_depend_on_the_order_of_the_answers() =>
        Prop.ForAll(Surveys.ToArbitrary(), answers => SmallCells.Show(answers) == SmallCells.Show([.. answers.Reverse()]))
            .QuickCheckThrowOnFailure();

    private static void ShouldNotTell<T>(IEnumerable<T> alike, Func<T, int> cell)
    {
        var possible = alike.Select(cell).Distinct().ToList();
        (possible.Count == 1 && possible[0] is >= 1 and <= 4).ShouldBeFalse($"{alike.First()} tells a cell of {possible[0]}");
    }

    /// <summary>Every way to put so many into so many cells.</summary>
    private static IEnumerable<int[]> Splits(int all, int cells) => cells == 1
        ? [[all]]
        : Enumerable.Range(0, all + 1).SelectMany(first => Splits(all - first, cells - 1).Select(rest => (int[])[first, .. rest]));

    private static SurveyAnswer[] AnswersOf(int[] joint) =>
        [.. joint.SelectMany((count, yesTo) => Enumerable.Repeat(new SurveyAnswer(Is(yesTo, 0), Is(yesTo, 1), Is(yesTo, 2), Is(yesTo, 3)), count))];

    private static bool? Is(int yesTo, int question) => (yesTo >> question & 1) == 1 ? true : null;

    /// <summary>Of every cell of every table: for each question yes, not yes, or either.</summary>
    private static int[] CellsOf(int[] joint, int questions) =>
    [
        .. Patterns(questions).Select(pattern =>
            joint.Where((_, yesTo) => pattern.Asked.TrueForAll(question => pattern.IsYes(question) == ((yesTo >> question & 1) == 1))).Sum()),
    ];

    private static IEnumerable<(List<int> Asked, Func<int, bool> IsYes)> Patterns(int questions) =>
        from asked in Enumerable.Range(1, (1 << questions) - 1)
        from yes in Enumerable.Range(0, 1 << questions)
        where (yes & ~asked) == 0
        select (Enumerable.Range(0, questions).Where(question => (asked >> question & 1) == 1).ToList(), new Func<int, bool>(question => (yes >> question & 1) == 1));

    private static object FigureOrBand(int answers, int yes) => Show(new Split(yes, answers - yes, 0)) switch
    {
        SurveyFigures.Bands bands => bands.LocalFacilitationValued,
        SurveyFigures.Figures figures => figures.LocalFacilitationValued,
        var figures => figures,
    };

    private static SurveyFigures Show(Split split) => SmallCells.Show([.. split.Each().Select(answer => new SurveyAnswer(answer, null))]);

    private static YesFigure FigureOf(int answers, int yes) =>
        Show(new Split(yes, answers - yes, 0)).ShouldBeOfType<SurveyFigures.Figures>().LocalFacilitationValued;

    private static SurveyAnswer[] WithoutOthers(SurveyAnswer[] answers) =>
        [.. answers.Select(answer => new SurveyAnswer(answer.LocalFacilitationValued, null))];

    private static object FirstOf(SurveyAnswer[] answers) => SmallCells.Show(answers) switch
    {
        SurveyFigures.Bands bands => bands.LocalFacilitationValued,
        SurveyFigures.Figures shown => (shown.Answers, shown.LocalFacilitationValued),
        var figures => figures,
    };

    private static Gen<SurveyAnswer[]> Surveys =>
        from count in Gen.Choose(0, 40)
        from answers in Gen.ArrayOf(Gen.Elements(Answers), count)
        select answers;

    private static readonly SurveyAnswer[] Answers =
    [
        .. from valued in new bool?[] { true, true, true, false, null }
           from more in new bool?[] { true, false, null }
           from met in new bool?[] { true, null }
           select new SurveyAnswer(valued, more, met, !met),
    ];
}
