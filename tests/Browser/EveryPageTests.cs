namespace Cohesion.Workflows.BrowserTests;

public sealed class EveryPageTests(Chromium chromium) : Tour(chromium, script: true)
{
    /// <summary>They are for programs, a spreadsheet among them.</summary>
    private static readonly string[] NoPages =
    [
        "GET /health", "GET /health/ready", "GET /cycles.csv", "GET /audit.csv", "GET /cycles/{id}/accreditation.csv", "GET /cycles/{id}/payment.csv",
        "POST /api/bounces", "POST /api/cycles",
    ];

    [Fact]
    public async Task Nothing_is_wrong_with_any_page_and_no_route_is_left_out()
    {
        await Go();
        Check.Asked.Not(Host.Services).ShouldBe(NoPages, ignoreOrder: true);
    }
}

public sealed class NoScriptTests(Chromium chromium) : Tour(chromium, script: false)
{
    [Fact]
    public Task Every_page_does_the_same_without_a_script() => Go();
}
