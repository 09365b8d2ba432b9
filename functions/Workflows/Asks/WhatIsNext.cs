using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Asks;

/// <summary>What is asked in a community now; where nothing is, what comes next, and when.</summary>
public static class WhatIsNext
{
    public static NextSteps Of(TurnPlan plan, Instant now)
    {
        var open = OpenAsk.Of(plan, now).Select(ask => new NextStep(ask.For.Stage, ask.For.Kind, ask.By, ask.Person == plan.After.Coordinator)).Distinct();
        var toCome = plan.Wanted
            .Where(message => message.Due > now)
            .Select(message => (message.Due, For: AskKind.Of(message.Key)))
            .Where(message => message.For is not null)
            .Select(message => new NextStep(message.For!.Stage, message.For.Kind, message.Due));
        var session = plan.After.Session() is { } dated && dated.Starts > now ? [new NextStep(StageIds.Attendance, "", dated.Starts)] : Array.Empty<NextStep>();
        return new NextSteps(plan.After.KickOff.Zone, [.. open], open.Any() ? null : toCome.Concat(session).MinBy(step => step.At));
    }
}
