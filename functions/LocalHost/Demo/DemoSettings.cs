using System.Globalization;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <param name="Data">The data folder, kept; null for a temporary one that is removed.</param>
/// <param name="Urls">Where the pages are.</param>
/// <param name="Seed">Decides what people are like.</param>
/// <param name="Communities">How many are walked.</param>
/// <param name="Speed">Days in a second.</param>
/// <param name="IsFast">Whether it does not wait at all.</param>
internal sealed record DemoSettings(string? Data, string Urls, int Seed, int Communities, double Speed, bool IsFast)
{
    /// <summary>The whole of the default demo then takes about a minute.</summary>
    public const double UsualSpeed = 6;

    private const double GreatestSpeed = 1000;

    /// <exception cref="LocalSettingsException">A setting cannot be used.</exception>
    public void Check()
    {
        Require(Communities is >= 1 and <= DemoWorld.MostCommunities, $"--communities takes 1 to {DemoWorld.MostCommunities}, not {Communities}.");
        Require(Speed is > 0 and <= GreatestSpeed, string.Create(
            CultureInfo.InvariantCulture, $"--speed takes days in a second, more than 0 and at most {GreatestSpeed}, not {Speed}."));
        if (Data is not null)
        {
            new LocalSettings(Data, Urls).Check();
        }
    }

    private static void Require(bool holds, string reason)
    {
        if (!holds)
        {
            throw new LocalSettingsException(reason);
        }
    }
}
