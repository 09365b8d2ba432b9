using System.Collections.Immutable;

namespace Cohesion.Workflows.Cycles;

/// <summary>A programme: data, not code.</summary>
/// <param name="Id">"adult-mental-health".</param>
/// <param name="Name">As people read it.</param>
/// <param name="CaseStudies">Those that a community can choose from.</param>
/// <param name="Policy">Its numbers.</param>
/// <param name="PostalAddress">Where post reaches those who send its mail; it stands at the foot of every mail.</param>
public sealed record Programme(
    string Id, string Name, ImmutableList<CaseStudy> CaseStudies, Policy Policy, string? PostalAddress = null);
