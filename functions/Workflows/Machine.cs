using System.Globalization;
using System.Text;
using NodaTime;

namespace Cohesion.Workflows;

/// <summary>What a host's machine must have, before anything starts.</summary>
public static class Machine
{
    /// <summary>The process speaks as on every other machine from here on, whatever the machine's own language is.</summary>
    /// <exception cref="MachineException">Something is missing.</exception>
    public static void Prepare()
    {
        CheckTimeZones();
        CheckUnicode();
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
    }

    /// <summary>British Columbia is UTC-7 all year since March 2026; older data is an hour off in winter.</summary>
    private static void CheckTimeZones()
    {
        var winter = new LocalDateTime(2027, 1, 15, 12, 0).InZoneStrictly(DateTimeZoneProviders.Tzdb["America/Vancouver"]);
        if (winter.Offset != Offset.FromHours(-7))
        {
            throw new MachineException($"The time-zone data {DateTimeZoneProviders.Tzdb.VersionId} is too old for British Columbia. Update NodaTime.");
        }
    }

    /// <summary>Without Unicode's data .NET takes a name for another one where its accents are typed in another way, and says nothing.</summary>
    private static void CheckUnicode()
    {
        if ("E\u0301lise".Normalize(NormalizationForm.FormC) != "\u00C9lise")
        {
            throw new MachineException("Unicode's data is missing on this machine. Install ICU (libicu), and do not set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
        }
    }
}

/// <summary>The machine lacks something.</summary>
public sealed class MachineException(string reason) : Exception(reason);
