namespace Cohesion.Workflows.Cycles;

/// <summary>What a person does in a cycle.</summary>
public enum Role
{
    Coordinator,
    DivisionLead,
    Facilitator,
    Coach,
    Participant,
    Partner,

    /// <summary>Paid staff of the Division, who may act for its lead.</summary>
    DivisionStaff,
}

public static class RoleIds
{
    /// <summary>The role's contract name: "division-lead".</summary>
    public static string Id(this Role role) => role switch
    {
        Role.Coordinator => "coordinator",
        Role.DivisionLead => "division-lead",
        Role.Facilitator => "facilitator",
        Role.Coach => "coach",
        Role.Participant => "participant",
        Role.Partner => "partner",
        Role.DivisionStaff => "division-staff",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
