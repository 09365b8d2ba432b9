namespace Cohesion.Workflows.Checking;

/// <summary>Something in the records that must not be so.</summary>
/// <param name="Where">The partition and row, or the cycle or person.</param>
/// <param name="What">What is wrong, without names and addresses.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Finding(string Where, string What, string Remedy)
{
    public const string Backup = "compare it with a backup or an export";

    public override string ToString() => $"{Where}: {What}; {Remedy}.";
}
