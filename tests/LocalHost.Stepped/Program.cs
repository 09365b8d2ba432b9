using Cohesion.Workflows.LocalHost.Stepped;
using NodaTime.Text;

// Arguments: the data folder, the instant to start at, the address to listen on. Reads instants to step to, a line each; writes every
// instant on the way before anything happens at it, the target last.
await using var host = await SteppedHost.Start(args[0], InstantPattern.ExtendedIso.Parse(args[1]).GetValueOrThrow(), args[2]);
Console.WriteLine(host.Address);
Console.WriteLine(host.SetUpPath);
while (Console.ReadLine() is { } line)
{
    await host.StepTo(InstantPattern.ExtendedIso.Parse(line).GetValueOrThrow(), reached => Console.WriteLine(InstantPattern.ExtendedIso.Format(reached)));
}
