using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.LocalHost.Stepped;
using Microsoft.Extensions.DependencyInjection;
using NodaTime.Text;

// Reads instants to step to, a line each; writes every instant on the way before anything happens at it, the target last.
if (args.Length != 3 || !InstantPattern.ExtendedIso.Parse(args[1]).TryGetValue(default, out var start))
{
    Console.Error.WriteLine("Give three arguments: the data folder, the instant to start at (2027-03-01T16:30:00Z), the address to listen on.");
    return 1;
}

await using var host = await SteppedHost.Start(args[0], start, args[2]);
Console.WriteLine(host.Address);
Console.WriteLine(await host.Services.GetRequiredService<WayIn>().Say());
while (await host.UntilStopped(Console.ReadLine) is { } line)
{
    if (InstantPattern.ExtendedIso.Parse(line).TryGetValue(default, out var target) && target >= host.Now)
    {
        await host.StepTo(target, reached => Console.WriteLine(InstantPattern.ExtendedIso.Format(reached)));
    }
    else
    {
        Console.Error.WriteLine($"It is {InstantPattern.ExtendedIso.Format(host.Now)}. Type a later instant such as 2027-03-01T20:00:00Z; Ctrl-D ends.");
    }
}

return 0;
