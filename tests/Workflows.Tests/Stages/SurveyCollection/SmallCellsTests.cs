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

    /// <summary>How two questions were answered together: yes to both, to one, to none.</summary>
    private sealed record Joint(int Both, int First, int Second, int None);

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
        Show(new Split(yes, answers - yes, 0)).ShouldBe(new SurveyFigures.Bands(band, YesBand.FewerThanHalf));

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
        var answers = Enumerable.Repeat(new SurveyAnswer(true, false), 6).Concat(Enumerable.Repeat(new SurveyAnswer(null, true), 5));
        SmallCells.Show([.. answers]).ShouldBe(new SurveyFigures.Figures(11, new YesFigure.Exactly(6, 55), new YesFigure.Exactly(5, 45)));
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

    [Fact]
    public void No_small_cell_of_two_questions_together_can_be_told_from_what_is_shown()
    {
        foreach (var alike in JointsOf(5).Concat(JointsOf(9)).Concat(JointsOf(10)).Concat(JointsOf(15)))
        {
            ShouldNotTell(alike, joint => joint.Both);
            ShouldNotTell(alike, joint => joint.First);
            ShouldNotTell(alike, joint => joint.Second);
            ShouldNotTell(alike, joint => joint.None);
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

    // So what holds of one question in all its splits holds of both.
    [Fact]
    public void What_one_question_shows_does_not_depend_on_the_other() =>
        Prop.ForAll(Surveys.ToArbitrary(), answers => FirstOf(answers).Equals(FirstOf(WithoutSecond(answers))))
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

    private static ILookup<SurveyFigures, Joint> JointsOf(int answers) =>
        (from both in Enumerable.Range(0, answers + 1)
         from first in Enumerable.Range(0, answers - both + 1)
         from second in Enumerable.Range(0, answers - both - first + 1)
         select new Joint(both, first, second, answers - both - first - second)).ToLookup(Show);

    private static SurveyFigures Show(Split split) => SmallCells.Show([.. split.Each().Select(answer => new SurveyAnswer(answer, null))]);

    private static SurveyFigures Show(Joint joint) => SmallCells.Show(
    [
        .. Enumerable.Repeat(new SurveyAnswer(true, true), joint.Both),
        .. Enumerable.Repeat(new SurveyAnswer(true, false), joint.First),
        .. Enumerable.Repeat(new SurveyAnswer(null, true), joint.Second),
        .. Enumerable.Repeat(new SurveyAnswer(false, null), joint.None),
    ]);

    private static YesFigure FigureOf(int answers, int yes) =>
        Show(new Split(yes, answers - yes, 0)).ShouldBeOfType<SurveyFigures.Figures>().LocalFacilitationValued;

    private static SurveyAnswer[] WithoutSecond(SurveyAnswer[] answers) =>
        [.. answers.Select(answer => answer with { WantsMoreSessions = null })];

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
           select new SurveyAnswer(valued, more),
    ];
}
