using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.Web;

/// <summary>A text that a browser keeps for one page and a short time. It is sealed, for it may tell of people.</summary>
/// <param name="Name">Of the cookie. Name, text and what seals it come to 4 KB at most: so much of text is 2,500 bytes.</param>
/// <param name="Keeps">How long the browser keeps it.</param>
internal sealed record PageCookie(string Name, TimeSpan Keeps)
{
    /// <summary>What the browser keeps for the page; null where it keeps nothing, or nothing of ours.</summary>
    public string? Read(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[Name] is { } kept ? Seal(http).Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Null takes away what it keeps.</summary>
    public void Set(HttpContext http, string path, string? text)
    {
        var options = new CookieOptions { Path = path, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true };
        if (text is not null)
        {
            options.MaxAge = Keeps;
            http.Response.Cookies.Append(Name, Seal(http).Protect(text), options);
        }
        else if (http.Request.Cookies.ContainsKey(Name))
        {
            http.Response.Cookies.Delete(Name, options);
        }
    }

    private IDataProtector Seal(HttpContext http) => http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector(Name);
}
