using System.Net;

namespace Cohesion.Workflows.LocalHost.Mailing;

/// <summary>The server that takes mail in (RFC 6409, message submission).</summary>
/// <param name="Host">Its name: the one on its certificate.</param>
/// <param name="Port">Usually 587.</param>
/// <param name="Login">By which it lets this installation in, or null.</param>
/// <param name="UsesTls">Whether the connection must be turned to TLS by STARTTLS; a server without it gets no mail.</param>
internal sealed record SmtpServer(string Host, int Port, NetworkCredential? Login, bool UsesTls)
{
    /// <summary>HOST:PORT, or null where the text is none. Only to this machine itself may mail go in the open, and no password does.</summary>
    public static SmtpServer? TryParse(string text, NetworkCredential? login) =>
        Uri.TryCreate($"smtp://{text}", UriKind.Absolute, out var address) && address is { Host.Length: > 0, Port: > 0, PathAndQuery: "/" or "", UserInfo: "" }
            ? new SmtpServer(address.DnsSafeHost, address.Port, login, UsesTls: login is not null || !address.IsLoopback)
            : null;
}
