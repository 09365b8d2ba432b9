using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Cohesion.Workflows.Testing;

/// <summary>A server on this machine that stands in for somebody else's.</summary>
public static class LocalServer
{
    /// <summary>Starts it on a free port.</summary>
    public static async Task<(WebApplication App, Uri Address)> Start(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return (app, new Uri(app.Urls.Single()));
    }
}
