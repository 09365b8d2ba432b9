using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.LocalHost.Stepped;
using Cohesion.Workflows.LocalHost.Tests.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Testing.Stories;

namespace Cohesion.Workflows.LocalHost.Tests;

/// <summary>The program as a person starts it: what they can mend ends it with one sentence and exit code 1.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("cohesion-").FullName;

    [Fact]
    public async Task A_folder_that_another_process_holds_is_refused()
    {
        await using var held = DataFolder.Open(_data);
        var (code, said) = await Run("--data", _data, "--urls", "http://127.0.0.1:0");
        code.ShouldBe(1);
        said.ShouldContain("--data");
        said.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_taken_port_is_refused()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        foreach (var command in (string[][])[[], ["demo"]])
        {
            var folder = Path.Combine(_data, "new");
            var (code, said) = await Run([.. command, "--data", folder, "--urls", $"http://{taken.LocalEndpoint}"]);
            code.ShouldBe(1);
            said.ShouldContain("--urls");
            said.Trim().Split('\n').Length.ShouldBe(1);
            Directory.Exists(folder).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(true, "demo")]
    [InlineData(false, "check")]
    [InlineData(false, "export")]
    [InlineData(false, "purge")]
    public void Help_names_the_address_only_where_something_listens(bool listens, params string[] command)
    {
        using var process = Process.Start(Info([.. command, "--help"]))!;
        process.StandardOutput.ReadToEnd().Contains("--urls", StringComparison.Ordinal).ShouldBe(listens);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("ftp://127.0.0.1")]
    public async Task An_address_that_is_none_is_refused(string url)
    {
        var (code, said) = await Run("--data", _data, "--urls", url);
        code.ShouldBe(1);
        said.ShouldContain("--urls");
        said.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_mail_server_that_is_none_is_refused()
    {
        var (code, said) = await Run("--data", _data, "--smtp", "nonsense", "--mail-from", "sessions@division.example");
        code.ShouldBe(1);
        said.ShouldContain("--smtp");
        said.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("--dat", "x")]
    [InlineData("--log-level", "nonsense")]
    [InlineData("--mail-per-minute", "many")]
    public async Task What_cannot_be_read_is_refused_in_one_line(string option, string value)
    {
        var (code, said) = await Run(option, value);
        code.ShouldBe(1);
        said.ShouldContain(option);
        said.ShouldNotContain("System.");
        said.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task Who_is_signed_out_where_mail_is_not_sent_gets_in_by_the_programs_window_without_a_restart()
    {
        using var process = Process.Start(Info(["--data", _data, "--urls", $"http://127.0.0.1:{FreePort.Find()}"]))!;
        try
        {
            var setUp = await Printed(process, "Set up the first coordinator: ");
            using var browser = new Browser(new Uri(setUp.GetLeftPart(UriPartial.Authority)));
            await browser.Open(setUp.AbsolutePath);
            await browser.Press("Set up and sign in", ("name", ["Robin Marsh"]), ("address", ["robin@division.example"]));
            await browser.Press("Sign out");
            await browser.Press("Send me the link", ("address", ["robin@division.example"]));
            browser.Text.ShouldContain("printed where the program runs");
            await browser.Open((await Printed(process, "Sign in (for one hour): ")).AbsolutePath);
            (await browser.Press("Sign in")).Path.ShouldBe("/");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task With_its_clock_set_by_hand_it_ends_when_it_is_told_to_while_it_waits_for_a_line()
    {
        var program = Path.ChangeExtension(typeof(SteppedHost).Assembly.Location, ".dll");
        var info = new ProcessStartInfo("dotnet", [program, _data, "2027-03-01T16:30:00Z", "http://127.0.0.1:0"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(info)!;
        try
        {
            (await process.StandardOutput.ReadLineAsync())!.ShouldStartWith("http");
            (await process.StandardOutput.ReadLineAsync())!.ShouldStartWith("Set up the first coordinator: http");
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            process.WaitForExit(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            process.ExitCode.ShouldBe(0);
        }
        finally
        {
            process.Kill();
        }
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_machine_without_Unicodes_data_is_refused()
    {
        using var folder = new TemporaryFolder();
        var (code, said) = await Run(new Dictionary<string, string> { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" }, "--data", folder.Path, "--urls", "http://127.0.0.1:0");
        code.ShouldBe(1);
        said.ShouldContain("libicu");
        said.Trim().Split('\n').Length.ShouldBe(1);
    }

    /// <summary>The link behind those words in the program's window.</summary>
    private static async Task<Uri> Printed(Process process, string words)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith(words, StringComparison.Ordinal))
            {
                return new Uri(line[words.Length..]);
            }
        }

        throw new InvalidOperationException($"The program ended without the words “{words}”.");
    }

    internal static Task<(int Code, string Said)> Run(params string[] arguments) => Run(new Dictionary<string, string>(), arguments);

    private static async Task<(int Code, string Said)> Run(Dictionary<string, string> environment, params string[] arguments)
    {
        var info = Info(arguments);
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        using var process = Process.Start(info)!;
        var printed = process.StandardOutput.ReadToEndAsync();
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await printed;
        return (process.ExitCode, said);
    }

    private static ProcessStartInfo Info(string[] arguments)
    {
        var program = Path.ChangeExtension(typeof(DataFolder).Assembly.Location, ".dll");
        return new ProcessStartInfo("dotnet", [program, .. arguments]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
    }
}
