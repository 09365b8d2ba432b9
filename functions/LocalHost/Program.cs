using System.CommandLine;
using Cohesion.Workflows.LocalHost;
using Cohesion.Workflows.LocalHost.Demo;
using Cohesion.Workflows.LocalHost.Mailing;
using Cohesion.Workflows.LocalHost.Upkeep;
using Cohesion.Workflows.Post;
using NodaTime;

var data = new Option<string>("--data") { Description = "The folder that holds everything.", DefaultValueFactory = _ => "./data" };
var urls = new Option<string>("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => "http://127.0.0.1:7071" };
var publicUrl = new Option<string?>("--public-url") { Description = "The address that links in mail start with; the first of --urls if left out." };
var smtp = new Option<string?>("--smtp") { Description = "The mail server, HOST:PORT; without it and --eml, mail is not sent and stands under Sent mail." };
var user = new Option<string?>("--smtp-user") { Description = $"The mail server's user; the password stands in the environment variable {MailSettings.PasswordVariable}." };
var from = new Option<string?>("--mail-from") { Description = "The sender of every mail, \"Name <address>\"." };
var eml = new Option<string?>("--eml") { Description = "A folder: each mail becomes an .eml file in it." };
var perMinute = new Option<int?>("--mail-per-minute") { Description = $"The most mails in a minute, 0 for no limit; {MailQuota.Careful.PerMinute} to a mail server if left out." };
var perHour = new Option<int?>("--mail-per-hour") { Description = $"The most mails in an hour, 0 for no limit; {MailQuota.Careful.PerHour} to a mail server if left out." };
var organizer = new Option<string?>("--graph-organizer") { Description = "The mailbox in Microsoft 365 whose calendar holds the sessions; without it, mail carries them to people's calendars." };
var level = new Option<LogLevel>("--log-level") { Description = "What is logged to the terminal: Debug, Information, Warning, Error.", DefaultValueFactory = _ => LogLevel.Warning };
var command = new RootCommand($"Cohesion Workflows on one machine. A key in the environment variable {LocalSettings.ApiKeyVariable} opens its API.")
{
    data, urls, publicUrl, smtp, user, from, eml, perMinute, perHour, organizer, level, DemoCommand.Of(urls), CheckCommand.Of(), ExportCommand.Of(), ImportCommand.Of(), PurgeCommand.Of(),
};
command.SetAction((parsed, cancel) =>
{
    var password = Environment.GetEnvironmentVariable(MailSettings.PasswordVariable);
    var mail = new MailSettings(
        parsed.GetValue(smtp), parsed.GetValue(user), password, parsed.GetValue(from), parsed.GetValue(eml), parsed.GetValue(perMinute), parsed.GetValue(perHour));
    var settings = new LocalSettings(parsed.GetRequiredValue(data), parsed.GetRequiredValue(urls))
    {
        PublicUrl = parsed.GetValue(publicUrl),
        Mail = mail,
        GraphOrganizer = parsed.GetValue(organizer),
        LogLevel = parsed.GetValue(level),
        ApiKey = Environment.GetEnvironmentVariable(LocalSettings.ApiKeyVariable) is { Length: > 0 } key ? key : null,
    };
    return LocalApp.Run(settings, SystemClock.Instance, cancel);
});
var typed = command.Parse(args);
if (typed.Errors is [var wrong, ..])
{
    // What follows the option's name is the type that .NET gives it.
    await Console.Error.WriteLineAsync($"{wrong.Message.Split(" as expected type")[0].TrimEnd('.')}. --help says what can be given.");
    return 1;
}

return await typed.InvokeAsync();
