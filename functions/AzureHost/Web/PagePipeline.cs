using Cohesion.Workflows.Post;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.AzureHost.Web;

/// <summary>The product's own request pipeline, as LocalHost has it, inside of one function.</summary>
public sealed class PagePipeline(IServiceProvider services, PublicAddress address)
{
    private readonly RequestDelegate _pipeline = Build(services);

    /// <summary>
    /// The trigger's own endpoint and route values are taken off, so that the product's routing finds its own; and the request gets
    /// the address that people use, in place of the one that the runtime forwards to.
    /// </summary>
    public Task Serve(HttpContext http)
    {
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        http.Request.Scheme = address.PublicUrl.Scheme;
        http.Request.Host = HostString.FromUriComponent(address.PublicUrl);
        return _pipeline(http);
    }

    private static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseWorkflows();
        return app.Build();
    }
}
