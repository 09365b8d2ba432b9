using System.Security.Cryptography;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Keys;

/// <summary>Ids of 128 random bits.</summary>
public sealed class RandomIds : IIdSource
{
    public string New() => IdText.Of(RandomNumberGenerator.GetBytes(16));
}
