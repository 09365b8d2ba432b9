using Cohesion.Workflows.AzureHost.Walk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Cohesion.Workflows.AzureHost.Web;

/// <summary>Every page, by one function: which ones there are, Web/Routes.cs says.</summary>
public sealed class PagesFunction(PagePipeline pages, DurableBell bell)
{
    [Function("Pages")]
    public async Task<IActionResult> Serve(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        bell.UseClient(client);
        await pages.Serve(request.HttpContext);
        return new EmptyResult();
    }
}
