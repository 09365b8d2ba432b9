using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Coordinators.Access;

/// <summary>Roles and scopes in words.</summary>
public static class AccountWords
{
    public static string Of(AccountRole role) => AccessTexts.ResourceManager.GetString($"Role_{role}", AccessTexts.Culture)!;

    /// <summary>What somebody of a role may do.</summary>
    public static string HintOf(AccountRole role) => AccessTexts.ResourceManager.GetString($"RoleHint_{role}", AccessTexts.Culture)!;

    /// <summary>"all communities", "Adult Mental Health, Kootenay Lake".</summary>
    public static string Of(Scope scope, ProgrammeCatalogue programmes) => scope.IsEverywhere
        ? AccessTexts.Everywhere
        : Say.Names(scope.Programmes.Select(id => programmes.Find(id)?.Name ?? id).Concat(scope.Communities));
}
