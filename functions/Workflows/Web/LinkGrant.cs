using System.Globalization;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Web;

/// <summary>
/// What a personal link allows its holder. Every part is an id text; "-" stands for none.
/// </summary>
/// <param name="Purpose">What it is for: "answer", "sign-in", "set-up".</param>
/// <param name="Subject">The person.</param>
/// <param name="Scope">The cycle, or "-".</param>
/// <param name="Role">As what the person acts there: "participant", or "-".</param>
/// <param name="Generation">Must be the one on the person's record: raising that one withdraws every older link.</param>
/// <param name="Expires">From this instant on it is expired. A link carries it to the second, rounded down.</param>
/// <param name="By">Who records answers for the person; "-" where the person does.</param>
public sealed record LinkGrant(
    string Purpose, string Subject, string Scope, string Role, int Generation, Instant Expires, string By = LinkGrant.None)
{
    public const string None = "-";

    // No id text holds it, so a text has as many parts as were put in.
    private const char Separator = '|';

    internal string ToText()
    {
        string[] ids = [Purpose, Subject, Scope, Role];
        var numbers = string.Create(CultureInfo.InvariantCulture, $"{Generation}{Separator}{Expires.ToUnixTimeSeconds()}");
        var by = By == None ? "" : Separator + IdText.Checked(By);
        return string.Join(Separator, ids.Select(IdText.Checked)) + Separator + numbers + by;
    }

    internal static LinkGrant? TryParse(string text) =>
        text.Split(Separator) is [var purpose, var subject, var scope, var role, var generation, var expires, .. { Length: < 2 } by]
        && new[] { purpose, subject, scope, role }.Concat(by).All(IdText.IsId)
        && int.TryParse(generation, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(expires, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? new LinkGrant(purpose, subject, scope, role, number, Instant.FromUnixTimeSeconds(seconds), by is [var recorder] ? recorder : None)
            : null;
}
