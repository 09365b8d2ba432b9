using System.Net;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators.Audit;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>Who signs in does what their role allows, in the communities of their scope, and the audit says it.</summary>
public sealed class AccessTests : OnAHost
{
    [Fact]
    public void What_each_page_needs_is_as_approved() => Approved.Matches("access", string.Join('\n', Routes().Select(route => $"{route.Right,-7} {route.Did}").Order(StringComparer.Ordinal)) + "\n");

    [Fact]
    public void Everything_that_the_audit_notes_has_words() =>
        Routes().Where(route => route.IsNoted && AuditWords.Find(route.Did) is null).Select(route => route.Did).ShouldBeEmpty();

    [Fact]
    public void Every_page_about_a_community_s_people_is_noted() => Routes()
        .Where(route => route.Did.StartsWith("GET /cycles/{id}", StringComparison.Ordinal) && !route.IsNoted)
        .Select(route => route.Did)
        .ShouldBeEmpty();

    [Theory]
    [InlineData("viewer", Right.See)]
    [InlineData("partner", Right.See)]
    [InlineData("coach", Right.People)]
    [InlineData("division-staff", Right.Record)]
    [InlineData("deputy", Right.Run)]
    [InlineData("coordinator", Right.Manage)]
    public async Task A_role_is_refused_what_it_may_not_and_shown_no_form_for_it(string role, Right highest)
    {
        await Start();
        using var browser = await LetIn(role, "Nico Newman");
        var person = (await Host.Services.GetRequiredService<AccountList>().At("robin@division.example")).Single().Id.Value;
        foreach (var route in Routes().Where(route => route.Did.StartsWith("GET ", StringComparison.Ordinal) && !route.Did.Contains(":guid", StringComparison.Ordinal)))
        {
            await browser.Open(route.Did[4..].Replace("{id}", Coordinator.Cycle.Split('/')[^1], StringComparison.Ordinal).Replace("{who}", person, StringComparison.Ordinal));
            (browser.Status == HttpStatusCode.Forbidden).ShouldBe(route.Right > highest, route.Did);
        }

        await browser.Open(Coordinator.Cycle);
        foreach (var form in browser.Page.QuerySelectorAll("form[method=post]").Select(form => form.GetAttribute("action")!))
        {
            var route = Routes().SingleOrDefault(route => route.Did == "POST " + form.Replace(Coordinator.Cycle, "/cycles/{id}", StringComparison.Ordinal));
            ((route?.Right ?? Right.See) <= highest).ShouldBeTrue(form);
        }
    }

    [Fact]
    public async Task A_form_that_a_role_may_not_send_changes_nothing()
    {
        await Start();
        using var viewer = await LetIn("viewer", "Vera Viewer");
        await viewer.Open("/");
        var before = await Everything();
        foreach (var route in Routes().Where(route => route.Did.StartsWith("POST ", StringComparison.Ordinal) && route.Right > Right.See))
        {
            var path = route.Did[5..].Replace("{id}", Coordinator.Cycle.Split('/')[^1], StringComparison.Ordinal).Replace("{who}", "nobody", StringComparison.Ordinal);
            await viewer.Post(path, ("__RequestVerificationToken", viewer.Page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!));
            viewer.Status.ShouldBe(HttpStatusCode.Forbidden, route.Did);
            await viewer.Open("/");
        }

        (await Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task A_viewer_sees_how_a_community_stands_and_nobody_s_name()
    {
        await Start();
        await FirstMorning();
        using var viewer = await LetIn("viewer", "Vera Viewer");
        await viewer.Open(Coordinator.Cycle);
        viewer.Text.ShouldContain("Where it stands");
        CedarInlet.Form.Where(field => field.Field is "participants" or "facilitators").SelectMany(field => field.Values[0].Split('\n')).Select(line => line.Split([';', ',', '\t'])[0].Trim())
            .ShouldAllBe(name => name.Length > 0 && !viewer.Text.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outside_their_scope_a_community_is_not_there()
    {
        await Start();
        using var staff = await LetIn("division-staff", "Sam Staff", ("communities", ["Kootenay Lake"]));
        (await staff.Open("/cycles")).Text.ShouldNotContain("Cedar Inlet");
        (await staff.Open(Coordinator.Cycle)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await staff.Download("/cycles.csv")).ShouldNotContain("Cedar Inlet");

        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Open(Coordinator.Browser.Page.QuerySelector("td a")!.GetAttribute("href")!);
        await Coordinator.Browser.Press("Save", ("communities", ["cedar inlet"]));
        Coordinator.Browser.Text.ShouldContain("Saved. It holds for Sam Staff from now on.");
        (await staff.Open("/cycles")).Text.ShouldContain("Cedar Inlet");
        (await staff.Open(Coordinator.Cycle)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_deputy_of_one_programme_starts_no_community_of_another()
    {
        using var deputy = await LetIn("deputy", "Dana Deputy", ("programme", ["child-and-youth-mental-health"]));
        await deputy.Open("/cycles/new");
        await deputy.Press("Start", CedarInlet.Form);
        deputy.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        deputy.Text.ShouldContain("You may not start sessions in this community.");
    }

    [Fact]
    public async Task Whoever_is_let_in_is_written_to_and_signs_in_by_that_mail()
    {
        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Press("Invite", ("name", ["Vera Viewer"]), ("address", ["vera@partner.example"]), ("role", ["viewer"]), ("communities", ["Cedar Inlet\nKootenay Lake"]));
        await Host.StepTo(Host.Now + NodaTime.Duration.FromMinutes(1));
        var mail = await Coordinator.MailTo("Vera Viewer", "You can sign in to Cohesion Workflows");
        mail.ShouldContain("Robin Marsh lets you sign in as Viewer, for Cedar Inlet and Kootenay Lake.");
        using var viewer = await Coordinator.AsPerson("Vera Viewer", "You can sign in to Cohesion Workflows", "sign-in");
        await viewer.Press("Sign in");
        viewer.Path.ShouldBe("/");
    }

    [Fact]
    public async Task Who_signs_out_everywhere_is_signed_in_in_no_browser()
    {
        using var one = await LetIn("viewer", "Vera Viewer");
        var person = (await Host.Services.GetRequiredService<AccountList>().At("viewer@division.example")).Single();
        using var two = await SitDown().Open(Host.Services.GetRequiredService<Web.Links>().ToSignIn(person, Host.Now).AbsolutePath);
        await two.Press("Sign in");
        await two.Open("/accounts");
        await two.Press("Sign out everywhere");
        (await one.Open("/cycles")).Path.ShouldStartWith("/sign-in");
        (await two.Open("/cycles")).Path.ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task Who_is_let_in_no_more_is_out_at_once()
    {
        using var viewer = await LetIn("viewer", "Vera Viewer");
        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Open(Coordinator.Browser.Page.QuerySelector("td a")!.GetAttribute("href")!);
        await Coordinator.Browser.Press("Let them in no more");
        Coordinator.Browser.Text.ShouldContain("Vera Viewer cannot sign in any more");
        (await viewer.Open("/cycles")).Path.ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task Who_has_communities_to_see_to_or_stands_in_keeps_the_rights_for_it()
    {
        using var second = await LetIn("coordinator", "Cora Second");
        await Start();
        await second.Open("/accounts");
        await second.Open(second.Page.QuerySelectorAll("td a").Single().GetAttribute("href")!);
        var robin = second.Path;
        await second.Press("Let them in no more");
        second.Text.ShouldContain("They coordinate Cedar Inlet");
        await second.Press("Save", ("role", ["viewer"]));
        second.Text.ShouldContain("They coordinate Cedar Inlet");
        await second.Press("Save", ("role", ["coordinator"]), ("communities", ["Kootenay Lake"]));
        second.Text.ShouldContain("They coordinate Cedar Inlet");
        (await second.Open(robin)).Page.QuerySelector("[value=coordinator]")!.HasAttribute("checked").ShouldBeTrue();

        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Press("Save", ("from", ["2027-03-01"]), ("to", ["2027-03-12"]));
        await Coordinator.Browser.Open(Coordinator.Browser.Page.QuerySelector("td a")!.GetAttribute("href")!);
        await Coordinator.Browser.Press("Save", ("role", ["partner"]));
        Coordinator.Browser.Text.ShouldContain("They stand in for Robin Marsh until Fri 12 Mar");
    }

    [Fact]
    public async Task Whose_communities_have_all_ended_can_leave()
    {
        using var second = await LetIn("coordinator", "Cora Second");
        await Start();
        await End();
        await second.Open("/accounts");
        await second.Open(second.Page.QuerySelectorAll("td a").Single().GetAttribute("href")!);
        await second.Press("Let them in no more");
        second.Text.ShouldContain("Robin Marsh cannot sign in any more");
    }

    [Fact]
    public async Task Nobody_is_stood_in_for_by_who_may_not_run_a_community()
    {
        using var viewer = await LetIn("viewer", "Vera Viewer");
        using var deputy = await LetIn("deputy", "Dana Deputy");
        var vera = (await Host.Services.GetRequiredService<AccountList>().At("viewer@division.example")).Single().Id.Value;
        await Coordinator.Browser.Open("/accounts");
        Coordinator.Browser.Page.QuerySelectorAll("[name=deputy] option").Select(option => option.GetAttribute("value")).ShouldNotContain(vera);
        await Coordinator.Browser.Press("Save", ("deputy", [vera]), ("from", ["2027-03-01"]), ("to", ["2027-03-12"]));
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Nobody_is_stood_in_for_by_who_cannot_open_their_communities()
    {
        using var second = await LetIn("coordinator", "Cora Second");
        using var deputy = await LetIn("deputy", "Dana Deputy", ("communities", ["Kootenay Lake"]));
        var dana = (await Host.Services.GetRequiredService<AccountList>().At("deputy@division.example")).Single().Id.Value;
        await Coordinator.Browser.Open("/accounts");
        Coordinator.Browser.Page.QuerySelectorAll("[name=deputy] option").Select(option => option.GetAttribute("value")).ShouldContain(dana);
        await Start();
        await Coordinator.Browser.Open("/accounts");
        Coordinator.Browser.Page.QuerySelectorAll("[name=deputy] option").Select(option => option.GetAttribute("value")).ShouldNotContain(dana);
        await Coordinator.Browser.Press("Save", ("deputy", [dana]), ("from", ["2027-03-01"]), ("to", ["2027-03-12"]));
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Coordinator.Browser.Text.ShouldContain("Dana Deputy cannot open Cedar Inlet.");
    }

    [Fact]
    public async Task Who_stands_in_keeps_the_communities_for_it_and_can_still_be_signed_out()
    {
        using var deputy = await LetIn("deputy", "Dana Deputy", ("communities", ["Cedar Inlet\nKootenay Lake"]));
        await Start();
        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Press("Save", ("from", ["2027-03-01"]), ("to", ["2027-03-12"]));
        await Coordinator.Browser.Open(Coordinator.Browser.Page.QuerySelector("td a")!.GetAttribute("href")!);
        var dana = Coordinator.Browser.Path;
        await Coordinator.Browser.Press("Save", ("communities", ["Kootenay Lake"]));
        Coordinator.Browser.Text.ShouldContain("They stand in for Robin Marsh until Fri 12 Mar");
        await Coordinator.Browser.Open(dana);
        await Coordinator.Browser.Press("Save", ("communities", ["Cedar Inlet"]));
        Coordinator.Browser.Text.ShouldContain("Saved. It holds for Dana Deputy from now on.");
        await Coordinator.Browser.Open(dana);
        await Coordinator.Browser.Press("Sign them out everywhere");
        Coordinator.Browser.Text.ShouldContain("Dana Deputy is signed out everywhere");
    }

    [Fact]
    public async Task Who_is_let_in_again_gets_a_mail_and_is_not_signed_in_where_they_were_before()
    {
        using var before = await LetIn("viewer", "Vera Viewer");
        await Host.StepTo(Host.Now + NodaTime.Duration.FromMinutes(1));
        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Open(Coordinator.Browser.Page.QuerySelector("td a")!.GetAttribute("href")!);
        await Coordinator.Browser.Press("Let them in no more");
        using var now = await LetIn("viewer", "Vera Viewer");
        await Host.StepTo(Host.Now + NodaTime.Duration.FromMinutes(1));
        (await Coordinator.MailsTo("Vera Viewer")).Count.ShouldBe(2);
        (await before.Open("/cycles")).Path.ShouldStartWith("/sign-in");
        (await now.Open("/cycles")).Path.ShouldBe("/cycles");
    }

    [Fact]
    public async Task Of_two_who_take_each_other_s_rights_away_one_comes_too_late()
    {
        using var second = await LetIn("coordinator", "Cora Second");
        var accounts = Host.Services.GetRequiredService<AccountList>();
        var (one, two) = ((await accounts.At("robin@division.example")).Single().Id, (await accounts.At("coordinator@division.example")).Single().Id);
        bool[] done = [await accounts.TryChange(one, two, _ => null), await accounts.TryChange(two, one, _ => null), await accounts.TryChange(one, one, _ => null)];
        done.ShouldBe([true, false, false]);
        (await accounts.Accounts()).ShouldHaveSingleItem().May(Right.Manage).ShouldBeTrue();
    }

    [Fact]
    public async Task The_audit_says_who_did_and_read_what_when_and_why()
    {
        await Start();
        using var staff = await LetIn("division-staff", "Sam Staff");
        await staff.Open(Coordinator.Cycle);
        await staff.Open(staff.Page.QuerySelector("td a")!.GetAttribute("href")!);
        var person = staff.Page.QuerySelector("h1")!.TextContent;
        await staff.Press("Save the name", ("name", [""]));
        await Coordinator.Browser.Open("/audit?who=sam");
        var lines = Coordinator.Browser.Page.QuerySelectorAll("tbody tr").Select(row => string.Join(" | ", row.QuerySelectorAll("td").SelectMany(cell => cell.ChildNodes.Select(node => node.TextContent.Trim()).Where(text => text.Length > 0)))).ToList();
        lines.ShouldBe(
        [
            $"Mon 1 Mar 8:30 am | Sam Staff | Corrected a person: was given back | {person}, Cedar Inlet",
            $"Mon 1 Mar 8:30 am | Sam Staff | Opened a person | {person}, Cedar Inlet",
            "Mon 1 Mar 8:30 am | Sam Staff | Opened a community | Cedar Inlet",
            "Mon 1 Mar 8:30 am | Sam Staff | Signed in",
        ],
        ignoreOrder: true);
        (await Coordinator.Browser.Download("/audit.csv")).ShouldContain("Invited somebody to sign in");
    }

    [Fact]
    public async Task The_audit_has_the_newest_first_with_its_reason_and_another_month_by_itself()
    {
        await Start();
        await Host.StepTo(Host.Now + NodaTime.Duration.FromDays(1));
        await End("The clinic moves");
        var lines = (await Coordinator.Browser.Download("/audit.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        lines.Select(line => line[..10]).ShouldBe(lines.Select(line => line[..10]).OrderDescending(StringComparer.Ordinal));
        lines.Single(line => line.EndsWith(",The clinic moves", StringComparison.Ordinal)).ShouldStartWith("2027-03-02 ");
        lines[^1].ShouldStartWith("2027-03-01 ");
        (await Coordinator.Browser.Open("/audit?month=2027-02")).Page.QuerySelectorAll("tbody tr").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_audit_says_which_programme()
    {
        await Coordinator.Browser.Open("/programmes/adult-mental-health");
        await Coordinator.Browser.Press("Save as a new version", ("policy.attendance.minimum", ["8"]), ("reason", ["Eight fill a room"]));
        (await Coordinator.Browser.Download("/audit.csv")).ShouldContain("Changed a programme,,Adult Mental Health,Eight fill a room");
    }

    [Fact]
    public async Task A_reason_that_no_form_takes_is_given_back_and_noted_in_part()
    {
        await Start();
        await Coordinator.Browser.Open($"{Coordinator.Cycle}/adapt?what=end");
        await Coordinator.Browser.Press("Stop the community", ("reason", ["x" + string.Concat(Enumerable.Repeat("😀", 20_000))]));
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Coordinator.Browser.Download("/audit.csv")).ShouldContain("Changed a community that runs: was given back");
    }

    private IReadOnlyList<SignedInRoute> Routes() =>
    [
        .. Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<NeedsRight>() is not null)
            .SelectMany(route => route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Where(method => method != "HEAD")
                .Select(method => new SignedInRoute(
                    $"{method} {route.RoutePattern.RawText}", route.Metadata.GetRequiredMetadata<NeedsRight>().Right, method == "POST" || route.Metadata.GetMetadata<IsRead>() is not null))),
    ];

    private sealed record SignedInRoute(string Did, Right Right, bool IsNoted);
}
