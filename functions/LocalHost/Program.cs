using System.CommandLine;
using Cohesion.Workflows.LocalHost;
using Cohesion.Workflows.LocalHost.Demo;
using NodaTime;

var data = new Option<string>("--data") { Description = "The folder that holds everything.", DefaultValueFactory = _ => "./data" };
var urls = new Option<string>("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => "http://127.0.0.1:7071", Recursive = true };
var command = new RootCommand("Cohesion Workflows on one machine.") { data, urls, DemoCommand.Of(urls) };
command.SetAction((parsed, cancel) =>
    LocalApp.Run(new LocalSettings(parsed.GetRequiredValue(data), parsed.GetRequiredValue(urls)), SystemClock.Instance, cancel));
return await command.Parse(args).InvokeAsync();
