using System.Collections.Immutable;
using Cohesion.Workflows.Walking;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Coordinators;

/// <summary>The form as typed; it comes back so where something is wrong.</summary>
public sealed record KickOffFields(
    string Nonce,
    string Programme,
    string Community,
    string Zone,
    string Phone,
    string LeadName,
    string LeadAddress,
    string CoachName,
    string CoachAddress,
    string Facilitators,
    string Participants,
    string Reserves,
    TypedPerson Staff,
    string Blackouts,
    bool OpenRegistration,
    bool StatesAuthority,
    ImmutableHashSet<string> ConfirmedAsShared,
    ImmutableSortedDictionary<string, TypedPerson> Partners)
{
    /// <summary>The cycle that this one follows; "" for none.</summary>
    public string After { get; init; } = "";

    /// <summary>At which people may call the coach; "" for none.</summary>
    public string CoachPhone { get; init; } = "";

    /// <summary>What the names of a partner's fields begin with; the task's id follows.</summary>
    public const string Partner = "partner-";

    /// <summary>The value of "registration" where the Division forwards one link.</summary>
    public const string Open = "open";

    public const string Name = "-name";

    public const string Address = "-address";

    public static KickOffFields Empty(string nonce) => new(nonce, "", "", KickOffForm.Zones[0], "", "", "", "", "", "", "", "", new TypedPerson("", ""), "", OpenRegistration: false, StatesAuthority: false, [], ImmutableSortedDictionary<string, TypedPerson>.Empty);

    public static KickOffFields Of(IFormCollection form)
    {
        string Field(string name) => form[name].ToString().Trim();
        return new KickOffFields(
            Field("nonce"),
            Field("programme"),
            Field("community"),
            Field("zone"),
            Field("phone"),
            Field("lead-name"),
            Field("lead-address"),
            Field("coach-name"),
            Field("coach-address"),
            Field("facilitators"),
            Field("participants"),
            Field("reserves"),
            new TypedPerson(Field("staff-name"), Field("staff-address")),
            Field("blackouts"),
            Field("registration") == Open,
            Field("authority") == "yes",
            [.. form["shared"].OfType<string>()],
            form.Keys.Where(key => key.StartsWith(Partner, StringComparison.Ordinal) && key.EndsWith(Name, StringComparison.Ordinal))
                .ToImmutableSortedDictionary(
                    key => key[Partner.Length..^Name.Length],
                    key => new TypedPerson(Field(key), Field(key[..^Name.Length] + Address)),
                    StringComparer.Ordinal))
        {
            After = Field("after"),
            CoachPhone = Field("coach-phone"),
        };
    }
}

/// <summary>What is wrong, by field; "" is the whole form.</summary>
public sealed record KickOffProblems(ImmutableList<(string Field, string Text)> All)
{
    public static KickOffProblems None { get; } = new(ImmutableList<(string, string)>.Empty);

    public bool Any => !All.IsEmpty;

    public IEnumerable<string> Of(string field) => All.Where(problem => problem.Field == field).Select(problem => problem.Text);

    public KickOffProblems With(string field, string? problem) => problem is null ? this : new(All.Add((field, problem)));
}
