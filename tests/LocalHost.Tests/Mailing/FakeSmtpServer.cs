using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Cohesion.Workflows.LocalHost.Tests.Mailing;

/// <summary>A mail server on this machine that keeps what it is sent. It can refuse at any command, and take a mail and drop its reply.</summary>
public sealed class FakeSmtpServer : IAsyncDisposable
{
    /// <summary>Said instead of a reply: the connection ends.</summary>
    public const string Drop = "drop";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private readonly List<string> _mails = [];
    private readonly List<string> _commands = [];

    public FakeSmtpServer()
    {
        _listener.Start();
        _serving = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The mails taken in, each as it came, dots undone.</summary>
    public IReadOnlyList<string> Mails => _mails;

    public IReadOnlyList<string> Commands => _commands;

    /// <summary>What it says to a command ("RCPT"; "." ends a mail) instead of taking it; null for what it usually says.</summary>
    public Func<string, string?> Says { get; set; } = _ => null;

    /// <summary>"user:password" that it wants before it takes mail.</summary>
    public string? Login { get; init; }

    /// <summary>With which it turns the connection to TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await Talk(client.GetStream());
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task Talk(Stream stream)
    {
        try
        {
            await new Conversation(this, stream).Run(_stop.Token);
        }
        catch (Exception left) when (left is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client left.
        }
    }

    private sealed class Conversation(FakeSmtpServer server, Stream stream)
    {
        private Stream _stream = stream;
        private bool _isIn;
        private bool _isSecret;

        public async Task Run(CancellationToken cancel)
        {
            await Say("220 fake", cancel);
            while (await Line(cancel) is { } line)
            {
                var verb = line.Split(' ')[0].ToUpperInvariant();
                server._commands.Add(line);
                var reply = server.Says(verb) ?? await Do(verb, line, cancel);
                if (reply == Drop)
                {
                    return;
                }

                await Say(reply, cancel);
                await AfterReply(verb, cancel);
            }
        }

        private async Task<string> Do(string verb, string line, CancellationToken cancel) => verb switch
        {
            "EHLO" => string.Join("\r\n", Offers()),
            "AUTH" => await LogIn(line, cancel),
            "MAIL" when server.Certificate is not null && !_isSecret => "530 5.7.0 Must issue a STARTTLS command first",
            "MAIL" when server.Login is not null && !_isIn => "530 5.7.0 Authentication required",
            "DATA" => await Take(cancel),
            "STARTTLS" => "220 go ahead",
            _ => "250 2.0.0 ok",
        };

        private IEnumerable<string> Offers()
        {
            yield return "250-fake";
            if (server.Certificate is not null && !_isSecret)
            {
                yield return "250-STARTTLS";
            }

            if (server.Login is not null)
            {
                yield return "250-AUTH LOGIN";
            }

            yield return "250 8BITMIME";
        }

        /// <summary>AUTH LOGIN: the name comes with the command, the password when it is asked for.</summary>
        private async Task<string> LogIn(string line, CancellationToken cancel)
        {
            await Say("334 UGFzc3dvcmQ6", cancel);
            var (name, password) = (Decode(line.Split(' ')[^1]), Decode(await Line(cancel) ?? ""));
            _isIn = $"{name}:{password}" == server.Login;
            return _isIn ? "235 2.7.0 in" : "535 5.7.8 Authentication credentials invalid";
        }

        private async Task<string> Take(CancellationToken cancel)
        {
            await Say("354 go on", cancel);
            var lines = new List<string>();
            while (await Line(cancel) is { } line && line != ".")
            {
                lines.Add(line.StartsWith('.') ? line[1..] : line);
            }

            var reply = server.Says(".");
            if (reply is null or Drop)
            {
                server._mails.Add(string.Join("\r\n", lines) + "\r\n");
            }

            return reply ?? "250 2.0.0 taken";
        }

        private async Task AfterReply(string verb, CancellationToken cancel)
        {
            if (verb == "STARTTLS" && server.Certificate is not null)
            {
                var secret = new SslStream(_stream);
                await secret.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate }, cancel);
                (_stream, _isSecret) = (secret, true);
            }
        }

        private async Task Say(string reply, CancellationToken cancel) => await _stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), cancel);

        /// <summary>A line as the client sent it, octet by octet as Latin-1; null at the end.</summary>
        private async Task<string?> Line(CancellationToken cancel)
        {
            var line = new StringBuilder();
            var octet = new byte[1];
            while (await _stream.ReadAsync(octet, cancel) == 1)
            {
                if (octet[0] == '\n')
                {
                    return line.ToString().TrimEnd('\r');
                }

                line.Append((char)octet[0]);
            }

            return null;
        }

        private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
    }
}
