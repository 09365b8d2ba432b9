using System.Collections.Immutable;

namespace Cohesion.Workflows.Cycles;

/// <summary>A programme: data, not code.</summary>
/// <param name="Id">"adult-mental-health".</param>
/// <param name="Name">As people read it.</param>
/// <param name="CaseStudies">Those that a community can choose from.</param>
/// <param name="Policy">Its numbers.</param>
/// <param name="Preparations">What the partners prepare for a community.</param>
public sealed record Programme(
    string Id, string Name, ImmutableList<CaseStudy> CaseStudies, Policy Policy, ImmutableList<PartnerTask>? Preparations = null);

/// <summary>Something that a partner prepares before a community is asked.</summary>
/// <param name="Id">"data-brief".</param>
/// <param name="Partner">Whose it is, as people read it.</param>
/// <param name="Title">What it is, as people read it: "the community's data brief".</param>
public sealed record PartnerTask(string Id, string Partner, string Title);
