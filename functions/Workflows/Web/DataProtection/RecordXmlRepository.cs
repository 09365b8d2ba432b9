using System.Xml.Linq;
using Cohesion.Workflows.Records;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Cohesion.Workflows.Web.DataProtection;

/// <summary>
/// Keeps ASP.NET's Data Protection keys among the records, so that every instance of a host, and the next one, reads the
/// cookies and forms that this one made.
/// </summary>
public sealed class RecordXmlRepository(IRecordStore records) : IXmlRepository
{
    public const string Partition = "data-protection";
    private const string Xml = "xml";

    // The interface is synchronous and our records are not, so here a thread waits. It waits seldom (ASP.NET caches the keys
    // for a day) and without danger: neither host has a synchronization context that the answer would need.
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAll().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName)
    {
        var key = new RecordKey(Partition, RecordLimits.Escape(friendlyName));
        var record = Record.Of(key, (Xml, element.ToString(SaveOptions.DisableFormatting)));
        records.Commit([new RecordWrite.Put(record)]).GetAwaiter().GetResult();
    }

    private async Task<IReadOnlyCollection<XElement>> ReadAll() =>
        await records.All(RowRange.Whole(Partition)).Select(record => XElement.Parse(record[Xml])).ToListAsync();
}
