using System.Text.Json;
using Cohesion.Workflows.Records;
using NodaTime.Text;

namespace Cohesion.Workflows.Checking;

/// <summary>Reads rows of which some may be broken.</summary>
internal static class Reading
{
    /// <summary>False where the row cannot be read; that is then one of the findings.</summary>
    public static bool Try<T>(Record row, Func<Record, T> read, List<Finding> findings, out T? result)
    {
        try
        {
            result = read(row);
            return true;
        }
        catch (Exception broken) when (broken is JsonException or FormatException or UnparsableValueException or KeyNotFoundException
            or ArgumentException or NotSupportedException or IndexOutOfRangeException or OverflowException)
        {
            findings.Add(new Finding($"{row.Key.Partition} {row.Key.Row}", $"the record cannot be read ({broken.GetType().Name})", "restore it from a backup"));
            result = default;
            return false;
        }
    }
}
