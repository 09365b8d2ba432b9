using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Coordinators.Audit;

/// <summary>What was done, in words.</summary>
public static class AuditWords
{
    /// <summary>Instead of a route: the link of a mail was followed.</summary>
    public const string SignedIn = "POST /sign-in";

    /// <summary>"Opened a person's page"; a route of an earlier version is named as it was.</summary>
    public static string Of(AuditEntry entry) =>
        (Find(entry.Did) ?? entry.Did) is var did && entry.WasRefused ? Say.Text(AuditTexts.Refused, did) : did;

    /// <summary>Null where there are none.</summary>
    public static string? Find(string did) => AuditTexts.ResourceManager.GetString(KeyOf(did), AuditTexts.Culture);

    /// <summary>"Did_POST_cycles_id_adapt".</summary>
    private static string KeyOf(string did) =>
        "Did_" + string.Join('_', did.Split([' ', '/', '{', '}', '-', '.', ':'], StringSplitOptions.RemoveEmptyEntries));
}
