using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Testing;

/// <summary>Ids that look random and are the same in every run of a seed.</summary>
public sealed class SeededIds(int seed) : IIdSource
{
    private int _given;

    public string New()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{seed}.{++_given}");
        return IdText.Of(SHA256.HashData(Encoding.ASCII.GetBytes(text)).AsSpan(0, 16));
    }
}
