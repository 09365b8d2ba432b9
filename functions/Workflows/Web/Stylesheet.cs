using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Web;

/// <summary>The one stylesheet, from the assembly: it is the same wherever the product runs.</summary>
internal static class Stylesheet
{
    private static readonly byte[] Css = Read();

    public static IResult Get(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(Css, "text/css; charset=utf-8");
    }

    private static byte[] Read()
    {
        using var stream = typeof(Stylesheet).Assembly.GetManifestResourceStream("site.css")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
