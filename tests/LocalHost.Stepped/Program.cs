using Cohesion.Workflows.LocalHost.Stepped;
using NodaTime.Text;

// Arguments: the data folder and the instant to start at. Reads instants to step to, a line each; answers each when it is reached.
await using var host = await SteppedHost.Start(args[0], InstantPattern.ExtendedIso.Parse(args[1]).GetValueOrThrow());
Console.WriteLine(host.Address);
Console.WriteLine(host.SetUpPath);
while (Console.ReadLine() is { } line)
{
    await host.StepTo(InstantPattern.ExtendedIso.Parse(line).GetValueOrThrow());
    Console.WriteLine(line);
}
