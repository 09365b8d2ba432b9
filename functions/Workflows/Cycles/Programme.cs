using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cohesion.Workflows.Cycles;

/// <summary>A programme: data, not code.</summary>
/// <param name="Id">"adult-mental-health".</param>
/// <param name="Name">As people read it.</param>
/// <param name="CaseStudies">Those that a community can choose from.</param>
/// <param name="Policy">Its numbers.</param>
/// <param name="Preparations">What the partners prepare for a community.</param>
/// <param name="PostalAddress">Where post reaches those who send its mail; it stands at the foot of every mail.</param>
/// <param name="Accreditation">What its certificates say; empty where it gives none.</param>
/// <param name="Texts">Words of its own for texts of letters, by the text's name: "attendance.AskSubject".</param>
public sealed record Programme(
    string Id,
    string Name,
    ImmutableList<CaseStudy> CaseStudies,
    Policy Policy,
    ImmutableList<PartnerTask>? Preparations = null,
    string? PostalAddress = null,
    Accreditation? Accreditation = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableSortedDictionary<string, string>? Texts = null);

/// <summary>What a certificate says beside who was where and when.</summary>
/// <param name="Statement">The accreditor's sentence, word for word.</param>
/// <param name="Credits">What a person earns: "2 credits".</param>
public sealed record Accreditation(string Statement, string Credits);

/// <summary>Something that a partner prepares before a community is asked.</summary>
/// <param name="Id">"data-brief".</param>
/// <param name="Partner">Whose it is, as people read it.</param>
/// <param name="Title">What it is, as people read it: "the community's data brief".</param>
public sealed record PartnerTask(string Id, string Partner, string Title)
{
    /// <summary>The id of the task that certificates wait for.</summary>
    public const string Accreditation = "accreditation";
}
