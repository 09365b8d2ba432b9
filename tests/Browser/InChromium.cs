using Cohesion.Workflows.LocalHost.Tests.Http;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.Playwright;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>A test that has a host of its own, at which everybody sits at Chromium.</summary>
public abstract class InChromium(Chromium chromium) : AfterASession
{
    protected PageCheck Check => field ??= new PageCheck(Host.Address);

    protected override Browser SitDown() => new ChromiumBrowser(chromium, Host.Address, Options, Check);

    protected virtual BrowserNewContextOptions? Options => null;
}
