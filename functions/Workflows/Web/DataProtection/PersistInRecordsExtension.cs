using Cohesion.Workflows.Records;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cohesion.Workflows.Web.DataProtection;

public static class PersistInRecordsExtension
{
    /// <summary>
    /// Keeps the keys in the host's <see cref="IRecordStore"/>, wrapped under its <see cref="WrappingKey"/>; the host registers both.
    /// </summary>
    public static IDataProtectionBuilder PersistInRecords(this IDataProtectionBuilder builder)
    {
        // Without a name of our own it is the content root's path, which another machine or release does not share.
        builder.SetApplicationName("cohesion-workflows");
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>, WrappedInRecords>();
        return builder;
    }

    private sealed class WrappedInRecords(IRecordStore records, WrappingKey key) : IConfigureOptions<KeyManagementOptions>
    {
        public void Configure(KeyManagementOptions options)
        {
            options.XmlRepository = new RecordXmlRepository(records);
            options.XmlEncryptor = new WrappedKeyEncryptor(key);
        }
    }
}
