using System.Net;
using AngleSharp.Html.Dom;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

public sealed class KickOffTests : OnAHost
{
    [Fact]
    public async Task Every_bad_line_is_named_and_nothing_starts()
    {
        await Start(("participants", ["Eve Stone, eve@clinic.example\nno address\nFlo, flo-at-clinic\n, gus@clinic.example"]));

        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Coordinator.Browser.Text.ShouldContain("Line 2: The e-mail address is missing.");
        Coordinator.Browser.Text.ShouldContain("Line 3: “flo-at-clinic” is no e-mail address.");
        Coordinator.Browser.Text.ShouldContain("Line 4: The name is missing.");
        await Coordinator.Browser.Open("/");
        Coordinator.Browser.Text.ShouldContain("No community has been started yet.");
    }

    [Fact]
    public async Task An_uploaded_list_takes_the_place_of_the_typed_one_and_stays_to_be_mended()
    {
        await Coordinator.Browser.Open("/cycles/new");
        var bad = "Name;E-mail\nZoë Brûlé;zoe@clinic.example\nno address;"u8.ToArray();
        await Coordinator.Browser.PressWithFile("Start", "participants-file", bad, CedarInlet.Form);
        Coordinator.Browser.Text.ShouldContain("Line 3: The e-mail address is missing.");
        Coordinator.Browser.Page.QuerySelector("[name=participants]")!.TextContent.ShouldContain("Zoë Brûlé;zoe@clinic.example");

        await Coordinator.Browser.Press("Start", [.. CedarInlet.Form.Where(field => field.Field != "participants"), ("participants", ["Name;E-mail\nZoë Brûlé;zoe@clinic.example"])]);
        Coordinator.Browser.Text.ShouldContain("Zoë Brûlé");
        Coordinator.Browser.Text.ShouldNotContain("Eve Stone");
    }

    [Fact]
    public async Task A_form_that_is_too_large_to_be_read_says_so()
    {
        await Coordinator.Browser.Open("/cycles/new");
        await Coordinator.Browser.Press("Start", [.. CedarInlet.Form.Where(field => field.Field != "participants"), ("participants", [new string('x', 5 * 1024 * 1024)])]);
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        Coordinator.Browser.Text.ShouldContain("That was too much");
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused()
    {
        await Coordinator.Browser.Open("/cycles/new");
        await Coordinator.Browser.PressWithFile("Start", "participants-file", new byte[1024 * 1024 + 1], CedarInlet.Form);
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Coordinator.Browser.Text.ShouldContain("The file is larger than one megabyte.");
    }

    [Fact]
    public async Task Nothing_starts_until_somebody_says_that_the_names_may_be_shared()
    {
        await Start(("authority", []));
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Coordinator.Browser.Text.ShouldContain("Please confirm that you may share these names");
    }

    [Fact]
    public async Task Two_names_at_one_address_are_asked_about_and_confirmed_as_two()
    {
        await Start(("shared", []));
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Coordinator.Browser.Text.ShouldContain("office@clinic.example stands beside several names: Eve Stone and Flo Mercier.");
        await Coordinator.Browser.Press("Start", ("shared", ["office@clinic.example"]));
        Coordinator.Browser.Text.ShouldContain("Flo Mercier");
        Coordinator.Browser.Path.ShouldStartWith("/cycles/");
    }

    [Fact]
    public async Task What_was_typed_stays()
    {
        await Start(("community", ["xʷməθkʷəy̓əm & \"Sons\""]), ("zone", ["Mars/Olympus"]));

        Coordinator.Browser.Page.QuerySelector("[name=community]")!.GetAttribute("value").ShouldBe("xʷməθkʷəy̓əm & \"Sons\"");
        Coordinator.Browser.Page.QuerySelector("[name=facilitators]")!.TextContent.ShouldContain("Ada Wong, ada@clinic.example");
        Coordinator.Browser.Text.ShouldContain("Choose the community's time zone.");
    }

    [Fact]
    public async Task Who_was_signed_out_while_they_typed_signs_in_elsewhere_and_starts_what_they_typed()
    {
        var form = await TypeAndBeSignedOut();
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.Unauthorized);
        Coordinator.Browser.Text.ShouldContain("Everything you typed is still here");
        Coordinator.Browser.Path.ShouldBe("/cycles/new");
        form.QuerySelector("[name=participants]")!.TextContent.ShouldContain("Eve Stone");

        await Coordinator.Browser.PressOn(form, "Start");
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.Unauthorized);
        await Coordinator.Browser.Open(await Host.WayIn());
        await Coordinator.Browser.Press("Sign in");
        Coordinator.Browser.Text.ShouldContain("No community has been started yet.");
        await Coordinator.Browser.PressOn(form, "Start");
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.Conflict);
        await Coordinator.Browser.Press("Start");
        Coordinator.Browser.Path.ShouldStartWith("/cycles/");
        Coordinator.Browser.Text.ShouldContain("Eve Stone");
    }

    [Fact]
    public async Task What_was_typed_by_who_was_signed_out_is_kept_by_their_page_alone()
    {
        var before = await Everyone();
        await TypeAndBeSignedOut();
        (await Everyone()).ShouldBe(before);
    }

    [Fact]
    public async Task A_form_of_a_stranger_s_page_is_neither_started_nor_shown()
    {
        await Coordinator.Browser.Post("/cycles/new", [.. CedarInlet.Form.SelectMany(field => field.Values.Select(value => (field.Field, value)))]);
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.BadRequest);
        Coordinator.Browser.Text.ShouldNotContain("Eve Stone");
        (await Coordinator.Browser.Open("/")).Text.ShouldContain("No community has been started yet.");
    }

    [Fact]
    public async Task A_line_that_repeats_another_is_said_to_count_once()
    {
        await Start(("participants", ["Eve Stone, eve@clinic.example\nGus, gus@clinic.example\neve  stone; EVE@clinic.example"]), ("phone", ["none"]));
        Coordinator.Browser.Text.ShouldContain("Line 3 repeats line 1; counted once.");
        await Coordinator.Browser.Press("Start", ("phone", ["250 555 0100"]));
        Coordinator.Browser.Text.ShouldContain("Primary-care providers to invite: Line 3 repeats line 1; counted once.");
    }

    [Theory]
    [InlineData("call the office", false)]
    [InlineData("555-010", false)]
    [InlineData("250 555 0100 <b>", false)]
    [InlineData("555-0100", true)]
    [InlineData("+1 (250) 555-0100 ext. 12", true)]
    [InlineData("250.555.0100 x12", true)]
    public async Task A_phone_number_is_one_that_people_can_call(string phone, bool isOne)
    {
        await Start(("phone", [phone]));
        Coordinator.Browser.Text.Contains("This is no phone number.", StringComparison.Ordinal).ShouldBe(!isOne);
        await Start(("coach-phone", [phone]));
        Coordinator.Browser.Text.Contains("This is no phone number.", StringComparison.Ordinal).ShouldBe(!isOne);
        Coordinator.Browser.Path.StartsWith("/cycles/new", StringComparison.Ordinal).ShouldBe(!isOne);
    }

    [Fact]
    public async Task The_same_form_twice_starts_one_community()
    {
        await Coordinator.Browser.Open("/cycles/new");
        var form = Coordinator.Browser.Page;
        await Coordinator.Start(CedarInlet.Form);
        var first = Coordinator.Cycle;

        await Coordinator.Browser.PressOn(form, "Start", CedarInlet.Form);

        Coordinator.Browser.Path.ShouldBe(first);
        await FirstMorning();
        await Coordinator.Browser.Open("/cycles");
        Coordinator.Browser.Page.QuerySelectorAll("td a").Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_form_with_other_content_is_refused_with_a_fresh_form()
    {
        await Coordinator.Browser.Open("/cycles/new");
        var form = Coordinator.Browser.Page;
        await Coordinator.Start(CedarInlet.Form);

        await Coordinator.Browser.PressOn(form, "Start", [.. CedarInlet.Form, ("community", ["Elk Pass"])]);
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.Conflict);
        await Coordinator.Browser.Press("Start");

        Coordinator.Browser.Path.ShouldStartWith("/cycles/");
        Coordinator.Browser.Path.ShouldNotBe(Coordinator.Cycle);
    }

    [Fact]
    public async Task Two_names_at_one_address_are_two_people_and_one_name_twice_is_one()
    {
        await Start(("participants", ["Eve Stone, office@clinic.example\nFlo Mercier, office@clinic.example\neve  stone; OFFICE@clinic.example"]));

        Coordinator.Browser.Page.QuerySelectorAll("td").Count(cell => cell.TextContent == "participant").ShouldBe(2);
    }

    [Theory]
    [InlineData("🩺 Dr Zoë O'Brien-Šimůnková")]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("<script>alert(1)</script>")]
    public async Task A_name_is_shown_as_it_was_typed(string name)
    {
        await Start(("participants", [$"{name}, eve@clinic.example"]));

        Coordinator.Browser.Page.QuerySelectorAll("td").ShouldContain(cell => cell.TextContent == name);
    }

    private async Task<IHtmlDocument> TypeAndBeSignedOut()
    {
        await Coordinator.Browser.Open("/cycles/new");
        var form = Coordinator.Browser.Page;
        await Coordinator.Browser.Press("Sign out");
        await Coordinator.Browser.PressOn(form, "Start", CedarInlet.Form);
        return Coordinator.Browser.Page;
    }

    private async Task<IReadOnlyList<string>> Everyone()
    {
        var store = (SqliteRecordStore)Records;
        var all = (await store.Partitions()).ToAsyncEnumerable().SelectMany(partition => store.All(RowRange.Whole(partition)));
        return await all.Select(row => $"{row.Key} {row.ETag}").ToListAsync();
    }
}
