using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.Web.DataProtection;

/// <summary>Wraps the secret part of each Data Protection key before it goes to the records.</summary>
public sealed class WrappedKeyEncryptor(WrappingKey key) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var secret = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new(new XElement("wrapped", Convert.ToBase64String(key.Wrap(secret))), typeof(WrappedKeyDecryptor));
    }
}

/// <summary>
/// Unwraps what <see cref="WrappedKeyEncryptor"/> wrapped. Each stored key names this class as its decryptor, so its
/// namespace, name and assembly are a contract: renamed, no older key can be read and everyone is signed out.
/// </summary>
/// <param name="services">ASP.NET makes decryptors itself, through a constructor that takes exactly this.</param>
public sealed class WrappedKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    private readonly WrappingKey _key = services.GetRequiredService<WrappingKey>();

    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(Encoding.UTF8.GetString(_key.Unwrap(Convert.FromBase64String(encryptedElement.Value))));
}
