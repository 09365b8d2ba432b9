namespace Cohesion.Workflows.Testing.Stories;

/// <summary>An invented community, as its coordinator types it.</summary>
public static class CedarInlet
{
    /// <summary>
    /// What tells of a person: it belongs in the person's own partition, in the post and in mail. Each has a blank or an @, so none stands
    /// by chance in an id, a hash or a signed link, and none has what JSON writes otherwise.
    /// </summary>
    public static IReadOnlyList<string> Canaries { get; } =
    [
        "Lee Larsen", "Kim Coach", "Ada Wong", "Bo Li", "Chitra Rao", "Eve Stone", "Flo Mercier", "Gus x", "Hana O", "Dov Katz",
        "Robin Marsh", "@",
    ];

    public static (string Field, string[] Values)[] Form { get; } =
    [
        ("programme", ["adult-mental-health"]),
        ("community", ["Cedar Inlet"]),
        ("zone", ["America/Vancouver"]),
        ("phone", ["250 555 0100"]),
        ("lead-name", ["Lee Larsen"]),
        ("lead-address", ["lead@division.example"]),
        ("coach-name", ["Kim Coach"]),
        ("coach-address", ["kim@psp.example"]),
        ("facilitators", ["Ada Wong, ada@clinic.example\nBo Li; bo@clinic.example\nChitra Rao\tchitra@clinic.example"]),
        ("authority", ["yes"]),
        ("shared", ["office@clinic.example"]),
        ("participants", ["Eve Stone, office@clinic.example\nFlo Mercier, office@clinic.example\nGus xʷməθkʷəy̓əm, gus@clinic.example\nHana O'Neil, hana@clinic.example"]),
    ];
}
