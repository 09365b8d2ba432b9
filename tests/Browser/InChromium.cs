using Cohesion.Workflows.LocalHost.Tests.Http;
using Cohesion.Workflows.Testing.Stories;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>A test that has a host of its own, at which everybody sits at Chromium.</summary>
public abstract class InChromium(Chromium chromium, bool script = true) : AfterASession
{
    protected PageCheck Check => field ??= new PageCheck(Host.Address, script);

    protected override Browser SitDown() => new ChromiumBrowser(chromium, Host.Address, Check, script);
}
