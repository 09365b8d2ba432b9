using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Programmes;

namespace Cohesion.Workflows.Tests.Programmes;

/// <summary>A programme as the fields of a form.</summary>
public sealed class ProgrammeInputTests
{
    private static readonly ProgrammeFiles Delivered = ProgrammeFiles.Load(Path.Combine(AppContext.BaseDirectory, "Programmes"));

    private static readonly Programme Adult = Delivered.Find("adult-mental-health")!;

    public static TheoryData<string> Paths() => [.. ProgrammeShape.Leaves(ProgrammeShape.Fields).Where(field => field.Kind != FieldKind.List).Select(field => field.Path)];

    [Fact]
    public void What_is_not_changed_comes_back_as_it_was()
    {
        foreach (var programme in Delivered.All)
        {
            var (typed, problems) = ProgrammeInput.Of(programme).Read(programme);
            problems.ShouldBeEmpty();
            Json.Write(typed!).ShouldBe(Json.Write(programme));
        }
    }

    /// <summary>Who adds a value to the policy need not think of the page.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_value_can_be_edited_and_shows_as_changed(string path)
    {
        var field = ProgrammeShape.Leaves(ProgrammeShape.Fields).Single(one => one.Path == path);
        var before = Full();
        var other = field.Kind switch
        {
            FieldKind.Number => (int.Parse(before[path], System.Globalization.CultureInfo.InvariantCulture) + (before[path].StartsWith('-') ? -1 : 1)).ToString(System.Globalization.CultureInfo.InvariantCulture),
            FieldKind.YesNo => before.Says(path) ? "" : "true",
            FieldKind.Time => "08:15",
            FieldKind.Address => "https://elsewhere.example/",
            _ => before[path] + " and more",
        };
        var (was, _) = before.Read(Adult);
        var (typed, problems) = With(before, (path, other)).Read(Adult);
        problems.ShouldBeEmpty();
        ProgrammeChanges.Between(was!, typed!).Single().Label.ShouldBe(FieldWords.Whole(field));
    }

    [Fact]
    public void Every_value_of_the_policy_has_a_field()
    {
        var fields = ProgrammeShape.Leaves(ProgrammeShape.Fields).Select(field => field.Path).ToHashSet(StringComparer.Ordinal);
        Full().Values.Keys.Select(path => path.Split('[')[0]).Where(path => path != "id").Except(fields).ShouldBeEmpty();
        fields.Count.ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData("policy.attendance.minimum", "", "Give a whole number.")]
    [InlineData("policy.attendance.minimum", "six", "Give a whole number.")]
    [InlineData("policy.attendance.minimum", "9999", "Use 0 to 2000.")]
    [InlineData("policy.attendance.capacity", "0", "Use 1 to 2000.")]
    [InlineData("policy.asksAt", "9 am", "Give a time like 17:00.")]
    [InlineData("policy.attendance.module.address", "somewhere", "Give an address that starts with https://.")]
    [InlineData("policy.attendance.module.address", "http://learning.example", "Give an address that starts with https://.")]
    [InlineData("name", "", "Please use letters and digits on one line.")]
    [InlineData("name", "\u202Eevil", "Please use letters and digits on one line.")]
    public void What_is_wrong_is_told_beside_its_field(string path, string typed, string text) =>
        Problems(With(ProgrammeInput.Of(Adult), (path, typed))).ShouldBe([(path, text)]);

    [Fact]
    public void A_rung_on_the_day_of_another_or_after_the_close_is_told_beside_its_ladder()
    {
        const string Asks = "policy.caseStudySelection.asks";
        Problems(With(ProgrammeInput.Of(Adult), ($"{Asks}[1].day", "8"))).Single().Path.ShouldBe(Asks);
        Problems(With(ProgrammeInput.Of(Adult), ($"{Asks}[1].day", "10"))).ShouldBe([(Asks, "Every mail goes out before day 10, the close.")]);
        Problems(With(ProgrammeInput.Of(Adult), ($"{Asks}[0].day", "5"))).ShouldBe([(Asks, "The first mail is the ask itself, with the id “ask”; those after it are reminders.")]);
    }

    [Fact]
    public void Rungs_are_added_and_taken_out_and_stand_in_the_order_of_their_days()
    {
        const string Asks = "policy.caseStudySelection.asks";
        var typed = Read(With(ProgrammeInput.Of(Adult), ($"{Asks}[1].remove", "true"), ($"{Asks}[3].day", "6")));
        typed.Policy.CaseStudySelection.Asks.ShouldBe([new Rung("ask", 0), new Rung("day-6", 6), new Rung("reminder-2", 8)]);
        var earlier = Read(With(ProgrammeInput.Of(Adult), ("policy.attendance.beforeSession[2].day", "-35")));
        earlier.Policy.Attendance.BeforeSession[0].ShouldBe(new Rung("t-35", -35));
    }

    [Fact]
    public void An_entry_that_is_added_gets_an_id_of_its_own()
    {
        var typed = Read(With(ProgrammeInput.Of(Adult), ("caseStudies[4].title", "Low mood, and alcohol"), ("caseStudies[4].summary", "More.")));
        typed.CaseStudies[4].ShouldBe(new CaseStudy("low-mood-and-alcohol", "Low mood, and alcohol", "More."));
        ProgrammeInput.Slug("Santé mentale – Ado").ShouldBe("sante-mentale-ado");
        ProgrammeInput.Slug("精神").ShouldBe("new");
    }

    [Fact]
    public void What_may_be_left_out_is_left_out_where_all_of_it_is_empty()
    {
        var typed = Read(With(ProgrammeInput.Of(Adult), ("policy.attendance.module.title", ""), ("policy.attendance.module.address", ""), ("policy.attendance.module.minutes", ""), ("postalAddress", "")));
        typed.Policy.Attendance.Module.ShouldBeNull();
        typed.PostalAddress.ShouldBeNull();
        Problems(With(ProgrammeInput.Of(Adult), ("policy.attendance.module.minutes", ""))).ShouldBe([("policy.attendance.module.minutes", "Give a whole number.")]);
    }

    /// <summary>A release can change a text's blanks; letters leave such words out, and they are mended where the texts are.</summary>
    [Fact]
    public void Words_that_no_letter_can_be_written_in_any_more_hold_up_no_number()
    {
        var programme = Adult with { Texts = ImmutableSortedDictionary<string, string>.Empty.Add("attendance.NoSuch", "Words") };
        var (typed, problems) = With(ProgrammeInput.Of(programme), ("policy.attendance.minimum", "8")).Read(programme);
        problems.ShouldBeEmpty();
        typed!.Policy.Attendance.Minimum.ShouldBe(8);
        typed.Texts.ShouldBe(programme.Texts);
    }

    /// <summary>With everything that may be left out.</summary>
    private static ProgrammeInput Full() => ProgrammeInput.Of(Adult with
    {
        Policy = Adult.Policy with
        {
            Attendance = Adult.Policy.Attendance with { Capacity = 30 },
            FacilitatorTraining = Adult.Policy.FacilitatorTraining with { HowToGetIt = "UBC CPD sends it." },
        },
    });

    private static ProgrammeInput With(ProgrammeInput input, params (string Path, string Text)[] typed) =>
        new(input.Values.SetItems(typed.Select(one => KeyValuePair.Create(one.Path, one.Text))));

    private static Programme Read(ProgrammeInput input)
    {
        var (typed, problems) = input.Read(Adult);
        problems.ShouldBeEmpty();
        return typed!;
    }

    private static ImmutableList<(string Path, string Text)> Problems(ProgrammeInput input) => input.Read(Adult).Problems;
}
