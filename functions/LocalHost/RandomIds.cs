using System.Security.Cryptography;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.LocalHost;

internal sealed class RandomIds : IIdSource
{
    public string New() => IdText.Of(RandomNumberGenerator.GetBytes(16));
}
