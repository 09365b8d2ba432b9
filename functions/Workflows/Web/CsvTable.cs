using System.Text;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cohesion.Workflows.Web;

/// <summary>A table for a spreadsheet (RFC 4180). No text of it is run as a formula; Excel takes it for UTF-8 only with a byte order mark.</summary>
public static class CsvTable
{
    /// <summary>As a file of that name.</summary>
    public static FileContentHttpResult File(string name, string[] header, IEnumerable<string[]> rows)
    {
        using var text = new StringWriter();
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { Injection = CsvInjection.Escape }))
        {
            csv.WriteHeader(header);
            foreach (var row in rows)
            {
                csv.WriteRecord(row);
            }
        }

        return TypedResults.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())], "text/csv; charset=utf-8", name);
    }
}
