using System.Text.Json.Serialization;

namespace Cohesion.Workflows.Cycles;

/// <summary>The facts' contract names: "case-study-chosen".</summary>
public static class FactNames
{
    private static readonly Dictionary<Type, string> Names = typeof(Fact)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToDictionary(derived => derived.DerivedType, derived => derived.TypeDiscriminator!.ToString()!);

    public static string Of(Fact fact) => Names[fact.GetType()];
}
