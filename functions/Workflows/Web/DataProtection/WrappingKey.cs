using System.Security.Cryptography;
using Cohesion.Workflows.Keys;

namespace Cohesion.Workflows.Web.DataProtection;

/// <summary>
/// The key that the Data Protection keys are wrapped under (AES-256-GCM). The host gives it from outside the records: the
/// data folder's key on one machine, Key Vault on Azure.
/// </summary>
/// <param name="bytes">The host's secret, 32 bytes or more; wrapping uses a key derived from it, so it can serve others too.</param>
/// <exception cref="ArgumentException">The secret is shorter.</exception>
public sealed class WrappingKey(byte[] bytes)
{
    private readonly byte[] _key = DerivedKey.Of(bytes, "data-protection");

    internal byte[] Wrap(ReadOnlySpan<byte> secret) => SecretBox.Close(_key, secret, context: []);

    /// <exception cref="CryptographicException">It was wrapped under another key, or changed.</exception>
    internal byte[] Unwrap(ReadOnlySpan<byte> wrapped) => SecretBox.Open(_key, wrapped, context: []);
}
