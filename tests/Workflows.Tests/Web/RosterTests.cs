using System.Text;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Tests.Web;

/// <summary>What people really paste and upload.</summary>
public sealed class RosterTests
{
    private static readonly TypedPerson[] AdaAndGus = [new("Ada Wong", "ada@clinic.example"), new("Gus xʷməθkʷəy̓əm", "gus@clinic.example")];

    [Theory]
    [InlineData("Name,Email\nAda Wong,ada@clinic.example\nGus xʷməθkʷəy̓əm,gus@clinic.example")]
    [InlineData("E-mail address;Clinic;Full name\nada@clinic.example;North;Ada Wong\ngus@clinic.example;;Gus xʷməθkʷəy̓əm\n")]
    [InlineData("Last name\tFirst name\tE-Mail\nWong\tAda\tada@clinic.example\nxʷməθkʷəy̓əm\tGus\tgus@clinic.example")]
    [InlineData("PROVIDER , MAIL\r\n\"Ada Wong\" , ada@clinic.example\r\n\r\nGus xʷməθkʷəy̓əm,gus@clinic.example\r\n")]
    public void A_table_has_its_columns_in_any_order_under_any_usual_name(string table) =>
        Roster.Read(table).People.ShouldBe(AdaAndGus);

    [Fact]
    public void A_quoted_field_may_hold_what_stands_between_fields() =>
        Roster.Read("name,email\n\"Wong, Ada \"\"Addie\"\"\",ada@clinic.example").People.ShouldBe([new("Wong, Ada \"Addie\"", "ada@clinic.example")]);

    [Fact]
    public void Every_bad_line_of_a_table_is_named_with_its_number()
    {
        var roster = Roster.Read("name,email\nAda Wong,ada@clinic.example\nBo Li\n\n,kim@psp.example\nDov,dov-at-clinic");
        roster.Problems.Select(problem => problem[..7]).ShouldBe(["Line 3:", "Line 5:", "Line 6:"]);
    }

    [Fact]
    public void The_same_person_twice_is_one_and_two_names_at_one_address_are_two() =>
        Roster.Read("Ada Wong, office@clinic.example\nada wong, OFFICE@clinic.example\nBo Li, office@clinic.example").People.Count.ShouldBe(2);

    [Fact]
    public void A_line_that_repeats_another_is_named_with_both_numbers() =>
        Roster.Read("Ada Wong, ada@clinic.example\n\nBo Li, bo@clinic.example\nBO LI; bo@clinic.example\nada wong\tADA@clinic.example")
            .Repeats.ShouldBe(["Line 4 repeats line 3; counted once.", "Line 5 repeats line 1; counted once."]);

    [Fact]
    public void Several_as_a_mail_program_copies_them_may_stand_on_one_line() =>
        Roster.Read("\"Wong, Ada\" <ada@clinic.example>; Gus xʷməθkʷəy̓əm <gus@clinic.example>\nBo Li, bo@clinic.example").People
            .ShouldBe([AdaAndGus[0], AdaAndGus[1], new("Bo Li", "bo@clinic.example")]);

    [Fact]
    public void A_long_line_is_read_at_once()
    {
        var line = string.Concat(Enumerable.Repeat("Ada <ada@clinic.example> ; ", 5_000));
        Roster.Read(line).People.Count.ShouldBe(1);
        Roster.Read(line + "and so on").Problems.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Pia B pia@x.example", "Line 1: A comma is missing between the name and the e-mail address. Write: Pia B, pia@x.example")]
    [InlineData("pia@x.example Pia B", "Line 1: A comma is missing between the name and the e-mail address. Write: Pia B, pia@x.example")]
    [InlineData("B, Pia pia@x.example", "Line 1: A comma is missing between the name and the e-mail address. Write: B, Pia, pia@x.example")]
    [InlineData("Hana O'Neil hana@clinic", "Line 1: “hana@clinic” is no e-mail address. Write: name, e-mail address.")]
    [InlineData("pia@x.example", "Line 1: The name is missing. Write: name, e-mail address.")]
    [InlineData("Pia, pia@x.example bo@x.example", "Line 1: “pia@x.example bo@x.example” is no e-mail address. Write: name, e-mail address.")]
    public void A_line_is_told_what_is_wrong_with_it(string line, string said) => Roster.Read(line).Problems.ShouldBe([said]);

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\"), ada@clinic.example")]
    [InlineData("-1+1, ada@clinic.example")]
    [InlineData("👩🏽‍⚕️ Ada, ada@clinic.example")]
    public void What_looks_odd_is_a_name_all_the_same(string line) => Roster.Read(line).People.Single().Address.ShouldBe("ada@clinic.example");

    public static TheoryData<string> Encodings() => ["utf-8", "utf-8 marked", "utf-16", "utf-16 big-endian"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_file_is_read_in_the_encodings_that_programs_save(string encoding)
    {
        const string text = "name,email\nGus xʷməθkʷəy̓əm,gus@clinic.example";
        byte[] bytes = encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8 marked" => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)],
            "utf-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)],
            _ => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(text)],
        };
        RosterFile.Decode(bytes).ShouldBe(text);
    }

    [Fact]
    public void A_file_of_an_older_Excel_is_read_too() =>
        RosterFile.Decode(Encoding.Latin1.GetBytes("Zoë Brûlé, zoe@clinic.example")).ShouldBe("Zoë Brûlé, zoe@clinic.example");

    [Theory]
    [InlineData("", "ada@x.example", "The name is missing.")]
    [InlineData("Ada", "", "The e-mail address is missing.")]
    [InlineData("Ada", "ada@", "“ada@” is no e-mail address.")]
    public void Two_fields_are_no_line(string name, string address, string said) => Roster.Check(name, address).ShouldBe(said);
}
