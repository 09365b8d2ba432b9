namespace Cohesion.Workflows.Planning;

/// <summary>Rungs of the ladders that the policy does not spell out; beside the policy's rung ids, part of the contract.</summary>
public static class Rungs
{
    public const string Ask = "ask";
    public const string Due = "due";
}
