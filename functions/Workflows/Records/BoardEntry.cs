using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Records;

/// <summary>What a coordinator of many communities reads of one: no name and no address, so one range of rows is the whole list.</summary>
/// <param name="Programme">The programme's id.</param>
/// <param name="Zone">The community's IANA time zone.</param>
/// <param name="Coordinator">Whose it is.</param>
/// <param name="Waiting">Who is asked something now, beside the coordinator.</param>
/// <param name="Since">Since when the first of all who are asked has been; null where nobody is.</param>
/// <param name="Session">The session's local start; null while there is no date.</param>
/// <param name="Stages">Every round of every stage that has opened, in the order of the cycle.</param>
/// <param name="Risks">What may go wrong, and from when on.</param>
/// <param name="ProgrammeVersion">Which version of the programme it runs on; 0 as delivered.</param>
/// <param name="Paused">Since when it is paused; null where it is not.</param>
public sealed record BoardEntry(
    string Programme,
    string Zone,
    PersonId Coordinator,
    ImmutableList<Waited> Waiting,
    Instant? Since,
    LocalDateTime? Session,
    ImmutableList<StageSpan> Stages,
    ImmutableList<Risk> Risks,
    int ProgrammeVersion = 0,
    Instant? Paused = null);

/// <summary>So many people of a role are waited for.</summary>
public sealed record Waited(Role Role, int People);

/// <summary>A round of a stage: from when, until when. Null while it is open.</summary>
public sealed record StageSpan(StageId Stage, Instant From, Instant? To);
