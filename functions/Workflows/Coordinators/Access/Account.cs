using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Coordinators.Access;

/// <summary>What somebody signs in as.</summary>
public enum AccountRole
{
    Coordinator,

    /// <summary>Does what a coordinator does, and stands in for one; lets nobody in.</summary>
    Deputy,

    /// <summary>Paid staff of a Division.</summary>
    DivisionStaff,
    Coach,
    Partner,
    Viewer,
}

/// <summary>What can be done by who is signed in. Whoever may do one may do all before it.</summary>
public enum Right
{
    /// <summary>To see how the communities stand.</summary>
    See,

    /// <summary>To see their people: who they are, what they answered, what they were sent.</summary>
    People,

    /// <summary>To record what people said, and to decide what is asked.</summary>
    Record,

    /// <summary>To start a community, and to change one that runs.</summary>
    Run,

    /// <summary>To let people in, and to read who did what.</summary>
    Manage,
}

/// <summary>Which communities are somebody's: all, or those of some programmes and those of some names.</summary>
/// <param name="Programmes">Ids.</param>
/// <param name="Communities">Names, as a kick-off form gives them; upper and lower case are one.</param>
public sealed record Scope(ImmutableList<string> Programmes, ImmutableList<string> Communities)
{
    public static Scope Everywhere { get; } = new([], []);

    [JsonIgnore]
    public bool IsEverywhere => Programmes.IsEmpty && Communities.IsEmpty;

    public bool Covers(string programme, string community) =>
        IsEverywhere || Programmes.Contains(programme) || Communities.Contains(community.Trim(), StringComparer.OrdinalIgnoreCase);
}

/// <summary>Somebody may sign in.</summary>
/// <param name="Person">Who.</param>
/// <param name="Role">As what.</param>
/// <param name="Scope">For which communities.</param>
/// <param name="By">Who let them in; null for the first, and where it was not recorded.</param>
/// <param name="SignIns">Counts how often they were signed out everywhere: a browser that signed in before is let in no more.</param>
/// <param name="Invited">Counts their invitations: part of message keys.</param>
/// <param name="Mornings">Whether they want the page of today as a mail, at 8:00 of working days.</param>
public sealed record Account(PersonId Person, AccountRole Role, Scope Scope, PersonId? By = null, int SignIns = 0, int Invited = 0, bool Mornings = false)
{
    /// <summary>Who has only some of the communities lets nobody in: whom they let in could have more than they.</summary>
    public bool May(Right right) => right <= Role.Highest() && (right < Right.Manage || Scope.IsEverywhere);

    public bool Covers(string programme, string community) => Scope.Covers(programme, community);
}

public static class AccountRoles
{
    public static IReadOnlyList<AccountRole> All { get; } = Enum.GetValues<AccountRole>();

    /// <summary>The most that somebody of a role may do.</summary>
    public static Right Highest(this AccountRole role) => role switch
    {
        AccountRole.Coordinator => Right.Manage,
        AccountRole.Deputy => Right.Run,
        AccountRole.DivisionStaff => Right.Record,
        AccountRole.Coach => Right.People,
        _ => Right.See,
    };

    /// <summary>The role's name in records and forms: "division-staff".</summary>
    public static string Id(this AccountRole role) => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString());

    /// <summary>Null where no role has the name.</summary>
    public static AccountRole? Find(string? id) => All.Where(role => role.Id() == id).Select(role => (AccountRole?)role).SingleOrDefault();
}
